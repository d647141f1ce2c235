"""Scores become probabilities that mean what they say."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

# Held-out scores that are all right would drive the temperature to zero and every score to 1.
MIN_TEMPERATURE = 0.2
MAX_TEMPERATURE = 10.0


def softmax(scores: ArrayLike, temperature: float = 1.0) -> NDArray[np.float64]:
    """Return the probabilities of scores divided by a temperature; rows sum to 1.

    Args:
        scores: Shape (inputs, labels).
        temperature: Over 0; higher is less sure.
    """
    scaled = np.asarray(scores, dtype=np.float64) / temperature
    powers: NDArray[np.float64] = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    powers /= powers.sum(axis=1, keepdims=True)
    return powers


def fit_temperature(scores: ArrayLike, truth: ArrayLike) -> float:
    """Return the temperature under which held-out scores give the truth the most probability.

    Source: Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural Networks", ICML 2017.

    Args:
        scores: Scores of sentences that the model did not learn from, shape (inputs, labels).
        truth: Column of each input's true label, shape (inputs,).
    """
    from scipy.optimize import minimize_scalar

    index = np.asarray(truth)

    def loss(log_temperature: float) -> float:
        rows = softmax(scores, float(np.exp(log_temperature)))
        return float(-np.log(rows[np.arange(len(index)), index] + 1e-12).mean())

    bounds = (np.log(MIN_TEMPERATURE), np.log(MAX_TEMPERATURE))
    return float(np.exp(minimize_scalar(loss, bounds=bounds, method="bounded").x))
