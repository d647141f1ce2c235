"""From a report to its view: label, sum up, find the key figures, and tie them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from govtext.api import summarize
from govtext.classify import predict
from govtext.digests.blocks import blocks_of
from govtext.digests.view import (
    FigureView,
    FunctionView,
    LabelName,
    ReportView,
    SentenceView,
    Statement,
    SummaryView,
)
from govtext.errors import InputError
from govtext.keyfigures import key_figures
from govtext.taxonomy import BY_ID, label_order
from govtext.types import Prediction, Report, Summary

# Not a function of the body: its sentences are shown but not summed up.
_UNSUMMED = "other"
_TAG_CHARS = 2
# Offset of a sentence to its number, from 1.
_Numbers = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a caller may choose; see `govtext.digest`."""

    max_chars: int
    function_chars: int
    min_score: float
    model: str | Path
    classifier: str | Path


def build_view(report: Report, anchor: str, settings: Settings) -> ReportView:
    """Return all that the page shows of a report.

    Raises:
        InputError: The report has no sentence.
    """
    if not report.sentences():
        name = report.source or report.title or "the report"
        raise InputError(f"{name}: has no sentence, only headings; expected a report with text")
    predictions = predict(report, model=settings.classifier)
    labels = label_names(predictions[0].probabilities)
    numbers = {sentence.start: i for i, sentence in enumerate(report.iter_sentences(), start=1)}
    whole = _view(
        summarize(report, max_chars=settings.max_chars, model=settings.model),
        "摘要", f"{anchor}-w", numbers,
    )  # fmt: skip
    present = {prediction.label for prediction in predictions} - {_UNSUMMED}
    parts = {
        label: _part(report, label, anchor, numbers, settings)
        for label in labels
        if label.id in present
    }
    cited = _cited([whole, *parts.values()])
    sentences = [
        _sentence(number, prediction, labels, cited.get(number, ()), settings.min_score)
        for number, prediction in enumerate(predictions, start=1)
    ]
    return ReportView(
        anchor=anchor,
        report=report,
        title=report.title or (Path(report.source).stem if report.source else "（无标题）"),
        summary=whole,
        functions=tuple(_functions(report, labels, sentences, parts)),
        blocks=tuple(blocks_of(report, sentences)),
        min_score=settings.min_score,
    )


def label_names(labels: Iterable[str]) -> list[LabelName]:
    """Return the names of labels: the taxonomy's Chinese ones, others as they are."""
    return [
        LabelName(id_, BY_ID[id_].chinese, BY_ID[id_].tag, i)
        if id_ in BY_ID
        else LabelName(id_, id_, id_[:_TAG_CHARS], i)
        for i, id_ in enumerate(label_order(labels))
    ]


def _part(
    report: Report, label: LabelName, anchor: str, numbers: _Numbers, settings: Settings
) -> SummaryView:
    summary = summarize(
        report,
        max_chars=settings.function_chars,
        focus=label.id,
        model=settings.model,
        classifier=settings.classifier,
    )
    return _view(summary, label.tag, f"{anchor}-f{label.index}-", numbers)


def _view(summary: Summary, name: str, prefix: str, numbers: _Numbers) -> SummaryView:
    """Return a summary cut at its statements, each with the numbers of its sources."""
    pieces: list[Statement | str] = []
    position = 0
    for i, evidence in enumerate(summary.evidence, start=1):
        start = summary.text.find(evidence.statement, position)
        if start < 0:
            continue
        if start > position:
            pieces.append(summary.text[position:start])
        sources = tuple(numbers[s.start] for s in evidence.sentences if s.start in numbers)
        pieces.append(Statement(f"{prefix}{i}", evidence.statement, name, sources))
        position = start + len(evidence.statement)
    if position < len(summary.text):
        pieces.append(summary.text[position:])
    return SummaryView(tuple(pieces), summary.notes)


def _cited(summaries: Iterable[SummaryView]) -> dict[int, tuple[Statement, ...]]:
    """Return the statements that each sentence supports, by its number."""
    cited: defaultdict[int, tuple[Statement, ...]] = defaultdict(tuple)
    for summary in summaries:
        for statement in summary.statements:
            for number in statement.sources:
                cited[number] += (statement,)
    return cited


def _sentence(
    number: int,
    prediction: Prediction,
    labels: Sequence[LabelName],
    cited_by: tuple[Statement, ...],
    min_score: float,
) -> SentenceView:
    probabilities = prediction.probabilities
    return SentenceView(
        number=number,
        text=prediction.text,
        label=max(labels, key=lambda label: probabilities[label.id]),
        score=prediction.score,
        shares=tuple(round(100 * probabilities[label.id]) for label in labels),
        uncertain=prediction.score < min_score,
        cited_by=cited_by,
    )


def _functions(
    report: Report,
    labels: Sequence[LabelName],
    sentences: Sequence[SentenceView],
    summaries: Mapping[LabelName, SummaryView],
) -> list[FunctionView]:
    by_start = dict(zip((s.start for s in report.iter_sentences()), sentences, strict=True))
    figures = [
        FigureView(figure, view.label, view.number)
        for figure in key_figures(report)
        for view in [by_start[figure.sentence.start]]
    ]
    characters = sum(len(view.text) for view in sentences)
    functions = []
    for label in labels:
        own = tuple(view for view in sentences if view.label == label)
        functions.append(
            FunctionView(
                label=label,
                sentences=own,
                share=len(own) / len(sentences),
                char_share=sum(len(view.text) for view in own) / characters,
                summary=summaries.get(label),
                figures=tuple(figure for figure in figures if figure.label == label),
            )
        )
    return functions
