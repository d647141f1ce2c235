"""Key figures as rows: for JSON, and as a CSV file that Excel opens as it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from govtext.types import KeyFigure

Cell = str | int | float | None
COLUMNS = (
    "report", "function", "action", "object", "printed", "value", "high", "unit", "qualifier",
    "heading", "sentence", "start", "end",
)  # fmt: skip
# A cell that begins so is a formula to Excel and its like.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def figure_row(
    figure: KeyFigure, *, function: str | None = None, report: str | None = None
) -> dict[str, Cell]:
    """Return a figure as plain values, in the order of `COLUMNS`.

    Args:
        figure: The figure.
        function: Label of its sentence, None where it was not labelled.
        report: Title or file of its report.
    """
    return {
        "report": report,
        "function": function,
        "action": figure.action,
        "object": figure.object,
        "printed": figure.printed,
        "value": _plain(figure.value),
        "high": None if figure.high is None else _plain(figure.high),
        "unit": figure.unit,
        "qualifier": figure.qualifier,
        "heading": figure.sentence.heading,
        "sentence": figure.sentence.text,
        "start": figure.start,
        "end": figure.end,
    }


def write_csv(rows: Iterable[Mapping[str, Cell]], path: str | Path) -> None:
    """Write rows as CSV in UTF-8 with a byte order mark, without which Excel garbles Chinese.

    A text that Excel would run as a formula gets an apostrophe in front. A file that is there is
    replaced.
    """
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS)
    writer.writeheader()
    for row in rows:
        writer.writerow({key: _guarded(value) for key, value in row.items()})
    Path(path).write_bytes(buffer.getvalue().encode("utf-8-sig"))


def _guarded(value: Cell) -> Cell:
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA):
        return "'" + value
    return value


def _plain(value: float) -> int | float:
    """Return a whole number without its `.0`, and others without the noise of binary."""
    return int(value) if value == int(value) else round(value, 6)
