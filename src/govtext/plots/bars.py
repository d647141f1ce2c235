"""Bars of how labels share something out, one below the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from govtext.errors import InputError
from govtext.plots.canvas import chinese_font, letter, new_figure
from govtext.plots.palette import PAPER, label_colours
from govtext.taxonomy import BY_ID

_WRITTEN = 0.07
_MOST_NAME = 24


def share_bars(labels: Sequence[str], bars: Mapping[str, Sequence[float]]) -> Any:
    """Draw the share of each label, a bar for each name.

    Args:
        labels: The labels in order.
        bars: Name to a number for each label, not negative and not all zero: shares or counts.

    Returns:
        A matplotlib figure. Its letters are Chinese where the machine has a font for them;
        elsewhere labels have their ids, and what is not ASCII is shown by its number.

    Raises:
        MissingDependencyError: matplotlib is not installed.
        InputError: There is no bar, or one has not a number for each label.
    """
    if not bars or any(len(bar) != len(labels) or not sum(bar) for bar in bars.values()):
        raise InputError(f"bars: expected some, each with {len(labels)} numbers, not all zero")
    figure = new_figure(8.0, 1.0 + 0.5 * len(bars), dpi=150)
    axes = bare(figure, figure.add_subplot())
    rows = range(len(bars))
    shares = [[number / sum(bar) for number in bar] for bar in bars.values()]
    starts = [0.0] * len(bars)
    for i, (label, colour) in enumerate(zip(labels, label_colours(labels), strict=True)):
        widths = [row[i] for row in shares]
        axes.barh(
            rows, widths, left=starts, color=colour.light, label=_label(label, i), height=0.62,
            edgecolor=PAPER, linewidth=1.5,
        )  # fmt: skip
        for row, width, start in zip(rows, widths, starts, strict=True):
            if width >= _WRITTEN:
                axes.text(
                    start + width / 2, row, f"{width:.0%}", color=PAPER, fontsize=9,
                    ha="center", va="center",
                )  # fmt: skip
        starts = [start + width for start, width in zip(starts, widths, strict=True)]
    axes.set_yticks(rows, [_name(name, i) for i, name in enumerate(bars, start=1)])
    axes.set_xlim(0, 1)
    axes.set_xticks([])
    axes.invert_yaxis()
    figure.legend(loc="outside lower center", ncols=min(len(labels), 5), frameon=False, fontsize=9)
    letter(figure)
    return figure


def bare(figure: Any, axes: Any) -> Any:
    """Return axes without frame and ticks, on the colour of paper."""
    figure.set_facecolor(PAPER)
    axes.set_facecolor(PAPER)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return axes


def _label(label: str, i: int) -> str:
    if chinese_font():
        return BY_ID[label].chinese if label in BY_ID else label.replace("$", r"\$")
    return label.replace("$", r"\$") if label.isascii() else f"label {i + 1}"


def _name(name: str, number: int) -> str:
    if not (name.isascii() or chinese_font()):
        return f"report {number}"
    short = name if len(name) <= _MOST_NAME else f"{name[: _MOST_NAME - 1]}…"
    return short.replace("$", r"\$")
