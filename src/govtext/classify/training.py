"""Train the linear classifier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.calibration import CalibratedClassifierCV
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from threadpoolctl import threadpool_limits

from govtext.classify.linear import LinearClassifier
from govtext.config import ClassifierConfig
from govtext.corpus.examples import LabelledSentence
from govtext.errors import DataError
from govtext.features.tfidf import TextInContext, TfidfFeatures

MIN_PER_LABEL = 2
FEW_PER_LABEL = 20
# Held-out scores that are all right would drive the temperature to zero and every score to 1.
MIN_TEMPERATURE = 0.2


def in_context(sentence: LabelledSentence) -> TextInContext:
    """Return the part of a labelled sentence that a model may see."""
    return TextInContext(sentence.text, sentence.heading, sentence.topic)


def check_trainable(train: Sequence[LabelledSentence]) -> list[str]:
    """See whether a model can be trained on these labels.

    Returns:
        Warnings: labels with too few sentences to be learned well.

    Raises:
        DataError: There is one label only, or a label has a single sentence.
    """
    counts = Counter(sentence.label for sentence in train)
    if len(counts) < 2:
        raise DataError(
            f"all {len(train)} training sentences have the label {next(iter(counts))!r}; "
            "a classifier needs at least two labels"
        )
    alone = sorted(label for label, count in counts.items() if count < MIN_PER_LABEL)
    if alone:
        raise DataError(
            f"only one training sentence has the label {', '.join(map(repr, alone))}; "
            f"each label needs at least {MIN_PER_LABEL}"
        )
    return [
        f"label {label!r} has only {count} training sentences; under {FEW_PER_LABEL} its figures "
        "mean little"
        for label, count in sorted(counts.items())
        if count < FEW_PER_LABEL
    ]


def train_linear(
    train: Sequence[LabelledSentence], labels: Sequence[str], config: ClassifierConfig
) -> LinearClassifier:
    """Fit features, logistic regression and temperature.

    The temperature is fitted on scores that each fold of reports gets from a model that has not
    seen it, and the final model is fitted on all. Source of temperature scaling: Guo, Pleiss,
    Sun, Weinberger, "On Calibration of Modern Neural Networks", ICML 2017.

    Args:
        train: The sentences to learn from.
        labels: All labels, in the order of the model's columns.
        config: The experiment.
    """
    sentences, alone = _with_some_alone(train, config)
    inputs = [
        TextInContext(s.text) if without else in_context(s)
        for s, without in zip(sentences, alone, strict=True)
    ]
    features = TfidfFeatures.fit([in_context(s) for s in train], **config.features.model_dump())
    rows = features.transform(inputs)
    truth = np.array([labels.index(s.label) for s in sentences])
    regression = LogisticRegression(
        C=config.model.inverse_regularization,
        class_weight="balanced" if config.model.balanced else None,
        max_iter=1000,
        random_state=config.seed,
    )
    calibrated = CalibratedClassifierCV(
        regression, method="temperature", ensemble=False, cv=_folds(sentences, truth, config)
    )
    # Rows this sparse gain nothing from several threads: on a busy machine they wait for each
    # other, and five times as long in all.
    with threadpool_limits(1):
        calibrated.fit(rows, truth)
    [fitted] = calibrated.calibrated_classifiers_
    weights, bias = _one_row_a_label(fitted.estimator)
    return LinearClassifier(
        labels,
        features,
        weights=weights.astype(np.float32),
        bias=bias.astype(np.float32),
        temperature=max(float(1 / fitted.calibrators[0].beta_), MIN_TEMPERATURE),
    )


def _with_some_alone(
    train: Sequence[LabelledSentence], config: ClassifierConfig
) -> tuple[list[LabelledSentence], list[bool]]:
    """Repeat a share of the sentences, to be seen without their context."""
    share = config.model.context_dropout if config.features.context else 0.0
    drawn = np.random.default_rng(config.seed).random(len(train)) < share
    repeated = [s for s, chosen in zip(train, drawn, strict=True) if chosen]
    return [*train, *repeated], [False] * len(train) + [True] * len(repeated)


def _folds(
    sentences: Sequence[LabelledSentence], truth: np.ndarray, config: ClassifierConfig
) -> list[Any]:
    groups = [s.group for s in sentences]
    count = min(config.model.calibration_folds, len(set(groups)), int(np.bincount(truth).min()))
    splitter = StratifiedGroupKFold(max(count, 2), shuffle=True, random_state=config.seed)
    folds = list(splitter.split(truth, truth, groups))
    present = len(set(truth))
    if any(len(set(truth[train])) < present for train, _ in folds):
        raise DataError(
            "a label occurs in one report only, so its probabilities cannot be calibrated on "
            "another; add examples of it from other reports"
        )
    return folds


def _one_row_a_label(model: LogisticRegression) -> tuple[np.ndarray, np.ndarray]:
    """Return weights and bias with a row for each label, also where there are only two."""
    if len(model.classes_) > 2:
        return model.coef_, model.intercept_
    half_weights, half_bias = model.coef_ / 2, model.intercept_ / 2
    return np.vstack([-half_weights, half_weights]), np.concatenate([-half_bias, half_bias])
