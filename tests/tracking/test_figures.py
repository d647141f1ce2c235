from __future__ import annotations

import io
import warnings

import pytest

from govtext.errors import InputError
from govtext.tracking import figures


def _png(figure) -> bytes:
    target = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of every character it has no glyph for
        figure.savefig(target)
    return target.getvalue()


def test_confusion_matrix_writes_counts_and_ascii_labels():
    figure = figures.confusion_matrix(
        ["supervision", "协商", ""], [[3, 1, 0], [0, 0, 0], [0, 2, 5]]
    )
    axes = figure.axes[0]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == [
        "supervision",
        "label 2",
        "label 3",
    ]
    assert [text.get_text() for text in axes.texts] == ["3", "1", "0", "0", "0", "0", "0", "2", "5"]
    assert _png(figure).startswith(b"\x89PNG")


def test_many_labels_are_drawn_without_counts():
    size = 40
    figure = figures.confusion_matrix([str(i) for i in range(size)], [[1] * size] * size)
    assert not figure.axes[0].texts


@pytest.mark.parametrize("counts", [[], [[1]], [[1, 2], [3]]])
def test_confusion_matrix_of_another_size(counts):
    with pytest.raises(InputError, match="2 labels need 2 rows of 2 counts"):
        figures.confusion_matrix(["a", "b"], counts)


def test_learning_curve_with_gaps_and_odd_names():
    curves = {"训练": [(1, 0.9), (2, float("nan")), (3, 0.4)], "_$x": [(1, float("inf"))], "e": []}
    figure = figures.learning_curve(curves, x_label="examples", y_label="macro F1")
    legend = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    assert legend == ["label 1", r"\$x", "e"]
    assert _png(figure)


@pytest.mark.parametrize("curves", [{}, {"a": []}])
def test_learning_curve_without_points(curves):
    with pytest.raises(InputError, match="no point to draw"):
        figures.learning_curve(curves)


def test_reliability_leaves_empty_bins_out():
    figure = figures.reliability_curve([0.2, 0.5, 0.9], [0.1, 0.0, 0.8], [5, 0, 9])
    assert len(figure.axes[0].collections[0].get_offsets()) == 2
    assert _png(figure)
    assert _png(figures.reliability_curve([], [], []))


def test_reliability_with_a_missing_bin():
    with pytest.raises(InputError, match="not 1, 2 and 1"):
        figures.reliability_curve([0.5], [0.5, 0.5], [1])


def test_long_label_is_shortened():
    assert figures.tick_labels(["x" * 40]) == ["x" * 25 + "..."]


def test_no_global_figure_is_left():
    pyplot = pytest.importorskip("matplotlib.pyplot")
    before = pyplot.get_fignums()
    figures.confusion_matrix(["a"], [[1]])
    assert pyplot.get_fignums() == before


def test_more_pictures_of_answers():
    for figure in (
        figures.risk_coverage([(0.5, 0.0), (1.0, 0.2)]),
        figures.label_distribution({"train": {"监督": 3, "other": 1}, "test": {"other": 2}}),
        figures.quality_by_length(list(range(1, 30)), [0.5] * 29, y_label="share right"),
        figures.quality_by_length([7], [1.0], y_label="share right"),
    ):
        figure.canvas.draw()
    for mistake in (
        lambda: figures.risk_coverage([]),
        lambda: figures.label_distribution({"train": {}}),
        lambda: figures.quality_by_length([1, 2], [0.5], y_label="x"),
    ):
        with pytest.raises(InputError):
            mistake()
