"""Summaries of public government reports, kept apart from the texts that they sum up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from govtext.corpus.examples import SummaryExample, known_kind
from govtext.corpus.public.paragraphs import Passage, read_passages
from govtext.corpus.public.records import Record


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
        path: JSON Lines with the fields `kind` and `summary`, and those that `read_passages` reads.
        reports: Government reports, as `scripts/fetch_corpora.py` writes them.

    Raises:
        MissingFileError: There is no such file of summaries.
        DataError: A summary is malformed; the message names file and line.
    """
    passages, missing = read_passages(path, reports)
    return AttachedSummaries([_example(passage) for passage in passages], missing)


def _example(passage: Passage) -> SummaryExample:
    row = passage.row
    kind = known_kind(row.required("kind"), row.place)
    place = "-".join(map(str, passage.numbers))
    return SummaryExample(
        id=f"{passage.report}/{kind}/{place}"
        + ("" if passage.sentence is None else f"/{passage.sentence}"),
        text=passage.text,
        summary=row.required("summary"),
        kind=kind,
        group=passage.report,
        place=row.place,
    )
