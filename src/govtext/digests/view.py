"""What the page shows, ready to be laid out: no model is called and nothing counted below here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from govtext.types import KeyFigure, Report

# More would hide them again.
_LEADING = 6
BlockKind = Literal["title", "heading", "paragraph", "line"]


@dataclass(frozen=True, slots=True)
class LabelName:
    """A label as people read it.

    Attributes:
        id: The classifier's name for it.
        name: What the page calls it.
        tag: At most two characters that stand before its sentences.
        index: Its place in the order of labels; names its colour.
    """

    id: str
    name: str
    tag: str
    index: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of a summary.

    Attributes:
        anchor: Where a link finds it.
        text: The statement.
        summary: Short name of the summary that it stands in.
        sources: Numbers of the sentences that say it, counted from 1; best first.
    """

    anchor: str
    text: str
    summary: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence of the report with what the classifier says of it.

    Attributes:
        number: Its place in the report, from 1; a link finds it at the report's anchor and `-s3`.
        text: The sentence.
        label: Its most probable label.
        score: Probability of that label, 0 to 1.
        shares: Probability of each label in whole percent, in the order of the labels.
        uncertain: Whether the score is below the limit asked for.
        cited_by: The statements that it supports.
    """

    number: int
    text: str
    label: LabelName
    score: float
    shares: tuple[int, ...]
    uncertain: bool
    cited_by: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class SummaryView:
    """A summary: its pieces joined are its text; those between statements are plain strings."""

    pieces: tuple[Statement | str, ...]
    notes: tuple[str, ...]

    @property
    def statements(self) -> list[Statement]:
        """The statements in order."""
        return [piece for piece in self.pieces if isinstance(piece, Statement)]


@dataclass(frozen=True, slots=True)
class FigureView:
    """A key figure with the label and the number of its sentence."""

    figure: KeyFigure
    label: LabelName
    number: int


@dataclass(frozen=True, slots=True)
class FunctionView:
    """What a report says of one function.

    Attributes:
        label: The function.
        sentences: Its sentences in reading order.
        share: Their share of all sentences, 0 to 1.
        char_share: Their share of all characters in sentences, 0 to 1.
        summary: Their summary, None where there is no sentence or none was asked for.
        figures: Their key figures in reading order.
    """

    label: LabelName
    sentences: tuple[SentenceView, ...]
    share: float
    char_share: float
    summary: SummaryView | None
    figures: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the report: its sentences and what stands between them."""

    kind: BlockKind
    pieces: tuple[SentenceView | str, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report with all that the page shows of it.

    Attributes:
        anchor: Prefix of its anchors, such as `r1`.
        report: The report.
        title: Its title, or the best name that there is.
        summary: The summary of the whole.
        functions: Every label of the classifier, in order, also those without sentences.
        blocks: The whole text in reading order.
        min_score: Score under which sentences were marked as uncertain.
    """

    anchor: str
    report: Report
    title: str
    summary: SummaryView
    functions: tuple[FunctionView, ...]
    blocks: tuple[Block, ...]
    min_score: float

    @property
    def name(self) -> str:
        """The title, with the year where it does not say it."""
        year = str(self.report.year or "")
        return self.title if year in self.title else f"{self.title} {year}"

    @property
    def labels(self) -> list[LabelName]:
        """The labels in order."""
        return [function.label for function in self.functions]

    @property
    def figures(self) -> list[FigureView]:
        """The key figures of all functions, in reading order."""
        found = [figure for function in self.functions for figure in function.figures]
        return sorted(found, key=lambda view: view.figure.start)

    @property
    def leading_figures(self) -> list[FigureView]:
        """The first figures that name both what was done and to what: reports open with them."""
        named = [item for item in self.figures if item.figure.action and item.figure.object]
        return named[:_LEADING]

    @property
    def sentence_count(self) -> int:
        """How many sentences the report has."""
        return sum(len(function.sentences) for function in self.functions)

    @property
    def uncertain_count(self) -> int:
        """How many of its sentences are marked as uncertain."""
        return sum(sentence.uncertain for sentence in self.sentences())

    def sentences(self) -> Iterator[SentenceView]:
        """Yield the sentences in reading order."""
        for block in self.blocks:
            for piece in block.pieces:
                if isinstance(piece, SentenceView):
                    yield piece
