"""Digests of records that are known, and how near a corpus comes to them."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govtext.errors import DataError, MissingFileError

_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Known:
    """Digests of the records of a corpus.

    Attributes:
        digests: How often each digest occurs.
        paths: Path in its repository of each record that has one.
    """

    digests: Counter[str]
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Records of a corpus against known ones.

    Attributes:
        known: Number of known records.
        same: Those of them that are there, to the last character.
        new: Records that are not known.
    """

    known: int
    same: int
    new: int

    def __str__(self) -> str:
        return f"{self.same} of {self.known} known records are the same, {self.new} are others"


def record_digest(record: Mapping[str, Any]) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of a record as sorted JSON."""
    content = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()[:_DIGITS]


def compare(records: Iterable[Mapping[str, Any]], known: Known) -> Comparison:
    """Count the records that are known."""
    found = Counter(map(record_digest, records))
    same = (found & known.digests).total()
    return Comparison(known.digests.total(), same, found.total() - same)


def read_known(path: Path) -> Known:
    """Read digests: one a line, in some corpora with the path of the record after a space.

    Raises:
        MissingFileError: There is no such file.
        DataError: A line does not begin with a digest.
    """
    if not path.is_file():
        raise MissingFileError(f"{path}: no such file of digests")
    digests: Counter[str] = Counter()
    paths = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        digest, _, record_path = line.partition(" ")
        if len(digest) != _DIGITS or set(digest) - set("0123456789abcdef"):
            raise DataError(f"{path}:{number}: expected {_DIGITS} hexadecimal digits first")
        digests[digest] += 1
        if record_path:
            paths.append(record_path)
    return Known(digests, tuple(paths))


def write_known(records: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write the digests of records, sorted, as `read_known` reads them."""
    lines = sorted(f"{record_digest(r)} {r.get('path', '')}".rstrip() for r in records)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
