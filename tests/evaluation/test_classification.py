import numpy as np
import pytest
from sklearn.metrics import f1_score

from govtext.evaluation.bootstrap import bootstrap_interval
from govtext.evaluation.classification import (
    expected_calibration_error,
    score_labels,
)

LABELS = ["a", "b", "c"]


def test_figures_agree_with_scikit_learn():
    random = np.random.default_rng(0)
    truth = random.choice(LABELS, 200).tolist()
    guess = [t if random.random() < 0.7 else random.choice(LABELS) for t in truth]
    groups = [f"g{i // 20}" for i in range(200)]
    scores = score_labels(
        truth, guess, [0.5] * 200, labels=LABELS, groups=groups, functional=["a", "b"]
    )
    assert scores.macro_f1.value == pytest.approx(f1_score(truth, guess, average="macro"))
    assert scores.functional_macro_f1.value == pytest.approx(
        f1_score(truth, guess, average="macro", labels=["a", "b"])
    )
    assert scores.macro_f1.low < scores.macro_f1.value < scores.macro_f1.high
    assert scores.confusion.sum() == 200
    assert scores.labels["b"].support == truth.count("b")
    assert scores.metrics("test")["test/f1_a"] == pytest.approx(scores.labels["a"].f1)


def test_labels_of_ones_own_have_no_functions():
    scores = score_labels(["a"], ["a"], [1.0], labels=["a", "b"], groups=["g"], functional=["x"])
    assert scores.functional_macro_f1 is None
    assert "test/functional_macro_f1" not in scores.metrics("test")


def test_calibration_error():
    right = [i < 6 for i in range(10)]
    assert expected_calibration_error([1.0] * 10, right) == pytest.approx(0.4)
    assert expected_calibration_error([0.6] * 10, right) == pytest.approx(0)
    assert expected_calibration_error([], []) == 0


def test_the_interval_is_wider_with_fewer_groups():
    random = np.random.default_rng(1)
    values = random.random(64)
    pairs = np.stack([values, np.ones(64)], axis=1)
    few = pairs.reshape(8, 8, 2).sum(axis=1)
    wide = bootstrap_interval(few[:4], lambda t: t[0] / t[1])
    narrow = bootstrap_interval(pairs, lambda t: t[0] / t[1])
    assert narrow.high - narrow.low > 0
    assert narrow == bootstrap_interval(pairs, lambda t: t[0] / t[1])
    assert wide.low <= wide.value <= wide.high


def test_a_single_report_is_resampled_by_sentences():
    truth, guess = ["a", "b"] * 20, ["a", "b", "a", "a"] * 10
    scores = score_labels(truth, guess, [0.5] * 40, labels=["a", "b"], groups=["r"] * 40)
    assert scores.macro_f1.low < scores.macro_f1.value < scores.macro_f1.high
