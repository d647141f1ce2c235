"""`govtext summarize`."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer
from rich.console import Console

from govtext.api import summarize
from govtext.cli.reading import AsJson, ReportFile, identity, read
from govtext.summarization import DEFAULT_MODEL
from govtext.types import Report, Summary


def command(
    file: ReportFile,
    max_chars: Annotated[int, typer.Option(min=10, help="Longest summary, in characters.")] = 120,
    focus: Annotated[
        str | None, typer.Option(help="Sum up only the sentences that get this label.")
    ] = None,
    model: Annotated[
        str, typer.Option(help="A shipped model, a model folder, or an MLflow URI.")
    ] = DEFAULT_MODEL,
    as_json: AsJson = False,
) -> None:
    """Summarize a report, and show which sentences each statement comes from.

    Example: govtext summarize report.docx --max-chars 150 --focus supervision
    """
    summaries = [
        (report, summarize(report, max_chars=max_chars, focus=focus, model=model))
        for report in read(file)
    ]
    if as_json:
        records = [_record(report, summary) for report, summary in summaries]
        typer.echo(json.dumps(records, ensure_ascii=False, indent=2))
        return
    for report, summary in summaries:
        _print(report, summary)


def _record(report: Report, summary: Summary) -> dict[str, Any]:
    return {
        **identity(report),
        "focus": summary.focus,
        "summary": summary.text,
        "evidence": [
            {
                "statement": evidence.statement,
                "sentences": [
                    {"text": s.text, "start": s.start, "end": s.end} for s in evidence.sentences
                ],
            }
            for evidence in summary.evidence
        ],
        "notes": list(summary.notes),
    }


def _print(report: Report, summary: Summary) -> None:
    console = Console()
    if report.title:
        console.print(report.title, style="bold", markup=False, highlight=False)
    console.print(summary.text, markup=False, highlight=False)
    for evidence in summary.evidence:
        console.print(f"\n{evidence.statement}", style="italic", markup=False, highlight=False)
        for sentence in evidence.sentences:
            console.print(f"  ← {sentence.text}", style="dim", markup=False, highlight=False)
    for note in summary.notes:
        console.print(f"\nnote: {note}", markup=False, highlight=False)
