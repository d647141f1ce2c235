"""From a configuration's kind of model to the training that makes it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from govtext.classify.classifier import Classifier
from govtext.classify.loading import load_classifier
from govtext.classify.probabilities import fit_temperature
from govtext.classify.training.inputs import in_context
from govtext.config import ClassifierConfig
from govtext.config.schema import (
    ContrastiveModel,
    EmbeddingsModel,
    EncoderModel,
    EnsembleModel,
    HashedModel,
    TfidfModel,
)
from govtext.corpus.examples import LabelledSentence


def train_classifier(
    train: Sequence[LabelledSentence],
    validation: Sequence[LabelledSentence],
    labels: Sequence[str],
    config: ClassifierConfig,
    *,
    out: Path,
    callbacks: Sequence[Any] = (),
) -> tuple[Classifier, list[str]]:
    """Train a classifier, and calibrate its probabilities on the validation split.

    Args:
        train: The sentences to learn from.
        validation: The sentences to calibrate on.
        labels: All labels, in the order of the model's columns.
        config: The experiment.
        out: Folder for checkpoints and what is made on the way.
        callbacks: transformers `TrainerCallback` objects, for the kinds that are tuned.

    Returns:
        The classifier, and notes on what was done to the data.

    Raises:
        DataError: The data cannot be learned from.
        ModelError: The encoder to start from, or the teacher, cannot be had.
        InputError: The processes cannot share a batch evenly.
    """
    classifier, notes = _train(train, validation, labels, config, out, callbacks)
    scores = classifier.scores([in_context(s) for s in validation])
    classifier.temperature = fit_temperature(scores, [labels.index(s.label) for s in validation])
    return classifier, notes


def help_to_train(
    train: Sequence[LabelledSentence],
    validation: Sequence[LabelledSentence],
    labels: Sequence[str],
    config: ClassifierConfig,
    *,
    out: Path,
) -> None:
    """Do the share of a process that helps the main one, which has and writes the classifier.

    Arguments are those of `train_classifier`; kinds that are not tuned need no help.

    Raises:
        InputError: The processes cannot share a batch evenly.
    """
    from govtext.classify.training import encoder

    model, context, seed = config.model, config.context, config.seed
    if isinstance(model, ContrastiveModel):
        encoder.tune_on_pairs(train, labels, model, context, out=out, seed=seed)
    elif isinstance(model, EncoderModel):
        encoder.tune_with_head(train, validation, labels, model, context, out=out, seed=seed)


def _train(
    train: Sequence[LabelledSentence],
    validation: Sequence[LabelledSentence],
    labels: Sequence[str],
    config: ClassifierConfig,
    out: Path,
    callbacks: Sequence[Any],
) -> tuple[Classifier, list[str]]:
    model, context, seed = config.model, config.context, config.seed
    if isinstance(model, TfidfModel):
        from govtext.classify.training.tfidf import train_tfidf

        return train_tfidf(train, labels, model, context, seed=seed), []
    if isinstance(model, HashedModel):
        from govtext.classify.training.hashed import train_hashed
        from govtext.classify.training.teacher import ask_teacher

        taught = ask_teacher(model, labels, seed=seed) if model.teacher else None
        return train_hashed(train, labels, model, context, seed=seed, taught=taught), []
    if isinstance(model, EnsembleModel):
        from govtext.classify.ensemble import EnsembleClassifier

        return EnsembleClassifier([load_classifier(name) for name in model.members]), []
    from govtext.classify.training import encoder

    if isinstance(model, EmbeddingsModel):
        return encoder.train_embeddings(train, labels, model, context, out=out, seed=seed), []
    if isinstance(model, ContrastiveModel):
        return encoder.train_contrastive(
            train, labels, model, context, out=out, seed=seed, callbacks=callbacks
        )
    return encoder.train_encoder(
        train, validation, labels, model, context, out=out, seed=seed, callbacks=callbacks
    )
