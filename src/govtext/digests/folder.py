"""Many reports: an index page with a small bar of each, and a page for each."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from govtext import classify, summarization
from govtext.digests.api import FUNCTION_CHARS, MAX_CHARS, MIN_SCORE, check_score
from govtext.digests.build import Settings, build_view
from govtext.digests.render import render_index, render_page
from govtext.digests.view import ReportView
from govtext.digests.write import write_text
from govtext.errors import GovtextError, InputError
from govtext.reports import read_reports

PAGES = "reports"
INDEX = "index.html"
_UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read as a report, and why."""

    file: Path
    reason: str


def failure(file: Path, error: GovtextError) -> Failure:
    """Return what is told of a file that was left out; the reason names it."""
    reason = str(error)
    return Failure(file, reason if str(file) in reason else f"{file}: {reason}")


@dataclass(frozen=True, slots=True)
class Page:
    """A report and the file that its page was written to."""

    view: ReportView
    path: Path


@dataclass(frozen=True, slots=True)
class DigestFolder:
    """A folder of pages.

    Attributes:
        index: Its index page.
        pages: The pages of the reports.
        failures: The files that were left out.
    """

    index: Path
    pages: tuple[Page, ...]
    failures: tuple[Failure, ...]


def digest_folder(
    files: Iterable[str | os.PathLike[str]],
    folder: str | os.PathLike[str],
    *,
    overwrite: bool = False,
    on_file: Callable[[Path], object] | None = None,
    max_chars: int = MAX_CHARS,
    function_chars: int = FUNCTION_CHARS,
    min_score: float = MIN_SCORE,
    model: str | Path = summarization.DEFAULT_MODEL,
    classifier: str | Path = classify.DEFAULT_MODEL,
) -> DigestFolder:
    """Make a page of each of many reports, and an index page that compares them.

    A file that cannot be read is left out; the index names it, and so does what is returned.

    Args:
        files: The reports' files, as for `govtext.read_reports`; a file may hold several.
        folder: Where the pages go, made where needed: `index.html` and `reports/*.html`.
        overwrite: Whether pages that are there already may be replaced.
        on_file: Called with each file when it is done, to show progress.
        max_chars: As for `govtext.digest`.
        function_chars: As for `govtext.digest`.
        min_score: As for `govtext.digest`.
        model: As for `govtext.digest`.
        classifier: As for `govtext.digest`.

    Raises:
        InputError: There is no file, none could be read, the folder is not empty and nothing may
            be replaced, or an argument is out of range.
        ModelError: A model cannot be found or is incomplete.
    """
    check_score(min_score)
    settings = Settings(max_chars, function_chars, min_score, model, classifier)
    classify.load_classifier(classifier)
    summarization.load_engine(model)
    target = _prepared(Path(folder), overwrite)
    pages: list[Page] = []
    failures: list[Failure] = []
    for file in map(Path, files):
        try:
            reports = read_reports(file)
            for report in reports:
                view = build_view(report, "r1", settings)
                path = target / PAGES / _name(file, {page.path.name for page in pages})
                write_text(path, render_page([view], home=f"../{INDEX}"), overwrite=overwrite)
                pages.append(Page(view, path))
        except GovtextError as error:
            failures.append(failure(file, error))
        if on_file is not None:
            on_file(file)
    if not pages:
        reasons = "; ".join(left_out.reason for left_out in failures)
        raise InputError(f"none of the files could be read: {reasons}" if reasons else "no file")
    addresses = [f"{PAGES}/{page.path.name}" for page in pages]
    numbered = [replace(page.view, anchor=f"r{i}") for i, page in enumerate(pages, start=1)]
    html = render_index(numbered, addresses, [left_out.reason for left_out in failures])
    index = write_text(target / INDEX, html, overwrite=overwrite)
    return DigestFolder(index, tuple(pages), tuple(failures))


def _prepared(folder: Path, overwrite: bool) -> Path:
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: is a file; name a folder for the pages")
    if folder.is_dir() and any(folder.iterdir()) and not overwrite:
        raise InputError(
            f"{folder}: exists and is not empty; name a new folder, or say that its pages may be "
            "replaced (overwrite=True, --force)"
        )
    try:
        (folder / PAGES).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be made ({error.strerror or error})") from error
    return folder


def _name(file: Path, taken: set[str]) -> str:
    stem = _UNSAFE.sub("-", file.stem).strip("-.") or "report"
    names = (f"{stem}{'' if n == 1 else f'-{n}'}.html" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
