"""The records that pass between the parts of govtext; all frozen, all plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from govtext.errors import InputError

Body = Literal["people_congress", "cppcc", "government"]
Qualifier = Literal["over", "under", "about"]
Fact = Literal["number", "date", "title", "quoted", "name", "binding"]
Outcome = Literal["found", "unclear", "missing"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it stands.

    Attributes:
        text: The sentence, final mark included.
        start: Offset of its first character in `Report.text`.
        end: Offset after its last character, so `report.text[start:end] == text`.
        heading: Heading of its section, None before the first heading.
        topic: The topic sentence of its paragraph (the sentence itself where it is one),
            None where the paragraph has none.
        before: The sentence before it in its paragraph, None where it is the first.
        after: The sentence after it in its paragraph, None where it is the last.
    """

    text: str
    start: int
    end: int
    heading: str | None = None
    topic: str | None = None
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a report.

    Attributes:
        start: Offset of its first character in `Report.text`.
        end: Offset after its last character.
        sentences: Its sentences in order; never empty.
        topic: Its opening topic sentence, a short phrase that announces the rest, or None.
    """

    start: int
    end: int
    sentences: tuple[Sentence, ...]
    topic: str | None = None

    @property
    def text(self) -> str:
        """The sentences of the paragraph, joined."""
        return "".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the paragraphs below it.

    Attributes:
        heading: The heading as printed, number included; None for text before the first heading.
        level: 1 for a main section, 2 for a section inside one.
        start: Offset of its first character (its heading's) in `Report.text`.
        end: Offset after its last character.
        paragraphs: Its paragraphs in order; empty where only subsections follow.
    """

    heading: str | None
    level: int
    start: int
    end: int
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        """The paragraphs of the section, one a line, without the heading."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Report:
    """A work report with its structure.

    Attributes:
        text: The text of the report with broken lines joined; all offsets count in it.
        title: Its title, None where none was recognized.
        body: Whose report it is, None where that was not recognized.
        year: The year reported on, None where that was not recognized.
        sections: Its sections in order.
        source: The file it was read from, None for a string.
    """

    text: str
    title: str | None
    body: Body | None
    year: int | None
    sections: tuple[Section, ...]
    source: str | None = None

    def iter_sentences(self) -> Iterator[Sentence]:
        """Yield the sentences of the report in reading order."""
        for section in self.sections:
            for paragraph in section.paragraphs:
                yield from paragraph.sentences

    def sentences(self) -> list[Sentence]:
        """Return the sentences of the report in reading order."""
        return list(self.iter_sentences())


@dataclass(frozen=True, slots=True)
class Reason:
    """A span that moved a classifier's decision.

    Attributes:
        text: The span.
        part: Where it stands: text, or a part of the context: heading, topic, before, after.
        start: Offset of its first character in that part.
        end: Offset after its last character.
        weight: How much the log-odds of the label fall when the span is left out; negative where
            the span speaks against the label.
    """

    text: str
    part: str
    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a classifier says of one sentence.

    Attributes:
        text: The sentence that was labelled.
        label: The most probable label; None where `score` is below the `min_score` asked for.
        score: Calibrated probability of the most probable label, 0 to 1.
        probabilities: Label to probability, all labels of the model; they sum to 1.
    """

    text: str
    label: str | None
    score: float
    probabilities: dict[str, float] = field(repr=False)
    _explain: Callable[[], list[Reason]] | None = field(default=None, repr=False, compare=False)

    def explain(self, most: int = 5) -> list[Reason]:
        """Return the spans that moved the decision, for the most probable label.

        Words of the sentence and whole parts of its context are left out one at a time.
        Source: Li, Monroe, Jurafsky, "Understanding Neural Networks through Representation
        Erasure", 2016.

        Args:
            most: Most spans that are returned, the heaviest first.

        Raises:
            InputError: `most` is under 1, or the prediction was not made by `govtext.predict`.
        """
        if most < 1:
            raise InputError(f"most is {most}, expected at least 1")
        if self._explain is None:
            raise InputError("only a prediction that govtext.predict made can be explained")
        return self._explain()[:most]


@dataclass(frozen=True, slots=True)
class Check:
    """One fact of a summary, looked up in its source.

    Attributes:
        fact: What kind of fact: a number with its unit, a date, a title in 《》, a term in “”, the
            name of a place, an organization or a law, or the binding of a number to what it
            counts.
        value: The fact as the summary has it.
        outcome: `found` where the source has it; `unclear` for a binding where the source has the
            number, but names what it counts in other words; `missing` where the source lacks it,
            or binds another number to the same thing.
    """

    fact: Fact
    value: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Evidence:
    """One statement of a summary and the source sentences that support it.

    Attributes:
        statement: A sentence or clause of the summary, as it stands there.
        sentences: Sentences of the source that say it, best first.
        quoted: Whether it stands in the source word for word, as whole clauses or the beginning of
            one.
        probability: How probable it is, from 0 to 1, that the source says the statement; None where
            it is quoted, or the model did not learn to judge.
    """

    statement: str
    sentences: tuple[Sentence, ...]
    quoted: bool = False
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary and where its statements come from.

    Attributes:
        text: The summary, at most `max_chars` characters; with the detail `full` a line a section.
        evidence: Its statements with their sources, in order.
        checks: Every fact of it that was looked up in the source, and what came of it.
        focus: The label that it was restricted to, None for the whole.
        notes: What the reader must know: text returned as it was, input that was split, sections
            without a statement, what stands there word for word. Empty where all went as
            usual.
    """

    text: str
    evidence: tuple[Evidence, ...] = ()
    focus: str | None = None
    notes: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A quantity that a report states, what it counts or measures, and what was done.

    Attributes:
        action: The verb, such as 听取和审议; None where the sentence has none.
        object: What is counted or measured, such as 专项工作报告; of two that share a quantity
            both, as printed (视察、调研). Empty where the sentence does not name it.
        printed: The quantity as printed, without its unit: 18, 十二, 1.2亿, 3至5, 近300.
        value: The number, 万 and 亿 multiplied out; the lower end of a range; 98.5 for 98.5%.
        high: The upper end of a range, None for a single number.
        unit: 个, 件, 次, 元, %, …; empty where there is none.
        qualifier: "over" (余, 多, 超过, 不少于), "under" (近, 不足, 不超过), "about" (约, 左右),
            None for an exact number.
        start: Offset of the quantity in `Report.text`.
        end: Offset after its unit, so `report.text[start:end]` is the quantity with its unit.
        sentence: The sentence that states it.
    """

    action: str | None
    object: str
    printed: str
    value: float
    high: float | None
    unit: str
    qualifier: Qualifier | None
    start: int
    end: int
    sentence: Sentence
