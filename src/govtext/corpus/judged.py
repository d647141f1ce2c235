"""Statements that readers judged: whether a text says them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govtext.corpus.public.paragraphs import read_passages
from govtext.corpus.public.records import Record
from govtext.corpus.tables import Row, read_rows
from govtext.errors import DataError, MissingFileError


@dataclass(frozen=True, slots=True)
class JudgedStatement:
    """A statement on a text, and what a reader found.

    Attributes:
        id: Names it in tables and messages; unique in its file.
        text: The text.
        statement: What was said of it.
        is_true: Whether the text says so; what makes no sense is not true.
        group: What must not be torn apart by a split.
        place: File and line it comes from.
    """

    id: str
    text: str
    statement: str
    is_true: bool
    group: str
    place: str


def read_judged(path: Path) -> list[JudgedStatement]:
    """Read judged statements that stand with their texts.

    Args:
        path: JSON Lines with the fields `text`, `group` and `statements`: objects with a
            `statement` and whether it `is_true`.

    Raises:
        MissingFileError: There is no such file.
        DataError: A row is malformed; the message names file and line.
    """
    if not path.is_file():
        raise MissingFileError(f"{path}: no such file of judged statements")
    return [
        judged
        for row in read_rows(path)
        for judged in _statements(row, row.required("text"), row.required("group"))
    ]


def write_judged(judged: Iterable[JudgedStatement], path: Path) -> None:
    """Write judged statements, those of a text together, as the file that `read_judged` reads."""
    texts: dict[tuple[str, str], list[dict[str, object]]] = {}
    for one in judged:
        texts.setdefault((one.text, one.group), []).append(
            {"statement": one.statement, "is_true": one.is_true}
        )
    rows = (
        {"group": group, "text": text, "statements": statements}
        for (text, group), statements in texts.items()
    )
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text("".join(lines), encoding="utf-8")


def attach_judged(path: Path, reports: Iterable[Record]) -> tuple[list[JudgedStatement], int]:
    """Join judged statements with the paragraphs of public reports that they are on.

    Args:
        path: JSON Lines with the field `statements`, see `read_judged`, and those that
            `read_passages` reads.
        reports: Government reports, as `scripts/fetch_corpora.py` writes them.

    Returns:
        The statements, and how many rows are on reports that were not there.

    Raises:
        MissingFileError: There is no such file.
        DataError: A row is malformed; the message names file and line.
    """
    passages, missing = read_passages(path, reports)
    judged = [
        judged
        for passage in passages
        for judged in _statements(passage.row, passage.text, passage.report)
    ]
    return judged, missing


def _statements(row: Row, text: str, group: str) -> Iterator[JudgedStatement]:
    found: Any = row.fields.get("statements")
    if not isinstance(found, list) or not all(
        isinstance(one, dict)
        and isinstance(one.get("statement"), str)
        and isinstance(one.get("is_true"), bool)
        for one in found
    ):
        raise DataError(
            f"{row.place}: statements is {str(found)[:60]}, expected objects with a text "
            '"statement" and true or false as "is_true"'
        )
    for i, one in enumerate(found):
        yield JudgedStatement(
            id=f"{row.place}/{i}",
            text=text,
            statement=one["statement"],
            is_true=one["is_true"],
            group=group,
            place=row.place,
        )
