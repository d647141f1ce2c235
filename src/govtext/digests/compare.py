"""Compare reports: the same figure in each, and what only one of them speaks of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govtext.digests.view import FigureView, ReportView
from govtext.features.words import cut_words
from govtext.text.characters import count_han
from govtext.types import Report

# Classifiers that count pieces of work: 18个 and 18项 of reports are the same figure.
_PIECES = frozenset("个件项份部次场期")
_LINKING = re.compile('[和与及并、，“”"]')
_TITLE = re.compile("《([^《》]{2,40})》")
_MOST = 12
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """The same figure in several reports.

    Attributes:
        name: Action and object as the first report prints them.
        cells: The figures of each report; empty where it has none.
    """

    name: str
    cells: tuple[tuple[FigureView, ...], ...]

    @property
    def reports(self) -> int:
        """How many reports have the figure."""
        return sum(bool(cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that a report speaks of; `number` is the sentence that does so first."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Change:
    """What one report has and another has not.

    Attributes:
        view: The report that has it.
        other: The report that has not, None where it stands for all the others.
        figures: Work with a figure.
        titles: Laws and documents named in 《》.
        words: Words said at least twice, most frequent first.
    """

    view: ReportView
    other: ReportView | None
    figures: tuple[Mention, ...]
    titles: tuple[Mention, ...]
    words: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How reports compare.

    Attributes:
        views: The reports.
        over_time: Whether they are one body's kind of report in different years, in order.
        rows: Figures of at least two reports, those of the most reports first.
        changes: Over time: what is new in each report and what is gone since the one before, in
            turn; else what only one report has.
    """

    views: tuple[ReportView, ...]
    over_time: bool
    rows: tuple[FigureRow, ...]
    changes: tuple[Change, ...]


def compare(views: Sequence[ReportView]) -> Comparison:
    """Compare reports in the order given; see `in_order`."""
    over_time = _over_time([view.report for view in views])
    found = [_mentions(view) for view in views]
    if over_time:
        steps = zip(range(1, len(views)), range(len(views) - 1), strict=True)
        changes = [
            _change(views, found, i, [j], views[j])
            for new, old in steps
            for i, j in ((new, old), (old, new))
        ]
    else:
        everyone = range(len(views))
        changes = [
            _change(views, found, i, [j for j in everyone if j != i], None) for i in everyone
        ]
    return Comparison(tuple(views), over_time, figure_rows(views), tuple(changes))


def in_order(reports: Sequence[Report]) -> list[Report]:
    """Return reports by year where each has its own, else in the order given."""
    if not _over_time(reports):
        return list(reports)
    return sorted(reports, key=lambda report: report.year or 0)


def figure_rows(views: Sequence[ReportView], *, least: int = 2) -> tuple[FigureRow, ...]:
    """Return the figures that at least so many of the reports have, most reports first.

    A figure counts that names what was done and to what; the others are the same by chance.
    """
    keys: dict[_Key, str] = {}
    cells: dict[tuple[_Key, int], list[FigureView]] = {}
    for i, view in enumerate(views):
        for item in view.figures:
            if item.figure.action and item.figure.object:
                key = _key(item)
                keys.setdefault(key, f"{item.figure.action}{item.figure.object}")
                cells.setdefault((key, i), []).append(item)
    rows = [
        FigureRow(name, tuple(tuple(cells.get((key, i), ())) for i in range(len(views))))
        for key, name in keys.items()
    ]
    rows = [row for row in rows if row.reports >= least]
    return tuple(sorted(rows, key=lambda row: -row.reports))


def _key(item: FigureView) -> _Key:
    """Return what two figures share if they say the same of different reports."""
    figure = item.figure
    name = _LINKING.sub("", f"{figure.action or ''}{figure.object}")
    return name, "" if figure.unit in _PIECES else figure.unit


def _over_time(reports: Sequence[Report]) -> bool:
    years = {report.year for report in reports}
    bodies = {report.body for report in reports}
    return len(reports) > 1 and len(years) == len(reports) and None not in years and len(bodies) < 2


@dataclass(frozen=True, slots=True)
class _Mentions:
    figures: dict[str, int]
    titles: dict[str, int]
    words: dict[str, int]
    counts: Counter[str]


def _mentions(view: ReportView) -> _Mentions:
    figures: dict[str, int] = {}
    titles: dict[str, int] = {}
    words: dict[str, int] = {}
    counts: Counter[str] = Counter()
    for item in view.figures:
        if item.figure.action and item.figure.object:
            figures.setdefault(f"{item.figure.action}{item.figure.object}", item.number)
    for sentence in view.sentences():
        for title in _TITLE.findall(sentence.text):
            titles.setdefault(f"《{title}》", sentence.number)
        for word in _content_words(sentence.text):
            words.setdefault(word, sentence.number)
            counts[word] += 1
    return _Mentions(figures, titles, words, counts)


def _content_words(text: str) -> Iterator[str]:
    return (word for word in cut_words(text) if 1 < len(word) == count_han(word))


def _change(
    views: Sequence[ReportView],
    found: Sequence[_Mentions],
    i: int,
    others: Sequence[int],
    other: ReportView | None,
) -> Change:
    own = found[i]
    frequent = {word: own.words[word] for word, count in own.counts.most_common() if count > 1}
    return Change(
        views[i],
        other,
        _only(own.figures, [found[j].figures for j in others]),
        _only(own.titles, [found[j].titles for j in others]),
        _only(frequent, [found[j].words for j in others]),
    )


def _only(own: dict[str, int], others: Sequence[dict[str, int]]) -> tuple[Mention, ...]:
    """Return the first things that none of the others has."""
    known = {_LINKING.sub("", text) for other in others for text in other}
    rest = [(text, n) for text, n in own.items() if _LINKING.sub("", text) not in known]
    return tuple(Mention(text, number) for text, number in rest[:_MOST])
