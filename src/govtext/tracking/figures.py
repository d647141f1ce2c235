"""Pictures for the page of a run, drawn without a display and with ASCII letters only.

The fonts that come with matplotlib have no Chinese characters: a label that is not ASCII is shown
by its number, and `tick_labels` gives the same names for a legend in text.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from govtext.errors import InputError
from govtext.plots.canvas import new_figure

_LONGEST_TICK = 28
_MOST_WRITTEN_COUNTS = 25
_LENGTH_GROUPS = 8


def tick_labels(labels: Sequence[str]) -> list[str]:
    """Return a short ASCII name for each label: itself, or `label 3` for the third."""
    return [_tick(label, number) for number, label in enumerate(labels, start=1)]


def confusion_matrix(labels: Sequence[str], counts: Sequence[Sequence[int]]) -> Any:
    """Draw how often each true label was given each label.

    Args:
        labels: The labels in order.
        counts: A row for each true label, a column for each given one; not negative. Colour is
            the share of the row, the number written is the count.

    Raises:
        InputError: The counts are not a square of the labels' size.
    """
    size = len(labels)
    if not size or [len(row) for row in counts] != [size] * size:
        raise InputError(f"confusion matrix: {size} labels need {size} rows of {size} counts")
    shares = [[count / max(1, sum(row)) for count in row] for row in counts]
    inches = 3.0 + min(0.6 * size, 17.0)
    figure, axes = _figure(inches + 2.0, inches)
    image = axes.imshow(shares, vmin=0.0, vmax=1.0, cmap="Blues")
    figure.colorbar(image, label="share of the true label", fraction=0.046)
    _write_counts(axes, counts, shares)
    names = tick_labels(labels)
    axes.set_xticks(range(size), names, rotation=90)
    axes.set_yticks(range(size), names)
    axes.set(xlabel="predicted", ylabel="true", title="Confusion matrix (counts)")
    return figure


def learning_curve(
    curves: Mapping[str, Sequence[tuple[float, float]]],
    *,
    x_label: str = "step",
    y_label: str = "loss",
) -> Any:
    """Draw numbers over steps, or over the size of the training data.

    Args:
        curves: Name to its points `(x, y)`, in order; a point that is not finite leaves a gap.
        x_label: What x is.
        y_label: What y is.

    Raises:
        InputError: There is no point at all.
    """
    if not any(curves.values()):
        raise InputError("learning curve: there is no point to draw")
    figure, axes = _figure(7.0, 4.5)
    for name, points in zip(tick_labels(list(curves)), curves.values(), strict=True):
        mark = "o" if len(points) <= _MOST_WRITTEN_COUNTS else ""
        heights = [y if math.isfinite(y) else math.nan for _, y in points]
        axes.plot([x for x, _ in points], heights, marker=mark, label=name.lstrip("_"))
    axes.set(xlabel=x_label, ylabel=y_label, title="Learning curve")
    axes.grid(alpha=0.3)
    axes.legend()
    return figure


def reliability_curve(
    confidence: Sequence[float], accuracy: Sequence[float], counts: Sequence[int]
) -> Any:
    """Draw how often a classifier is right where it says that it is.

    Args:
        confidence: Mean score in each bin, 0 to 1.
        accuracy: Share of right answers in each bin, 0 to 1.
        counts: How many answers each bin has; bins with none are left out.

    Raises:
        InputError: The three differ in length.
    """
    if not len(confidence) == len(accuracy) == len(counts):
        raise InputError(
            "reliability curve: confidence, accuracy and counts must have a value for each bin, "
            f"not {len(confidence)}, {len(accuracy)} and {len(counts)}"
        )
    bins = [item for item in zip(confidence, accuracy, counts, strict=True) if item[2]]
    most = max((count for _, _, count in bins), default=1)
    figure, axes = _figure(5.5, 5.0)
    axes.plot([0, 1], [0, 1], linestyle="--", color="gray", label="perfectly calibrated")
    axes.plot([x for x, _, _ in bins], [y for _, y, _ in bins], color="tab:blue")
    sizes = [20 + 180 * count / most for _, _, count in bins]
    axes.scatter([x for x, _, _ in bins], [y for _, y, _ in bins], s=sizes, label="area: answers")
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="mean score", ylabel="share right")
    axes.set_title("Reliability")
    axes.legend(loc="upper left")
    return figure


def risk_coverage(points: Sequence[tuple[float, float]]) -> Any:
    """Draw the share of wrong labels over the share of sentences that get one.

    Args:
        points: Coverage and risk, each 0 to 1, coverage rising.

    Raises:
        InputError: There is no point.
    """
    if not points:
        raise InputError("risk-coverage curve: there is no point to draw")
    figure, axes = _figure(6.0, 4.5)
    axes.step([x for x, _ in points], [y for _, y in points], where="post")
    axes.set(xlim=(0, 1), xlabel="coverage: share of sentences that get a label (min_score falls)")
    axes.set(ylabel="risk: share of those labelled wrong", title="Risk over coverage")
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.3)
    return figure


def label_distribution(counts: Mapping[str, Mapping[str, int]]) -> Any:
    """Draw which share of each data set has each label.

    Args:
        counts: Name of a data set, such as train, to its count of each label.

    Raises:
        InputError: There is no label.
    """
    labels = list(dict.fromkeys(label for part in counts.values() for label in part))
    if not labels:
        raise InputError("label distribution: there is no label to count")
    width = 0.8 / len(counts)
    figure, axes = _figure(max(6.0, 1.2 * len(labels)), 4.5)
    for number, (name, part) in enumerate(counts.items()):
        total = max(1, sum(part.values()))
        places = [i + number * width for i in range(len(labels))]
        shares = [part.get(label, 0) / total for label in labels]
        axes.bar(places, shares, width, label=f"{_tick(name, number + 1)} ({total})")
    middle = width * (len(counts) - 1) / 2
    axes.set_xticks([i + middle for i in range(len(labels))], tick_labels(labels), rotation=20)
    axes.set(ylabel="share", title="Labels")
    axes.legend()
    return figure


def quality_by_length(lengths: Sequence[int], quality: Sequence[float], *, y_label: str) -> Any:
    """Draw how good the answers are on short and on long texts.

    Args:
        lengths: Characters of each text.
        quality: Quality of each answer, 0 to 1.
        y_label: What the quality is.

    Raises:
        InputError: There is no text, or the two differ in length.
    """
    if not lengths or len(lengths) != len(quality):
        raise InputError(
            f"quality by length: a length and a quality for each text are needed, not "
            f"{len(lengths)} and {len(quality)}"
        )
    ranked = sorted(zip(lengths, quality, strict=True))
    size = -(-len(ranked) // min(_LENGTH_GROUPS, len(ranked)))
    groups = [ranked[i : i + size] for i in range(0, len(ranked), size)]
    names = [f"{group[0][0]}-{group[-1][0]}\n({len(group)})" for group in groups]
    figure, axes = _figure(7.5, 4.5)
    axes.bar(range(len(groups)), [sum(q for _, q in group) / len(group) for group in groups])
    axes.set_xticks(range(len(groups)), names)
    axes.set(xlabel="characters (texts)", ylabel=y_label, ylim=(0, 1), title="Quality by length")
    return figure


def _figure(width: float, height: float) -> tuple[Any, Any]:
    figure = new_figure(width, height)
    return figure, figure.add_subplot()


def _write_counts(
    axes: Any, counts: Sequence[Sequence[int]], shares: Sequence[Sequence[float]]
) -> None:
    if len(counts) > _MOST_WRITTEN_COUNTS:
        return
    for i, row in enumerate(counts):
        for j, count in enumerate(row):
            colour = "white" if shares[i][j] > 0.5 else "black"
            axes.text(j, i, str(count), ha="center", va="center", color=colour, fontsize=8)


def _tick(label: str, number: int) -> str:
    if not label.isascii() or not label.isprintable() or not label.strip():
        return f"label {number}"
    name = label if len(label) <= _LONGEST_TICK else label[: _LONGEST_TICK - 3] + "..."
    return name.replace("$", r"\$")
