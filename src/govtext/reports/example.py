"""The report that ships, to try things on."""

from __future__ import annotations

from pathlib import Path

from govtext.reports.read import read_reports
from govtext.types import Report

EXAMPLE_FILE = Path(__file__).with_name("example.txt")


def example_report() -> Report:
    """Return the report that ships with govtext: a district's people's congress, made up."""
    return read_reports(EXAMPLE_FILE)[0]
