"""The key figures of reports as tables: CSV for a spreadsheet, JSON for a program."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from govtext.digests.view import ReportView

# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def figures_csv(views: Sequence[ReportView]) -> str:
    """Return the key figures as CSV; the mark at its beginning tells Excel that it is UTF-8."""
    rows = list(_records(views))
    target = io.StringIO()
    writer = csv.DictWriter(target, fieldnames=_FIELDS)
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return "\ufeff" + target.getvalue()


def figures_json(views: Sequence[ReportView]) -> str:
    """Return the key figures as a JSON list of records; what is not known is null."""
    return json.dumps(list(_records(views)), ensure_ascii=False, indent=1)


_FIELDS = (
    "report", "year", "label", "action", "object", "printed", "value", "high", "unit",
    "qualifier", "start", "end", "sentence",
)  # fmt: skip


def _records(views: Sequence[ReportView]) -> Iterator[dict[str, Any]]:
    for view in views:
        for item in view.figures:
            figure = item.figure
            yield {
                "report": view.title,
                "year": view.report.year,
                "label": item.label.id,
                "action": figure.action,
                "object": figure.object,
                "printed": figure.printed,
                "value": _number(figure.value),
                "high": None if figure.high is None else _number(figure.high),
                "unit": figure.unit,
                "qualifier": figure.qualifier,
                "start": figure.start,
                "end": figure.end,
                "sentence": figure.sentence.text,
            }


def _number(value: float) -> float | int:
    return int(value) if value.is_integer() else value


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
