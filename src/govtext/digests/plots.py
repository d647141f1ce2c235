"""The pictures of the page for documents and slides, drawn with matplotlib."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from govtext.digests.compare import FigureRow, figure_rows
from govtext.digests.view import ReportView
from govtext.plots.bars import bare, share_bars
from govtext.plots.canvas import chinese_font, letter, new_figure
from govtext.plots.palette import INK

_MOST_ROWS = 12


def function_bars(views: Sequence[ReportView]) -> Any:
    """Draw the share of each function, a bar for each report.

    Args:
        views: At least one report; all labelled by the same classifier.

    Returns:
        A matplotlib figure. Its letters are Chinese where the machine has a font for them.

    Raises:
        MissingDependencyError: matplotlib is not installed.
    """
    bars = {
        _numbered(view, i, views): [function.share for function in view.functions]
        for i, view in enumerate(views, start=1)
    }
    return share_bars([label.id for label in views[0].labels], bars)


def same_figures(views: Sequence[ReportView]) -> Any | None:
    """Draw the figures that several reports have, a small picture for each.

    Args:
        views: The reports, in order.

    Returns:
        A matplotlib figure, None where no two reports have the same figure.

    Raises:
        MissingDependencyError: matplotlib is not installed.
    """
    rows = figure_rows(views)[:_MOST_ROWS]
    if not rows:
        return None
    columns = min(3, len(rows))
    lines = -(-len(rows) // columns)
    figure = new_figure(3.0 * columns, 0.4 + 1.8 * lines, dpi=150)
    grid = figure.subplots(lines, columns, squeeze=False).flat
    for i, axes in enumerate(grid):
        bare(figure, axes)
        if i < len(rows):
            _same(axes, rows[i], views, i + 1)
        else:
            axes.set_axis_off()
    letter(figure)
    return figure


def _same(axes: Any, row: FigureRow, views: Sequence[ReportView], number: int) -> None:
    found = [(i, cell[0].figure) for i, cell in enumerate(row.cells) if cell]
    axes.plot(
        [i for i, _ in found], [figure.value for _, figure in found], marker="o", color=INK,
        linewidth=1,
    )  # fmt: skip
    for i, figure in found:
        written = figure.printed if chinese_font() else f"{figure.value:g}"
        axes.annotate(
            written, (i, figure.value), xytext=(0, 6), textcoords="offset points", ha="center",
            fontsize=8,
        )  # fmt: skip
    axes.set_xticks(
        range(len(views)), [str(view.report.year or i) for i, view in enumerate(views, start=1)]
    )
    axes.set_xlim(-0.4, len(views) - 0.6)
    axes.set_yticks([])
    axes.margins(y=0.35)
    unit = found[0][1].unit
    name = f"{row.name}（{unit}）" if unit else row.name
    axes.set_title(name if chinese_font() else f"figure {number}", fontsize=9)


def _numbered(view: ReportView, number: int, views: Sequence[ReportView]) -> str:
    """Return a name that no other of the reports has."""
    same = [other for other in views if other.name == view.name]
    return view.name if len(same) == 1 else f"{number} {view.name}"
