"""Read work reports: files of several kinds to reports with sections and sentences."""

from __future__ import annotations

from govtext.reports.example import EXAMPLE_FILE, example_report
from govtext.reports.read import read_reports

__all__ = ["EXAMPLE_FILE", "example_report", "read_reports"]
