"""Labels without their text: for published reports that may not be copied.

A label file is JSON: the document's title, body and year, and for every section its level, the
SHA-256 of its heading, and its paragraphs as lists of sentences, each with offsets in
`Report.text`, SHA-256 and label. Whoever has the document joins the two.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from govtext.corpus.examples import LabelledSentence
from govtext.errors import DataError, MissingFileError
from govtext.types import Report, Sentence

Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class StandoffSentence(_Record):
    """A sentence by its place and digest, and its label."""

    start: int = Field(ge=0)
    end: int = Field(ge=1)
    sha256: Sha256
    label: str = Field(min_length=1)


class StandoffSection(_Record):
    """A section by the digest of its heading, None before the first heading."""

    level: int = Field(ge=1, le=2)
    heading_sha256: Sha256 | None
    paragraphs: tuple[tuple[StandoffSentence, ...], ...]


class StandoffReport(_Record):
    """The labels of one published report."""

    id: str = Field(min_length=1)
    title: str = Field(min_length=1)
    body: str
    year: int
    sections: tuple[StandoffSection, ...]

    def sentences(self) -> list[StandoffSentence]:
        """Return the sentences in reading order."""
        return [s for section in self.sections for part in section.paragraphs for s in part]


@dataclass(frozen=True, slots=True)
class Attached:
    """Labels joined with the text of a document.

    Attributes:
        sentences: The sentences that were found, with their labels, in reading order.
        missing: What was labelled and not found, and what was found without a label, in words.
    """

    sentences: list[LabelledSentence]
    missing: list[str]


def detach(report: Report, labels: Sequence[str], *, id: str) -> StandoffReport:
    """Return the labels of a report without its text.

    Args:
        report: The report.
        labels: The label of each sentence, in reading order.
        id: Name of the label file's report.

    Raises:
        DataError: There is not one label for each sentence, or the report has no title, body
            or year.
    """
    if len(labels) != len(report.sentences()):
        raise DataError(
            f"{id}: {len(labels)} labels for {len(report.sentences())} sentences; give one each"
        )
    if report.title is None or report.body is None or report.year is None:
        raise DataError(f"{id}: title, body and year of the report must be known")
    rest = iter(labels)
    sections = tuple(
        StandoffSection(
            level=section.level,
            heading_sha256=_digest(section.heading) if section.heading else None,
            paragraphs=tuple(
                tuple(_standoff(sentence, next(rest)) for sentence in paragraph.sentences)
                for paragraph in section.paragraphs
            ),
        )
        for section in report.sections
    )
    return StandoffReport(
        id=id, title=report.title, body=report.body, year=report.year, sections=sections
    )


def write_standoff(labels: StandoffReport, path: Path) -> None:
    """Write a label file."""
    path.write_text(labels.model_dump_json(indent=1) + "\n", encoding="utf-8")


def read_standoff(path: Path) -> StandoffReport:
    """Read a label file.

    Raises:
        MissingFileError: There is no such file.
        DataError: It is not a label file.
    """
    if not path.is_file():
        raise MissingFileError(f"{path}: no such label file")
    try:
        return StandoffReport.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        [first, *_] = error.errors(include_url=False)
        where = ".".join(map(str, first["loc"]))
        raise DataError(f"{path}: {where}: {first['msg']}") from error
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path}: not a JSON file of labels: {error}") from error


def attach(labels: StandoffReport, reports: Sequence[Report]) -> Attached:
    """Join labels with the text of a document.

    Sentences are known by their digests; where one occurs several times, by their order.

    Args:
        labels: The labels.
        reports: The reports of the user's own copy; the one with the labels' title is taken, or
            the only one where no title was recognized.

    Raises:
        DataError: None of the reports has the title.
    """
    report = _choose(labels, reports)
    found: dict[str, list[Sentence]] = {}
    for sentence in report.iter_sentences():
        found.setdefault(_digest(sentence.text), []).append(sentence)
    joined: list[LabelledSentence] = []
    missing = []
    for number, labelled in enumerate(labels.sentences(), start=1):
        if not found.get(labelled.sha256):
            missing.append(f"sentence {number} (characters {labelled.start} to {labelled.end})")
            continue
        joined.append(_labelled(found[labelled.sha256].pop(0), labelled.label, labels, number))
    rest = sorted((s for group in found.values() for s in group), key=lambda s: s.start)
    missing += [f"no label for characters {s.start} to {s.end}: {s.text[:20]}" for s in rest]
    return Attached(joined, missing)


def _choose(labels: StandoffReport, reports: Sequence[Report]) -> Report:
    for report in reports:
        if report.title is not None and _squeeze(report.title) == _squeeze(labels.title):
            return report
    if len(reports) == 1 and reports[0].title is None:
        return reports[0]
    titles = ", ".join(str(report.title) for report in reports)
    raise DataError(f"the labels are for {labels.title!r}, the document holds {titles}")


def _labelled(
    sentence: Sentence, label: str, labels: StandoffReport, number: int
) -> LabelledSentence:
    return LabelledSentence(
        id=f"{labels.id}/{number}",
        text=sentence.text,
        label=label,
        heading=sentence.heading,
        topic=sentence.topic,
        group=labels.id,
        place=f"{labels.id}:{sentence.start}",
        before=sentence.before,
        after=sentence.after,
    )


def _standoff(sentence: Sentence, label: str) -> StandoffSentence:
    return StandoffSentence(
        start=sentence.start, end=sentence.end, sha256=_digest(sentence.text), label=label
    )


def _digest(text: str) -> str:
    return hashlib.sha256(_squeeze(text).encode()).hexdigest()


def _squeeze(text: str) -> str:
    """Leave white space out: copies differ in it."""
    return "".join(text.split())
