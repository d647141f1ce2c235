"""The pictures of the page for documents and slides, drawn with matplotlib."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from govtext.digests.compare import FigureRow, figure_rows
from govtext.digests.view import LabelName, ReportView
from govtext.plots.canvas import chinese_font, letter, new_figure
from govtext.plots.palette import INK, PAPER, label_colours

_WRITTEN = 0.07
_MOST_ROWS = 12
_MOST_TITLE = 24


def function_bars(views: Sequence[ReportView]) -> Any:
    """Draw the share of each function, a bar for each report.

    Args:
        views: At least one report; all labelled by the same classifier.

    Returns:
        A matplotlib figure. Its letters are Chinese where the machine has a font for them.

    Raises:
        MissingDependencyError: matplotlib is not installed.
    """
    labels = views[0].labels
    figure = new_figure(8.0, 1.3 + 0.5 * len(views), dpi=150)
    axes = figure.add_subplot()
    _bare(figure, axes)
    rows = range(len(views))
    starts = [0.0] * len(views)
    for label, colour in zip(labels, label_colours([label.id for label in labels]), strict=True):
        shares = [view.functions[label.index].share for view in views]
        axes.barh(
            rows, shares, left=starts, color=colour.light, label=_label(label), height=0.62,
            edgecolor=PAPER, linewidth=1.5,
        )  # fmt: skip
        for row, share, start in zip(rows, shares, starts, strict=True):
            if share >= _WRITTEN:
                axes.text(
                    start + share / 2, row, f"{share:.0%}", color=PAPER, fontsize=9,
                    ha="center", va="center",
                )  # fmt: skip
        starts = [start + share for start, share in zip(starts, shares, strict=True)]
    axes.set_yticks(rows, [_title(view, i) for i, view in enumerate(views, start=1)])
    axes.set_xlim(0, 1)
    axes.set_xticks([])
    axes.invert_yaxis()
    figure.legend(loc="outside lower center", ncols=len(labels), frameon=False, fontsize=9)
    letter(figure)
    return figure


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
        _bare(figure, axes)
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


def _bare(figure: Any, axes: Any) -> None:
    figure.set_facecolor(PAPER)
    axes.set_facecolor(PAPER)
    axes.tick_params(length=0)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)


def _label(label: LabelName) -> str:
    name = label.name if chinese_font() else label.id
    return name if name.isascii() or chinese_font() else f"label {label.index + 1}"


def _title(view: ReportView, number: int) -> str:
    if not chinese_font():
        return f"report {number} {view.report.year or ''}"
    name = view.name if len(view.name) <= _MOST_TITLE else f"{view.name[: _MOST_TITLE - 1]}…"
    return name.replace("$", r"\$")
