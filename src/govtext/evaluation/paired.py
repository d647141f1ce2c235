"""Whether two systems differ, judged on the same sentences or texts.

The same reports are drawn for both, so that what makes a report hard for both does not count.
Source of the paired bootstrap test: Koehn, "Statistical Significance Tests for Machine
Translation Evaluation", EMNLP 2004.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govtext.errors import InputError
from govtext.evaluation.bootstrap import Interval, resampling_units

RESAMPLES = 10_000
# Draws computed at once: bounds the memory, whatever the number of labels.
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Difference:
    """What a second system has more than a first.

    Attributes:
        interval: Second minus first, with its 95 % interval.
        p_value: Two-sided: how often draws as uneven come from systems that do not differ, 0 to 1.
    """

    interval: Interval
    p_value: float


def macro_f1_difference(
    truth: Sequence[str],
    first: Sequence[str],
    second: Sequence[str],
    *,
    groups: Sequence[str],
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Difference:
    """Compare the macro-F1 of two labellings of the same sentences.

    Args:
        truth: True label of each sentence.
        first: Label that the first system gave.
        second: Label that the second system gave.
        groups: Report of each sentence; whole reports are drawn, or the sentences of a single one.
        resamples: Number of draws.
        seed: Seed of the draws.

    Raises:
        InputError: There is no sentence, or the four differ in length.
    """
    _same_length(truth, first, second, groups)
    labels = sorted({*truth, *first, *second})
    counts = [_confusions(truth, guesses, labels, groups) for guesses in (first, second)]
    return _difference(counts[0], counts[1], macro_f1, resamples, seed)


def mean_difference(
    first: Sequence[float],
    second: Sequence[float],
    *,
    groups: Sequence[str],
    strata: Sequence[str] | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Difference:
    """Compare the means of two systems' figures on the same texts.

    Args:
        first: Figure of each text by the first system.
        second: Figure of each text by the second system.
        groups: Report of each text.
        strata: Kind of each text: each kind weighs the same, however many texts it has; None
            takes all as one kind.
        resamples: Number of draws.
        seed: Seed of the draws.

    Raises:
        InputError: There is no text, or the sequences differ in length.
    """
    strata = strata if strata is not None else [""] * len(first)
    _same_length(first, second, groups, strata)
    sums = [_sums(values, groups, strata) for values in (first, second)]
    return _difference(sums[0], sums[1], mean_of_strata, resamples, seed)


def macro_f1_interval(
    truth: Sequence[str], guesses: Sequence[str], *, groups: Sequence[str], seed: int = 0
) -> Interval:
    """Return the macro-F1 of one labelling, over the labels that occur, with its interval."""
    _same_length(truth, guesses, groups)
    labels = sorted({*truth, *guesses})
    return _interval(_confusions(truth, guesses, labels, groups), macro_f1, RESAMPLES, seed)


def mean_interval(
    values: Sequence[float],
    *,
    groups: Sequence[str],
    strata: Sequence[str] | None = None,
    seed: int = 0,
) -> Interval:
    """Return the mean of one system's figures, each stratum alike, with its interval."""
    strata = strata if strata is not None else [""] * len(values)
    _same_length(values, groups, strata)
    return _interval(_sums(values, groups, strata), mean_of_strata, RESAMPLES, seed)


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjust p-values of several comparisons, so that one false alarm in all stays as rare.

    Source: Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal
    of Statistics 6, 1979.
    """
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    adjusted, highest = [0.0] * len(p_values), 0.0
    for rank, i in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[i]))
        adjusted[i] = highest
    return adjusted


def macro_f1(confusion: NDArray[Any]) -> NDArray[np.float64]:
    """Return the mean F1 over labels of confusion counts, shape (..., labels, labels)."""
    hits = np.diagonal(confusion, axis1=-2, axis2=-1).astype(float)
    marked = confusion.sum(axis=-1) + confusion.sum(axis=-2)
    f1 = np.divide(2 * hits, marked, out=np.zeros_like(hits), where=marked > 0)
    return np.asarray(f1.mean(axis=-1))


def mean_of_strata(sums: NDArray[Any]) -> NDArray[np.float64]:
    """Return the mean of the strata's means from sums and counts, shape (..., strata, 2).

    A stratum that a draw has no text of does not count in it.
    """
    totals, counts = sums[..., 0].astype(float), sums[..., 1]
    means = np.divide(totals, counts, out=np.zeros_like(totals), where=counts > 0)
    return np.asarray(means.sum(axis=-1) / np.maximum((counts > 0).sum(axis=-1), 1))


Statistic = Callable[[NDArray[Any]], NDArray[np.float64]]


def _difference(
    first: NDArray[Any], second: NDArray[Any], statistic: Statistic, resamples: int, seed: int
) -> Difference:
    drawn = _draw(second, statistic, resamples, seed) - _draw(first, statistic, resamples, seed)
    value = float(statistic(second.sum(axis=0)) - statistic(first.sum(axis=0)))
    low, high = np.quantile(drawn, [0.025, 0.975])
    tail = min((drawn <= 0).sum(), (drawn >= 0).sum())
    p_value = min(1.0, 2 * (1 + float(tail)) / (1 + resamples))
    return Difference(Interval(value, float(low), float(high)), p_value)


def _interval(groups: NDArray[Any], statistic: Statistic, resamples: int, seed: int) -> Interval:
    low, high = np.quantile(_draw(groups, statistic, resamples, seed), [0.025, 0.975])
    return Interval(float(statistic(groups.sum(axis=0))), float(low), float(high))


def _draw(
    groups: NDArray[Any], statistic: Statistic, resamples: int, seed: int
) -> NDArray[np.float64]:
    """Return the statistic of draws of groups; the same seed draws the same groups."""
    random = np.random.default_rng(seed)
    n = len(groups)
    drawn = []
    for start in range(0, resamples, _BATCH):
        size = min(_BATCH, resamples - start)
        weights = random.multinomial(n, np.full(n, 1 / n), size=size)
        drawn.append(statistic(np.tensordot(weights, groups, axes=1)))
    return np.concatenate(drawn)


def _confusions(
    truth: Sequence[str], guesses: Sequence[str], labels: Sequence[str], groups: Sequence[str]
) -> NDArray[np.int64]:
    index = {label: i for i, label in enumerate(labels)}
    names = _numbers(groups)
    counts = np.zeros((max(names) + 1, len(labels), len(labels)), dtype=np.int64)
    rows = ([index[label] for label in truth], [index[label] for label in guesses])
    np.add.at(counts, (names, *rows), 1)
    return counts


def _sums(
    values: Sequence[float], groups: Sequence[str], strata: Sequence[str]
) -> NDArray[np.float64]:
    index = {name: i for i, name in enumerate(sorted(set(strata)))}
    names = _numbers(groups)
    sums = np.zeros((max(names) + 1, len(index), 2))
    columns = [index[name] for name in strata]
    np.add.at(sums, (names, columns, 0), np.asarray(values, dtype=float))
    np.add.at(sums, (names, columns, 1), 1.0)
    return sums


def _numbers(groups: Sequence[str]) -> list[int]:
    units = resampling_units(groups)
    index = {name: i for i, name in enumerate(dict.fromkeys(units))}
    return [index[name] for name in units]


def _same_length(*sequences: Sequence[Any]) -> None:
    sizes = [len(sequence) for sequence in sequences]
    if len(set(sizes)) > 1 or not sizes[0]:
        raise InputError(
            "a paired comparison needs at least one item, and the same number of truths, answers "
            f"and groups, not {', '.join(map(str, sizes))}"
        )
