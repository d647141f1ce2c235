"""What a classifier gains by leaving out the sentences that it is least sure of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def risk_coverage(scores: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float]]:
    """Return coverage and risk for every score that could be the threshold.

    Coverage is the share of the sentences whose score is at least the threshold, risk the share
    of wrong labels among them; both from 0 to 1, coverage rising. Source: El-Yaniv, Wiener, "On
    the Foundations of Noise-free Selective Classification", JMLR 11, 2010.

    Args:
        scores: Probability given to each predicted label, 0 to 1.
        right: Whether the label was right.
    """
    values = np.asarray(scores, dtype=float)
    order = np.argsort(-values, kind="stable")
    wrong = np.cumsum(~np.asarray(right, dtype=bool)[order])
    kept = np.arange(1, len(values) + 1)
    # Sentences of one score are kept or left out together.
    last = np.append(np.diff(values[order]) != 0, True)[: len(values)]
    return [
        (float(count / len(values)), float(mistakes / count))
        for count, mistakes in zip(kept[last], wrong[last], strict=True)
    ]


def area_under_risk_coverage(scores: Sequence[float], right: Sequence[bool]) -> float:
    """Return the mean risk over all coverages, 0 to 1; lower is better.

    Source: Geifman, El-Yaniv, "Selective Classification for Deep Neural Networks", NeurIPS 2017.
    """
    area, before = 0.0, 0.0
    for coverage, risk in risk_coverage(scores, right):
        area += (coverage - before) * risk
        before = coverage
    return area
