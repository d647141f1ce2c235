"""Train the fast classifier, on labels and on what another classifier says of plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govtext.classify.hashed import HashedClassifier, weighted_slots
from govtext.classify.training.inputs import with_some_alone
from govtext.config.schema import Context, HashedModel
from govtext.corpus.examples import LabelledSentence
from govtext.features.context import TextInContext

_MOST_ITERATIONS = 200


@dataclass(frozen=True, slots=True)
class Taught:
    """Sentences that a teacher labelled.

    Attributes:
        inputs: The sentences.
        probabilities: What it says of them, shape (inputs, labels).
    """

    inputs: Sequence[TextInContext]
    probabilities: NDArray[np.float64]


def train_hashed(
    train: Sequence[LabelledSentence],
    labels: Sequence[str],
    model: HashedModel,
    context: Context,
    *,
    seed: int,
    taught: Taught | None = None,
) -> HashedClassifier:
    """Fit one weight a label for each slot of hashed n-grams.

    With a teacher, its probabilities are targets beside the labels.
    Source: Hinton, Vinyals, Dean, "Distilling the Knowledge in a Neural Network", 2015.

    Args:
        train: The sentences to learn from.
        labels: All labels, in the order of the model's columns.
        model: What is counted, and how closely the data is fitted.
        context: What is read besides the sentences.
        seed: Seed of every random choice.
        taught: What a teacher says of other sentences.
    """
    inputs, truth = with_some_alone(train, context, seed)
    targets = np.eye(len(labels))[[labels.index(label) for label in truth]]
    importance = np.full(len(inputs), 1 / len(inputs))
    if taught is not None:
        inputs += taught.inputs
        targets = np.concatenate([targets, taught.probabilities])
        share = np.full(len(taught.inputs), model.teacher_weight / len(taught.inputs))
        importance = np.concatenate([importance, share])
    rows = _rows(inputs, model, context)
    rarity = _rarity(rows)
    weights, bias = _fit(rows.multiply(rarity).tocsr(), targets, importance, model.regularization)
    return HashedClassifier(
        labels,
        weights=(weights * rarity[:, None]).astype(np.float32),
        bias=bias.astype(np.float32),
        span=model.chars,
        context=context.parts,
        context_weight=model.context_weight,
    )


def _rows(inputs: Sequence[TextInContext], model: HashedModel, context: Context) -> Any:
    """Return the slots of each input with their weights, shape (inputs, slots)."""
    from scipy.sparse import csr_matrix

    shape = (len(inputs), model.buckets)
    rows = csr_matrix(shape, dtype=np.float32)
    for part in weighted_slots(
        inputs,
        span=model.chars,
        buckets=model.buckets,
        context=context.parts,
        context_weight=model.context_weight,
    ):
        values = np.repeat(part.weights, np.diff(part.bounds)).astype(np.float32)
        rows = rows + csr_matrix((values, part.slots, part.bounds), shape=shape)
    return rows


def _rarity(rows: Any) -> NDArray[np.float64]:
    """Return the inverse document frequency of each slot, shape (slots,)."""
    frequency = np.bincount(rows.indices, minlength=rows.shape[1])
    return np.asarray(np.log((1 + rows.shape[0]) / (1 + frequency)) + 1)


def _fit(
    rows: Any, targets: NDArray[np.float64], importance: NDArray[np.float64], decay: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Minimize the cross-entropy to the targets; return weights (slots, labels) and bias."""
    from scipy.optimize import minimize
    from scipy.special import log_softmax

    slots, labels = rows.shape[1], targets.shape[1]
    columns = rows.T.tocsr()

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, bias = flat[:-labels].reshape(slots, labels), flat[-labels:]
        logs = log_softmax(rows @ weights + bias, axis=1)
        pull = (np.exp(logs) - targets) * importance[:, None]
        value = -(importance[:, None] * targets * logs).sum() + decay * (weights**2).sum()
        gradient = columns @ pull + 2 * decay * weights
        return float(value), np.concatenate([gradient.ravel(), pull.sum(axis=0)])

    found = minimize(
        loss,
        np.zeros(slots * labels + labels),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": _MOST_ITERATIONS},
    )
    return found.x[:-labels].reshape(slots, labels), found.x[-labels:]
