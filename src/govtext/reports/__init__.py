"""Read work reports: files of several kinds to reports with sections and sentences."""

from __future__ import annotations

from govtext.reports.example import example_report
from govtext.reports.read import read_reports

__all__ = ["example_report", "read_reports"]
