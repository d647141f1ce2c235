"""Training examples of either task, from annotated reports or from a user's own files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from govtext.corpus.annotated import AnnotatedReport, read_annotated, read_annotated_folder
from govtext.corpus.check import summary_pairs
from govtext.corpus.tables import Row, read_rows
from govtext.errors import DataError, MissingFileError
from govtext.text.sentences import neighbours
from govtext.text.topic import topic_sentence


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence with its label.

    Attributes:
        id: Names the sentence in tables and messages; unique in its data set.
        text: The sentence.
        label: Its label.
        heading: Heading of its section, None where there is none.
        topic: Topic sentence of its paragraph, None where there is none.
        group: What must not be torn apart by a split: its report, or the text itself.
        place: File and line it comes from.
        before: The sentence before it in its paragraph, None where there is none.
        after: The sentence after it in its paragraph, None where there is none.
    """

    id: str
    text: str
    label: str
    heading: str | None
    topic: str | None
    group: str
    place: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class SummaryExample:
    """A text with its reference summary.

    Attributes:
        id: Names the example in tables and messages; unique in its data set.
        text: What is summed up.
        summary: The reference.
        kind: heading, headline, section or report.
        group: What must not be torn apart by a split.
        place: File and line it comes from.
    """

    id: str
    text: str
    summary: str
    kind: str
    group: str
    place: str


class Example(Protocol):
    """What both kinds of examples have."""

    @property
    def id(self) -> str:
        """Name of the example."""

    @property
    def text(self) -> str:
        """What a model reads."""

    @property
    def group(self) -> str:
        """What must not be torn apart by a split."""

    @property
    def place(self) -> str:
        """File and line."""


E = TypeVar("E", bound=Example)
KINDS = ("heading", "headline", "section", "report")
# What a summarizer may also learn from: a text with gaps, and in place of a summary the text as it
# was.
ORIGINAL = "original"


def read_labelled(path: str | Path) -> list[LabelledSentence]:
    """Read labelled sentences.

    Args:
        path: A folder of annotated reports, one such report (.txt), or a .jsonl or .csv file
            with the fields `text` and `label` and, where known, `id`, `heading`, `topic`,
            `before`, `after` and `group`.

    Raises:
        MissingFileError: The path does not exist.
        DataError: Something in it is malformed; the message names file and line.
    """
    return _read(path, _sentences_of, _labelled_row)


def read_pairs(path: str | Path) -> list[SummaryExample]:
    """Read texts with reference summaries.

    Args:
        path: As for `read_labelled`; files have the fields `text` and `summary` and, where
            known, `id`, `kind` (heading, headline, section or report; section where left out) and
            `group`.

    Raises:
        MissingFileError: The path does not exist.
        DataError: Something in it is malformed; the message names file and line.
    """
    return _read(path, _pairs_of, _pair_row)


def write_labelled(sentences: Iterable[LabelledSentence], path: Path) -> None:
    """Write labelled sentences as the JSON Lines file that `read_labelled` reads."""
    _write(sentences, path)


def write_pairs(pairs: Iterable[SummaryExample], path: Path) -> None:
    """Write texts with summaries as the JSON Lines file that `read_pairs` reads."""
    _write(pairs, path)


def _write(examples: Iterable[LabelledSentence] | Iterable[SummaryExample], path: Path) -> None:
    rows = ({k: v for k, v in asdict(e).items() if k != "place"} for e in examples)
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    path.write_text("".join(lines), encoding="utf-8")


def known_kind(kind: str, place: str) -> str:
    """Return a kind of summary, or `ORIGINAL`.

    Raises:
        DataError: There is no such kind; the message names the place.
    """
    known = (*KINDS, ORIGINAL)
    if kind not in known:
        raise DataError(f"{place}: kind is {kind!r}, expected {', '.join(known)}")
    return kind


def digest(examples: Iterable[LabelledSentence] | Iterable[SummaryExample]) -> str:
    """Return a SHA-256 of what a model learns from, independent of files and their order."""
    lines = []
    for example in examples:
        target = example.label if isinstance(example, LabelledSentence) else example.summary
        context = (
            [getattr(example, part) or "" for part in ("heading", "topic", "before", "after")]
            if isinstance(example, LabelledSentence)
            else [example.kind]
        )
        lines.append("\x1f".join([example.text, target, *context]))
    return hashlib.sha256("\x1e".join(sorted(lines)).encode()).hexdigest()


def _read(
    path: str | Path,
    of_report: Callable[[AnnotatedReport], Sequence[E]],
    of_row: Callable[[Row], E],
) -> list[E]:
    path = Path(path)
    if not path.exists():
        raise MissingFileError(f"{path}: no such file or folder of training data")
    if path.is_dir():
        examples = [e for report in read_annotated_folder(path) for e in of_report(report)]
    elif path.suffix.lower() == ".txt":
        examples = list(of_report(read_annotated(path)))
    else:
        examples = [of_row(row) for row in read_rows(path)]
    if not examples:
        raise DataError(f"{path}: holds no example")
    _refuse_duplicate_ids(examples)
    return examples


def _refuse_duplicate_ids(examples: Sequence[Example]) -> None:
    places: dict[str, str] = {}
    for example in examples:
        if example.id in places:
            raise DataError(
                f"{example.place}: id {example.id!r} is taken by {places[example.id]}; "
                "ids must differ"
            )
        places[example.id] = example.place


def _sentences_of(report: AnnotatedReport) -> list[LabelledSentence]:
    found = []
    for s, section in enumerate(report.sections, start=1):
        for p, paragraph in enumerate(section.paragraphs, start=1):
            texts = [sentence.text for sentence in paragraph.sentences]
            topic = topic_sentence(texts)
            for k, (sentence, (before, after)) in enumerate(
                zip(paragraph.sentences, neighbours(texts), strict=True), start=1
            ):
                found.append(
                    LabelledSentence(
                        id=f"{report.id}/{s}.{p}.{k}",
                        text=sentence.text,
                        label=sentence.label,
                        heading=section.heading,
                        topic=topic,
                        group=report.id,
                        place=f"{report.path}:{sentence.line}",
                        before=before,
                        after=after,
                    )
                )
    return found


def _pairs_of(report: AnnotatedReport) -> list[SummaryExample]:
    return [
        SummaryExample(
            id=f"{report.id}/{number}",
            text=pair.source,
            summary=pair.summary,
            kind=pair.kind,
            group=report.id,
            place=f"{report.path}:{pair.line}",
        )
        for number, pair in enumerate(summary_pairs(report), start=1)
    ]


def _labelled_row(row: Row) -> LabelledSentence:
    text = row.required("text")
    return LabelledSentence(
        id=row.optional("id") or f"{row.place}",
        text=text,
        label=row.required("label"),
        heading=row.optional("heading"),
        topic=row.optional("topic"),
        group=row.optional("group") or text,
        place=row.place,
        before=row.optional("before"),
        after=row.optional("after"),
    )


def _pair_row(row: Row) -> SummaryExample:
    kind = known_kind(row.optional("kind") or "section", row.place)
    text = row.required("text")
    return SummaryExample(
        id=row.optional("id") or f"{row.place}",
        text=text,
        summary=row.required("summary"),
        kind=kind,
        group=row.optional("group") or text,
        place=row.place,
    )
