"""What the commands that read reports share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from govtext.errors import InputError
from govtext.reports import read_reports
from govtext.reports.encoding import decode
from govtext.reports.files import MAX_BYTES
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
        content = sys.stdin.buffer.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise InputError(
                f"standard input: over {MAX_BYTES // 2**20} MB; too large for a report"
            )
        return read_reports(text=decode(content, "standard input"))
    return read_reports(file)


def identity(report: Report) -> dict[str, object]:
    """Return what JSON output says of a report."""
    return {
        "source": report.source,
        "title": report.title,
        "body": report.body,
        "year": report.year,
    }
