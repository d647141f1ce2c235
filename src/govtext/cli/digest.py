"""`govtext digest`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypedDict

import typer
from rich.console import Console
from rich.progress import Progress

from govtext.classify import DEFAULT_MODEL as DEFAULT_CLASSIFIER
from govtext.cli.reading import read
from govtext.digests import Digest, digest, digest_folder
from govtext.digests.api import FUNCTION_CHARS, MAX_CHARS, MIN_SCORE
from govtext.digests.folder import Failure, failure
from govtext.digests.write import check_target
from govtext.errors import GovtextError, InputError
from govtext.extras import require
from govtext.reports import EXAMPLE_FILE
from govtext.reports.files import report_files
from govtext.summarization import DEFAULT_MODEL
from govtext.types import Report


def command(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Reports: .txt, .md, .docx, .pdf, .html, or folders of them; - reads text from "
            "standard input.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o",
            help="The page to write, or a folder for an index and a page of each report.  "
            "[default: digest.html; of a folder, digest]",
            show_default=False,
        ),
    ] = None,
    example: Annotated[bool, typer.Option("--example", help="Take the report that ships.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over what is there.")] = False,
    plots: Annotated[
        Path | None, typer.Option(help="Write pictures too (PNG and SVG): a folder.")
    ] = None,
    max_chars: Annotated[
        int, typer.Option(min=10, help="Longest summary of the whole, in characters.")
    ] = MAX_CHARS,
    function_chars: Annotated[
        int, typer.Option(min=10, help="Longest summary of a function, in characters.")
    ] = FUNCTION_CHARS,
    min_score: Annotated[
        float, typer.Option(min=0, max=1, help="Mark labels with a lower score as uncertain.")
    ] = MIN_SCORE,
    model: Annotated[
        str, typer.Option(help="The summarizer: a shipped model, a model folder, or an MLflow URI.")
    ] = DEFAULT_MODEL,
    classifier: Annotated[
        str, typer.Option(help="The classifier: likewise.")
    ] = DEFAULT_CLASSIFIER,
) -> None:  # fmt: skip
    """Make a page to read reports by: one HTML file that needs no network and no program.

    Summaries, key figures and the share of each function, beside the full text in colours. Several
    reports are compared; a folder of many becomes an index and a page of each.

    Examples:
      govtext digest report.docx -o digest.html
      govtext digest 2022.txt 2023.txt 2024.txt -o years.html
      govtext digest reports/ -o pages
      govtext digest --example
    """  # fmt: skip
    chosen = _chosen(files or [], example)
    target = out or Path("digest" if any(file.is_dir() for file in chosen) else "digest.html")
    if plots is not None:
        require("matplotlib", extra="plots")
    choices: _Choices = {
        "max_chars": max_chars,
        "function_chars": function_chars,
        "min_score": min_score,
        "model": model,
        "classifier": classifier,
    }
    make = _page if target.suffix.lower() in (".html", ".htm") else _folder
    made, failures = make(_expanded(chosen), target, force, choices)
    for path in made.save_plots(plots) if plots else []:
        typer.echo(path)
    if failures:
        for left_out in failures:
            typer.echo(f"skipped: {left_out.reason}", err=True)
        raise InputError(f"{len(failures)} of the files could not be read and were skipped")


class _Choices(TypedDict):
    max_chars: int
    function_chars: int
    min_score: float
    model: str
    classifier: str


def _chosen(files: list[Path], example: bool) -> list[Path]:
    if example == bool(files):
        raise typer.BadParameter("name reports, or take the one that ships with --example")
    return files or [EXAMPLE_FILE]


def _expanded(files: list[Path]) -> list[Path]:
    return [
        report for file in files for report in (report_files(file) if file.is_dir() else [file])
    ]


def _page(
    files: list[Path], target: Path, force: bool, choices: _Choices
) -> tuple[Digest, list[Failure]]:
    check_target(target, overwrite=force)
    reports: list[Report] = []
    failures: list[Failure] = []
    for file in files:
        try:
            reports += read(file)
        except GovtextError as error:
            failures.append(failure(file, error))
    if not reports:
        raise InputError("; ".join(left_out.reason for left_out in failures))
    with Console(stderr=True).status("Reading, labelling and summing up …"):
        made = digest(reports, **choices)
    typer.echo(made.save(target, overwrite=force))
    return made, failures


def _folder(
    files: list[Path], target: Path, force: bool, choices: _Choices
) -> tuple[Digest, list[Failure]]:
    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("Reports", total=len(files))
        made = digest_folder(
            files, target, overwrite=force, on_file=lambda _: progress.advance(task), **choices
        )
    typer.echo(made.index)
    return Digest(tuple(page.view for page in made.pages)), list(made.failures)
