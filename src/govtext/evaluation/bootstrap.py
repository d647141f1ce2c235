"""Intervals by resampling whole reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95 % percentile bootstrap interval."""

    value: float
    low: float
    high: float

    def __format__(self, spec: str) -> str:
        spec = spec or ".3f"
        return f"{self.value:{spec}} [{self.low:{spec}}, {self.high:{spec}}]"


def resampling_units(groups: Sequence[str]) -> list[str]:
    """Return what to resample each item with: its group, or itself where there is one group only.

    The interval of a single report then says how sure the figure is for that report, not for
    others like it.
    """
    if len(set(groups)) > 1:
        return list(groups)
    return [str(i) for i in range(len(groups))]


def bootstrap_interval(
    groups: NDArray[Any],
    statistic: Callable[[NDArray[Any]], float],
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Interval:
    """Compute a statistic of summed groups and its interval.

    Groups are drawn with replacement: sentences of one report depend on each other.
    Source: Efron, Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13.

    Args:
        groups: Additive quantities of each group, shape (groups, ...): counts, or sums.
        statistic: Takes the sum over groups, shape (...), and returns the figure.
        resamples: Number of draws.
        seed: Seed of the draws.
    """
    random = np.random.default_rng(seed)
    n = len(groups)
    weights = random.multinomial(n, np.full(n, 1 / n), size=resamples)
    values = [statistic(np.tensordot(weight, groups, axes=1)) for weight in weights]
    low, high = np.quantile(values, [0.025, 0.975])
    return Interval(statistic(groups.sum(axis=0)), float(low), float(high))
