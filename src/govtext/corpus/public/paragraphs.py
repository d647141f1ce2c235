"""Rows that name paragraphs of public government reports, joined with these.

The reports are not part of the project. A row names its report by digest and its paragraphs by
number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from govtext.corpus.public.known import record_digest
from govtext.corpus.public.records import Record
from govtext.corpus.tables import Row, read_rows
from govtext.errors import DataError, MissingFileError
from govtext.text.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Passage:
    """Paragraphs of a report, and the row that names them.

    Attributes:
        row: The row.
        report: Digest of the report.
        numbers: Which paragraphs, from 0.
        sentence: Which sentence of the only paragraph, from 0; None for all of them.
        text: The paragraphs, a line each, or the sentence.
    """

    row: Row
    report: str
    numbers: tuple[int, ...]
    sentence: int | None
    text: str


def read_passages(path: Path, reports: Iterable[Record]) -> tuple[list[Passage], int]:
    """Join rows with the paragraphs that they name.

    Args:
        path: JSON Lines with the fields `report` (its digest, see `record_digest`) and
            `paragraphs` (numbers of the lines of the report's text, from 0), and where it is on one
            sentence of one paragraph, the number of that, `sentence`.
        reports: Government reports, as `scripts/fetch_corpora.py` writes them.

    Returns:
        Each row whose report was there with its paragraphs, and how many rows had none.

    Raises:
        MissingFileError: There is no such file.
        DataError: A row is malformed; the message names file and line.
    """
    if not path.is_file():
        raise MissingFileError(f"{path}: no such file")
    waiting: dict[str, list[Row]] = defaultdict(list)
    for row in read_rows(path):
        waiting[row.required("report")].append(row)
    passages: list[Passage] = []
    for report in reports:
        digest = record_digest(report)
        paragraphs = str(report["text"]).split("\n")
        passages += [_passage(row, digest, paragraphs) for row in waiting.pop(digest, [])]
    return passages, sum(map(len, waiting.values()))


def _passage(row: Row, report: str, paragraphs: list[str]) -> Passage:
    numbers = row.fields.get("paragraphs")
    if not (isinstance(numbers, list) and numbers) or not all(
        type(number) is int and 0 <= number < len(paragraphs) for number in numbers
    ):
        raise DataError(
            f"{row.place}: paragraphs is {numbers!r}, expected numbers from 0 to "
            f"{len(paragraphs) - 1}"
        )
    text = "\n".join(paragraphs[number] for number in numbers)
    sentence = row.fields.get("sentence")
    if sentence is None:
        return Passage(row, report, tuple(numbers), None, text)
    sentences = split_sentences(text)
    if len(numbers) > 1 or type(sentence) is not int or not 0 <= sentence < len(sentences):
        raise DataError(
            f"{row.place}: sentence is {sentence!r} of paragraphs {numbers}, expected a number "
            f"from 0 to {len(sentences) - 1} and one paragraph"
        )
    return Passage(row, report, tuple(numbers), sentence, sentences[sentence])
