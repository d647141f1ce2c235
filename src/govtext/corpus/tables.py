"""Rows of a JSON Lines or CSV file, each with the line it stands in."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govtext.errors import DataError

SUFFIXES = (".jsonl", ".csv")


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one row and its place, `file:line`."""

    fields: Mapping[str, Any]
    place: str

    def required(self, name: str) -> str:
        """Return a field that must be a text with something in it.

        Raises:
            DataError: The field is missing, no text, or empty.
        """
        if name not in self.fields or self.fields[name] is None:
            known = ", ".join(str(key) for key in self.fields) or "none"
            raise DataError(f"{self.place}: field {name!r} is missing; fields here: {known}")
        value = self.optional(name)
        if value is None:
            raise DataError(f"{self.place}: field {name!r} is empty")
        return value

    def optional(self, name: str) -> str | None:
        """Return a field's text, None where it is missing or blank.

        Raises:
            DataError: The field is neither text nor a whole number, or holds half a character.
        """
        value = self.fields.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise DataError(
                f"{self.place}: field {name!r} is {type(value).__name__}, expected a text"
            )
        if value and any("\ud800" <= char <= "\udfff" for char in value):
            raise DataError(f"{self.place}: field {name!r} has half a character (a lone surrogate)")
        return (value.strip() or None) if value else None


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a .jsonl or .csv file in UTF-8 or, failing that, GB18030.

    Either may be compressed, with .gz behind its name.

    Raises:
        DataError: The kind of file is not known, it cannot be decoded, or a row is malformed.
    """
    name = path.name.lower().removesuffix(".gz")
    if not name.endswith(SUFFIXES):
        raise DataError(
            f"{path}: training data is a folder of annotated reports or a file ending in "
            f"{' or '.join(SUFFIXES)}, not {path.suffix or 'a file without suffix'}"
        )
    content = _decode(path)
    yield from (_json_rows if name.endswith(".jsonl") else _csv_rows)(path, content)


def _decode(path: Path) -> str:
    raw = _read(path)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError as error:
            position = error.start
    line = raw[:position].count(b"\n") + 1
    raise DataError(f"{path}:{line}: neither UTF-8 nor GB18030; save the file as UTF-8")


def _read(path: Path) -> bytes:
    if path.suffix.lower() != ".gz":
        return path.read_bytes()
    try:
        return gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{path}: not a complete gzip file: {error}") from error


def _json_rows(path: Path, content: str) -> Iterator[Row]:
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{path}:{number}"
        try:
            fields = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep"
            raise DataError(f"{place}: not valid JSON: {reason}") from error
        if not isinstance(fields, dict):
            raise DataError(f"{place}: expected a JSON object with fields, got {line[:40]!r}")
        yield Row(fields, place)


def _csv_rows(path: Path, content: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    try:
        header = next(reader, [])
        if len(set(header)) < len(header):
            raise DataError(f"{path}:1: two columns share a name; names of columns must differ")
        end = reader.line_num
        for values in reader:
            place, end = f"{path}:{end + 1}", reader.line_num
            if not any(values):
                continue
            if len(values) != len(header):
                raise DataError(
                    f"{place}: {len(values)} fields, but the header has {len(header)}; "
                    "a text with a comma needs double quotes around it"
                )
            yield Row(dict(zip(header, values, strict=True)), place)
    except csv.Error as error:
        raise DataError(f"{path}:{reader.line_num}: not valid CSV: {error}") from error
