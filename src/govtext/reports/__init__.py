"""Read work reports: files of several kinds to reports with sections and sentences."""

from __future__ import annotations

from govtext.reports.read import read_reports

__all__ = ["read_reports"]
