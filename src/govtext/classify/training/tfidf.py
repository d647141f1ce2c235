"""Train the linear classifier on TF-IDF."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from threadpoolctl import threadpool_limits

from govtext.classify.tfidf import TfidfClassifier
from govtext.classify.training.head import fit_logistic
from govtext.classify.training.inputs import in_context, with_some_alone
from govtext.config.schema import Context, TfidfModel
from govtext.corpus.examples import LabelledSentence
from govtext.features.tfidf import TfidfFeatures


def train_tfidf(
    train: Sequence[LabelledSentence],
    labels: Sequence[str],
    model: TfidfModel,
    context: Context,
    seed: int,
) -> TfidfClassifier:
    """Fit features and logistic regression.

    Args:
        train: The sentences to learn from.
        labels: All labels, in the order of the model's columns.
        model: What is counted, and how closely the data is fitted.
        context: What is read besides the sentences.
        seed: Seed of every random choice.
    """
    features = TfidfFeatures.fit(
        [in_context(s) for s in train],
        words=model.words,
        words_by=model.words_by,
        chars=model.chars,
        min_count=model.min_count,
        max_features=model.max_features,
        context=context.parts,
        context_weight=model.context_weight,
    )
    inputs, truth = with_some_alone(train, context, seed)
    # Rows this sparse gain nothing from several threads: on a busy machine they wait for each
    # other, and five times as long in all.
    with threadpool_limits(1):
        weights, bias = fit_logistic(
            features.transform(inputs),
            np.array([labels.index(label) for label in truth]),
            inverse_regularization=model.inverse_regularization,
            balanced=model.balanced,
            seed=seed,
        )
    return TfidfClassifier(labels, features, weights=weights, bias=bias)
