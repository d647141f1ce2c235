"""How well labels and their probabilities agree with the truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from govtext.evaluation.bootstrap import Interval, bootstrap_interval, resampling_units


@dataclass(frozen=True, slots=True)
class LabelScores:
    """Figures of one label; shares from 0 to 1, support in sentences."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class ClassificationScores:
    """Figures of a classifier on one split.

    Attributes:
        macro_f1: Mean F1 over all labels, with its interval.
        functional_macro_f1: Mean F1 over the labels that are functions, `other` left out as a
            label but not as a mistake; None where there is no such distinction.
        accuracy: Share of the sentences labelled right.
        calibration_error: Expected calibration error over ten equal bins of the score.
        labels: Figures of each label.
        confusion: Sentences by true label (row) and predicted label (column), in the order of
            `labels`.
    """

    macro_f1: Interval
    functional_macro_f1: Interval | None
    accuracy: float
    calibration_error: float
    labels: dict[str, LabelScores]
    confusion: NDArray[np.int64]

    def metrics(self, prefix: str) -> dict[str, float]:
        """Return the figures as flat metrics, such as `test/f1_supervision`."""
        flat = {
            "macro_f1": self.macro_f1.value,
            "macro_f1_low": self.macro_f1.low,
            "macro_f1_high": self.macro_f1.high,
            "accuracy": self.accuracy,
            "calibration_error": self.calibration_error,
        }
        if self.functional_macro_f1 is not None:
            flat["functional_macro_f1"] = self.functional_macro_f1.value
            flat["functional_macro_f1_low"] = self.functional_macro_f1.low
            flat["functional_macro_f1_high"] = self.functional_macro_f1.high
        for label, scores in self.labels.items():
            flat[f"precision_{label}"] = scores.precision
            flat[f"recall_{label}"] = scores.recall
            flat[f"f1_{label}"] = scores.f1
        return {f"{prefix}/{name}": value for name, value in flat.items()}


def score_labels(
    truth: Sequence[str],
    predicted: Sequence[str],
    scores: Sequence[float],
    *,
    labels: Sequence[str],
    groups: Sequence[str],
    functional: Sequence[str] = (),
    seed: int = 0,
) -> ClassificationScores:
    """Compare predicted labels with true ones.

    Args:
        truth: True label of each sentence.
        predicted: Predicted label of each sentence.
        scores: Probability given to the predicted label, 0 to 1.
        labels: All labels, in the order of the figures.
        groups: Report of each sentence: intervals resample whole reports, or the sentences of a
            single one.
        functional: The labels that are functions of the body, to be averaged apart.
        seed: Seed of the resampling.
    """
    confusion = _confusion(truth, predicted, labels)
    by_group = _confusions_by_group(truth, predicted, labels, resampling_units(groups))
    chosen = [labels.index(label) for label in functional if label in labels]

    def macro(counts: NDArray[np.int64], rows: Sequence[int]) -> float:
        return float(np.mean([_f1(counts, row) for row in rows]))

    everything = range(len(labels))
    return ClassificationScores(
        macro_f1=bootstrap_interval(by_group, lambda c: macro(c, everything), seed=seed),
        functional_macro_f1=bootstrap_interval(by_group, lambda c: macro(c, chosen), seed=seed)
        if chosen
        else None,
        accuracy=float(np.trace(confusion) / max(confusion.sum(), 1)),
        calibration_error=expected_calibration_error(
            scores, [t == p for t, p in zip(truth, predicted, strict=True)]
        ),
        labels={label: _label_scores(confusion, i) for i, label in enumerate(labels)},
        confusion=confusion,
    )


@dataclass(frozen=True, slots=True)
class Bin:
    """Sentences of like score: their mean score, the share labelled right, their number."""

    score: float
    right: float
    count: int


def reliability_bins(
    scores: Sequence[float], right: Sequence[bool], *, bins: int = 10
) -> list[Bin]:
    """Sort sentences into bins of equal width by score; empty bins are left out.

    Args:
        scores: Probability given to each predicted label, 0 to 1.
        right: Whether the label was right.
        bins: Number of bins from 0 to 1.
    """
    values, hits = np.asarray(scores, dtype=float), np.asarray(right, dtype=float)
    index = np.minimum((values * bins).astype(int), bins - 1)
    return [
        Bin(float(values[inside].mean()), float(hits[inside].mean()), int(inside.sum()))
        for i in range(bins)
        if (inside := index == i).any()
    ]


def expected_calibration_error(
    scores: Sequence[float], right: Sequence[bool], *, bins: int = 10
) -> float:
    """Return the mean distance between score and share right, over bins of equal width.

    Source: Naeini, Cooper, Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian
    Binning", AAAI 2015.
    """
    found = reliability_bins(scores, right, bins=bins)
    total = sum(part.count for part in found)
    return sum(part.count * abs(part.score - part.right) for part in found) / max(total, 1)


def _confusion(
    truth: Sequence[str], predicted: Sequence[str], labels: Sequence[str]
) -> NDArray[np.int64]:
    index = {label: i for i, label in enumerate(labels)}
    counts = np.zeros((len(labels), len(labels)), dtype=np.int64)
    for true, guess in zip(truth, predicted, strict=True):
        counts[index[true], index[guess]] += 1
    return counts


def _confusions_by_group(
    truth: Sequence[str], predicted: Sequence[str], labels: Sequence[str], groups: Sequence[str]
) -> NDArray[np.int64]:
    names = {name: i for i, name in enumerate(dict.fromkeys(groups))}
    index = {label: i for i, label in enumerate(labels)}
    counts = np.zeros((len(names), len(labels), len(labels)), dtype=np.int64)
    for true, guess, group in zip(truth, predicted, groups, strict=True):
        counts[names[group], index[true], index[guess]] += 1
    return counts


def _f1(confusion: NDArray[np.int64], i: int) -> float:
    hits = confusion[i, i]
    marked = confusion[i].sum() + confusion[:, i].sum()
    return float(2 * hits / marked) if marked else 0.0


def _label_scores(confusion: NDArray[np.int64], i: int) -> LabelScores:
    hits, support, guessed = confusion[i, i], confusion[i].sum(), confusion[:, i].sum()
    return LabelScores(
        precision=float(hits / guessed) if guessed else 0.0,
        recall=float(hits / support) if support else 0.0,
        f1=_f1(confusion, i),
        support=int(support),
    )
