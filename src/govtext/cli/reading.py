"""What the commands that read reports share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from govtext.reports import read_reports
from govtext.types import Report

ReportFile = Annotated[
    Path,
    typer.Argument(
        help="A report: .txt, .md, .docx, .pdf or .html; - reads text from standard input.",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def read(file: Path) -> list[Report]:
    """Read the reports of a file, or of standard input where the file is `-`."""
    if str(file) == "-":
        return read_reports(text=sys.stdin.read())
    return read_reports(file)


def identity(report: Report) -> dict[str, object]:
    """Return what JSON output says of a report."""
    return {
        "source": report.source,
        "title": report.title,
        "body": report.body,
        "year": report.year,
    }
