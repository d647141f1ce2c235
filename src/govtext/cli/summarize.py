"""`govtext summarize`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track

from govtext.api import summarize_all
from govtext.cli.reading import AsJson, identity, read
from govtext.errors import GovtextError
from govtext.reports.files import report_files
from govtext.summarization import DEFAULT_MODEL
from govtext.summarization.summaries import Detail
from govtext.types import Report, Summary

Summarized = Iterator[tuple[Report, Summary]]


def command(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE|FOLDER",
            help="A report: .txt, .md, .docx, .pdf or .html; - reads text from standard input. Of "
            "a folder every report is summarized, a JSON line each.",
            show_default=False,
        ),
    ],
    max_chars: Annotated[
        int | None,
        typer.Option(
            min=10,
            help="Longest summary, in characters; left out: what the detail says.",
            show_default=False,
        ),
    ] = None,
    detail: Annotated[
        Detail,
        typer.Option(
            help="heading: a topic of 30 characters; headline: a phrase of 30 with facts; "
            "brief: a paragraph of 120; full: a line of 90 for each section."
        ),
    ] = "brief",
    focus: Annotated[
        str | None,
        typer.Option(help="Sum up only the sentences that get this label.", show_default=False),
    ] = None,
    min_probability: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=1,
            help="Least probability that the report says a statement; what is less probable is "
            "written again or gives way to the report's own words. Default: 0.8 for texts of 1,500 "
            "characters and more, else 0.",
            show_default=False,
        ),
    ] = None,
    model: Annotated[
        str, typer.Option(help="A shipped model, a model folder, or an MLflow URI.")
    ] = DEFAULT_MODEL,
    threads: Annotated[
        int | None,
        typer.Option(min=1, help="Processor threads; left out: all.", show_default=False),
    ] = None,
    as_json: AsJson = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Print a JSON line for each report.")] = (
        False
    ),
) -> None:
    """Summarize reports, and show which sentences each statement comes from.

    Of a folder, a file that cannot be read is named, the others are done, and the exit code is 1.

    Examples: govtext summarize report.docx --max-chars 150 --focus supervision;
    govtext summarize reports/ > summaries.jsonl
    """
    is_folder = file.is_dir()
    if as_json and (jsonl or is_folder):
        raise typer.BadParameter(
            "a folder and --jsonl give a line for each report; not with --json"
        )

    def summaries(path: Path) -> Summarized:
        reports = read(path)
        written = summarize_all(
            reports,
            max_chars=max_chars,
            detail=detail,
            focus=focus,
            min_probability=min_probability,
            model=model,
            threads=threads,
            show_progress=not is_folder,
        )
        return zip(reports, written, strict=True)

    if is_folder:
        _print_folder(file, summaries)
    elif jsonl:
        _print_lines(summaries(file))
    elif as_json:
        records = [_record(report, summary) for report, summary in summaries(file)]
        typer.echo(json.dumps(records, ensure_ascii=False, indent=2))
    else:
        for report, summary in summaries(file):
            _print(report, summary)


def _print_folder(folder: Path, summaries: Callable[[Path], Summarized]) -> None:
    """Print a line for each report of a folder; name the files that fail, and exit with 1."""
    files = report_files(folder)
    console = Console(stderr=True)
    failed = 0
    for path in track(
        files, "summarizing", console=console, transient=True, disable=not console.is_terminal
    ):
        try:
            _print_lines(summaries(path))
        except (GovtextError, OSError) as error:
            failed += 1
            place = "" if str(path) in str(error) else f"{path}: "
            typer.echo(f"govtext: error: {place}{error}", err=True)
    if failed:
        typer.echo(f"govtext: {failed} of {len(files)} files were not summarized", err=True)
        raise typer.Exit(1)


def _print_lines(summaries: Summarized) -> None:
    for report, summary in summaries:
        typer.echo(json.dumps(_record(report, summary), ensure_ascii=False))


def _record(report: Report, summary: Summary) -> dict[str, Any]:
    return {
        **identity(report),
        "focus": summary.focus,
        "summary": summary.text,
        "evidence": [
            {
                "statement": evidence.statement,
                "quoted": evidence.quoted,
                "probability": evidence.probability,
                "sentences": [
                    {"text": s.text, "start": s.start, "end": s.end} for s in evidence.sentences
                ],
            }
            for evidence in summary.evidence
        ],
        "checks": [
            {"fact": check.fact, "value": check.value, "outcome": check.outcome}
            for check in summary.checks
        ],
        "notes": list(summary.notes),
    }


def _print(report: Report, summary: Summary) -> None:
    console = Console()

    def show(text: str, style: str | None = None) -> None:
        console.print(text, style=style, markup=False, highlight=False)

    if report.title:
        show(report.title, "bold")
    show(summary.text)
    for evidence in summary.evidence:
        show(f"\n{evidence.statement.strip()}", "italic")
        for sentence in evidence.sentences:
            show(f"  ← {sentence.text}", "dim")
    if summary.checks:
        found = sum(check.outcome == "found" for check in summary.checks)
        show(f"\nchecked: {found} of {len(summary.checks)} facts found in the source")
    for check in summary.checks:
        if check.outcome != "found":
            show(f"  {check.outcome}: {check.value}")
    for note in summary.notes:
        show(f"\nnote: {note}")
