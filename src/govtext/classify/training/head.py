"""Logistic regression: the linear head of several kinds of classifiers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Head = tuple[NDArray[np.float32], NDArray[np.float32]]


def fit_logistic(
    rows: Any,
    truth: NDArray[np.int64],
    *,
    inverse_regularization: float,
    balanced: bool,
    seed: int,
) -> Head:
    """Fit a logistic regression.

    Args:
        rows: Shape (sentences, columns), dense or sparse.
        truth: Number of each sentence's label, shape (sentences,); every label occurs.
        inverse_regularization: Larger fits the data closer.
        balanced: Weigh labels inversely to their frequency.
        seed: Seed of the solver.

    Returns:
        Weights, shape (labels, columns), and bias, shape (labels,).
    """
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(
        C=inverse_regularization,
        class_weight="balanced" if balanced else None,
        max_iter=1000,
        random_state=seed,
    ).fit(rows, truth)
    weights, bias = fitted.coef_, fitted.intercept_
    if len(weights) == 1:  # scikit-learn keeps one row for two labels
        weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    return weights.astype(np.float32), bias.astype(np.float32)


def fit_on_vectors(
    vectors: NDArray[np.float32],
    truth: NDArray[np.int64],
    *,
    inverse_regularization: float,
    seed: int,
) -> Head:
    """Fit a logistic regression on standardized vectors, and fold the scaling into it.

    Args:
        vectors: Shape (sentences, width).
        truth: Number of each sentence's label, shape (sentences,); every label occurs.
        inverse_regularization: Larger fits the data closer.
        seed: Seed of the solver.

    Returns:
        Weights, shape (labels, width), and bias, shape (labels,), for vectors as they are.
    """
    mean, spread = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    weights, bias = fit_logistic(
        (vectors - mean) / spread,
        truth,
        inverse_regularization=inverse_regularization,
        balanced=True,
        seed=seed,
    )
    scaled = weights / spread
    return scaled, bias - scaled @ mean
