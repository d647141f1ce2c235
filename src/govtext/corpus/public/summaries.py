"""Summaries of public government reports, kept apart from the texts that they sum up.

The reports are not part of the project. A summary names its report by digest and the paragraphs
that it sums up by number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from govtext.corpus.examples import SummaryExample, known_kind
from govtext.corpus.public.known import record_digest
from govtext.corpus.public.records import Record
from govtext.corpus.tables import Row, read_rows
from govtext.errors import DataError, MissingFileError


@dataclass(frozen=True, slots=True)
class AttachedSummaries:
    """Summaries together with their texts.

    Attributes:
        examples: Each summary whose report was there.
        missing: How many summaries are of reports that were not.
    """

    examples: list[SummaryExample]
    missing: int


def attach_summaries(path: Path, reports: Iterable[Record]) -> AttachedSummaries:
    """Join summaries with the paragraphs of the reports that they sum up.

    Args:
        path: JSON Lines with the fields `report` (its digest, see `record_digest`), `kind`,
            `paragraphs` (numbers of the lines of the report's text, from 0) and `summary`.
        reports: Government reports, as `scripts/fetch_corpora.py` writes them.

    Raises:
        MissingFileError: There is no such file of summaries.
        DataError: A summary is malformed; the message names file and line.
    """
    if not path.is_file():
        raise MissingFileError(f"{path}: no such file of summaries")
    waiting: dict[str, list[Row]] = defaultdict(list)
    for row in read_rows(path):
        waiting[row.required("report")].append(row)
    examples: list[SummaryExample] = []
    for report in reports:
        digest = record_digest(report)
        paragraphs = str(report["text"]).split("\n")
        examples += [_example(row, digest, paragraphs) for row in waiting.pop(digest, [])]
    return AttachedSummaries(examples, missing=sum(map(len, waiting.values())))


def _example(row: Row, digest: str, paragraphs: list[str]) -> SummaryExample:
    numbers = row.fields.get("paragraphs")
    if not (isinstance(numbers, list) and numbers) or not all(
        type(number) is int and 0 <= number < len(paragraphs) for number in numbers
    ):
        raise DataError(
            f"{row.place}: paragraphs is {numbers!r}, expected numbers from 0 to "
            f"{len(paragraphs) - 1}"
        )
    kind = known_kind(row.required("kind"), row.place)
    return SummaryExample(
        id=f"{digest}/{kind}/{'-'.join(map(str, numbers))}",
        text="\n".join(paragraphs[number] for number in numbers),
        summary=row.required("summary"),
        kind=kind,
        group=digest,
        place=row.place,
    )
