"""Pictures of a corpus."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from govtext.corpus.annotated import AnnotatedReport
from govtext.corpus.counts import ASPECTS, Count, count_by
from govtext.plots.canvas import new_figure
from govtext.plots.palette import label_colours
from govtext.taxonomy import LABEL_IDS

_DPI = 150


def write_plots(reports: Sequence[AnnotatedReport], folder: Path) -> list[Path]:
    """Write the labels by body, level, year and style, and the lengths of sentences, as PNG files.

    Args:
        reports: The corpus.
        folder: Where the pictures go; made where needed.

    Raises:
        MissingDependencyError: matplotlib is not installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = [_labels_plot(aspect, count_by(aspect, reports), folder) for aspect in ASPECTS]
    return [*paths, _lengths_plot(reports, folder)]


def _labels_plot(aspect: str, counts: Sequence[Count], folder: Path) -> Path:
    figure, axes = _axes()
    bottoms = [0] * len(counts)
    for label, colour in zip(LABEL_IDS, label_colours(LABEL_IDS), strict=True):
        heights = [count.labels[label] for count in counts]
        values = [count.value for count in counts]
        axes.bar(values, heights, bottom=bottoms, label=label, color=colour.light)
        bottoms = [low + height for low, height in zip(bottoms, heights, strict=True)]
    axes.set_ylabel("sentences")
    figure.legend(loc="outside upper center", ncols=3, fontsize=8)
    return _save(figure, folder / f"labels_by_{aspect}.png")


def _lengths_plot(reports: Sequence[AnnotatedReport], folder: Path) -> Path:
    figure, axes = _axes()
    axes.hist([len(s.text) for report in reports for s in report.sentences()], bins=40)
    axes.set_xlabel("characters")
    axes.set_ylabel("sentences")
    return _save(figure, folder / "sentence_lengths.png")


def _axes() -> tuple[Any, Any]:
    figure = new_figure(7.0, 4.0, dpi=_DPI)
    return figure, figure.add_subplot()


def _save(figure: Any, path: Path) -> Path:
    figure.savefig(path)
    return path
