"""`govtext.digest`: from reports to the page to read them by."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from govtext import classify, summarization
from govtext.digests.build import Settings, build_view
from govtext.digests.compare import in_order
from govtext.digests.page import Digest
from govtext.errors import InputError, InputTypeError
from govtext.types import Report

MOST_REPORTS = 12
MIN_SCORE = 0.6
MAX_CHARS = 200
FUNCTION_CHARS = 100


def digest(
    report_or_reports: Report | Iterable[Report],
    *,
    max_chars: int = MAX_CHARS,
    function_chars: int = FUNCTION_CHARS,
    min_score: float = MIN_SCORE,
    model: str | Path = summarization.DEFAULT_MODEL,
    classifier: str | Path = classify.DEFAULT_MODEL,
) -> Digest:
    """Make the page to read reports by: one HTML file that needs nothing else.

    It shows the summary of the whole and the share of each function, a summary, the key figures
    and the sentences of each, and the full text in the colours of the functions; the statements
    of the summaries lead to the sentences that they come from, and back. Of several reports it
    shows first how they compare.

    Args:
        report_or_reports: A report from `govtext.read_reports`, or up to 12 of them; more belong
            into a folder, see `govtext.digest_folder`.
        max_chars: Most characters of the summary of the whole, at least 10.
        function_chars: Most characters of the summary of each function, at least 10.
        min_score: Score from 0 to 1 under which a sentence's label is marked as uncertain.
        model: The summarizer, as for `govtext.summarize`.
        classifier: The classifier, as for `govtext.predict`.

    Raises:
        InputTypeError: What was given is neither a report nor reports.
        InputError: There is no report, there are too many, one has no sentence, or an argument
            is out of range.
        ModelError: A model cannot be found or is incomplete.
    """
    settings = Settings(max_chars, function_chars, min_score, model, classifier)
    check_score(min_score)
    reports = in_order(_reports(report_or_reports))
    return Digest(
        tuple(build_view(report, f"r{i}", settings) for i, report in enumerate(reports, start=1))
    )


def check_score(min_score: float) -> None:
    """Refuse a limit that is no probability."""
    if isinstance(min_score, bool) or not isinstance(min_score, int | float):
        raise InputTypeError(f"min_score is {type(min_score).__name__}, expected a number")
    if not 0 <= min_score <= 1:
        raise InputError(f"min_score is {min_score!r}, expected a number from 0 to 1")


def _reports(given: object) -> list[Report]:
    if isinstance(given, Report):
        return [given]
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        raise InputTypeError(
            f"cannot digest {type(given).__name__}; expected a report or reports from "
            "govtext.read_reports"
        )
    reports = list(given)
    for i, item in enumerate(reports):
        if not isinstance(item, Report):
            raise InputTypeError(
                f"item {i} is {type(item).__name__}; expected a report from govtext.read_reports"
            )
    if not reports:
        raise InputError("there is no report to digest; expected at least one")
    if len(reports) > MOST_REPORTS:
        raise InputError(
            f"{len(reports)} reports are too many for one page, at most {MOST_REPORTS}; "
            "make a folder of pages: govtext.digest_folder, or govtext digest -o FOLDER"
        )
    return reports
