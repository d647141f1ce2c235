"""Sentences whose key figures a person marked, to measure the program by."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from govtext.corpus.tables import Row, read_rows
from govtext.errors import DataError, MissingFileError


@dataclass(frozen=True, slots=True)
class MarkedFigure:
    """A figure as marked: see `govtext.types.KeyFigure` for the fields."""

    action: str | None
    object: str
    printed: str
    unit: str


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence with its figures in reading order; none where it states none."""

    id: str
    text: str
    figures: tuple[MarkedFigure, ...]


def read_marked(path: str | Path) -> list[MarkedSentence]:
    """Read marked sentences: JSON Lines with the fields `id`, `text` and `figures`.

    Raises:
        MissingFileError: There is no such file.
        DataError: A line is malformed, or a quantity is not in its sentence.
    """
    path = Path(path)
    if not path.is_file():
        raise MissingFileError(f"{path}: no such file; expected marked figures (.jsonl)")
    return [_sentence(row) for row in read_rows(path)]


def _sentence(row: Row) -> MarkedSentence:
    text, figures = row.required("text"), row.fields.get("figures")
    if not isinstance(figures, list):
        raise DataError(f"{row.place}: field 'figures' is not a list; [] where there are none")
    return MarkedSentence(
        row.required("id"), text, tuple(_figure(figure, text, row.place) for figure in figures)
    )


def _figure(figure: object, text: str, place: str) -> MarkedFigure:
    if not isinstance(figure, dict):
        raise DataError(f"{place}: a figure is an object with fields, got {figure!r}")
    fields = Row(figure, place)
    printed = fields.required("printed")
    if printed not in text:
        raise DataError(f"{place}: the sentence does not print the quantity {printed!r}")
    return MarkedFigure(
        fields.optional("action"),
        fields.optional("object") or "",
        printed,
        fields.optional("unit") or "",
    )
