"""A small picture of one figure over many reports: a dot for each, on a frame of 100 by 30."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from govtext.digests.compare import FigureRow
from govtext.digests.view import FigureView, ReportView

WIDTH, HEIGHT, MARGIN = 160.0, 40.0, 5.0


@dataclass(frozen=True, slots=True)
class Dot:
    """One value.

    Attributes:
        x: By the year where all reports have one, else by their order.
        y: By the value, more is higher.
        view: The report.
        item: The figure.
    """

    x: float
    y: float
    view: ReportView
    item: FigureView


@dataclass(frozen=True, slots=True)
class Strip:
    """The dots of a figure and its middle value, with the unit it is mostly printed in."""

    row: FigureRow
    dots: tuple[Dot, ...]
    lowest: float
    median: float
    highest: float
    unit: str


def strip(row: FigureRow, views: Sequence[ReportView]) -> Strip:
    """Return the dots of a figure; of several values in one report the first counts."""
    pairs = [(view, cell[0]) for view, cell in zip(views, row.cells, strict=True) if cell]
    years = [view.report.year for view in views]
    places = [year for year in years if year is not None]
    if len(places) < len(years):
        places = list(range(len(views)))
    at = {view.anchor: place for view, place in zip(views, places, strict=True)}
    values = [item.figure.value for _, item in pairs]
    units = [item.figure.unit for _, item in pairs]
    dots = tuple(
        Dot(
            _scale(at[view.anchor], min(places), max(places), WIDTH),
            HEIGHT - _scale(item.figure.value, min(0.0, *values), max(values), HEIGHT),
            view,
            item,
        )
        for view, item in pairs
    )
    return Strip(
        row, dots, min(values), statistics.median(values), max(values), statistics.mode(units)
    )


def _scale(value: float, low: float, high: float, size: float) -> float:
    if high == low:
        return size / 2
    return MARGIN + (value - low) / (high - low) * (size - 2 * MARGIN)
