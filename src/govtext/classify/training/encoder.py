"""Train the classifiers that stand on a pretrained encoder: frozen, contrastive, fine-tuned."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from govtext.classify.encoder import EncoderClassifier
from govtext.classify.training.base import local_base, shared_base, token_reader
from govtext.classify.training.head import fit_on_vectors
from govtext.classify.training.inputs import with_some_alone
from govtext.config.schema import Context, ContrastiveModel, EmbeddingsModel, EncoderModel
from govtext.corpus.examples import LabelledSentence
from govtext.features.export import export_encoder
from govtext.features.vectors import VectorEngine

if TYPE_CHECKING:
    from govtext.classify.training.tuning import ClassifyingEncoder, ContrastiveEncoder

_TUNED = "transformers"
_CONVERTED = "encoder"


def train_embeddings(
    train: Sequence[LabelledSentence],
    labels: Sequence[str],
    model: EmbeddingsModel,
    context: Context,
    *,
    out: Path,
    seed: int,
) -> EncoderClassifier:
    """Fit a logistic regression on the vectors of an encoder that stays as it is.

    Args:
        train: The sentences to learn from.
        labels: All labels, in the order of the model's columns.
        model: The encoder, and how closely the data is fitted.
        context: What is read besides the sentences.
        out: Folder for the converted encoder.
        seed: Seed of every random choice.
    """
    engine = _engine(local_base(model.base, out), context, out)
    return _with_head(engine, train, labels, model.inverse_regularization, context, seed)


def train_contrastive(
    train: Sequence[LabelledSentence],
    labels: Sequence[str],
    model: ContrastiveModel,
    context: Context,
    *,
    out: Path,
    seed: int,
    callbacks: Sequence[Any] = (),
) -> tuple[EncoderClassifier, list[str]]:
    """Teach an encoder which sentences are alike, then fit a logistic regression on its vectors.

    Args:
        train: The sentences to learn from.
        labels: All labels, in the order of the model's columns.
        model: How to train.
        context: What is read besides the sentences.
        out: Folder for checkpoints and the trained encoder.
        seed: Seed of every random choice.
        callbacks: transformers `TrainerCallback` objects.

    Returns:
        The classifier, and notes on texts that were cut.
    """
    module, notes = tune_on_pairs(
        train, labels, model, context, out=out, seed=seed, callbacks=callbacks
    )
    module.save(out / _TUNED)
    engine = _engine(out / _TUNED, context, out)
    return _with_head(engine, train, labels, model.inverse_regularization, context, seed), notes


def tune_on_pairs(
    train: Sequence[LabelledSentence],
    labels: Sequence[str],
    model: ContrastiveModel,
    context: Context,
    *,
    out: Path,
    seed: int,
    callbacks: Sequence[Any] = (),
) -> tuple[ContrastiveEncoder, list[str]]:
    """Tune an encoder so that vectors of one label are drawn together, others apart.

    Every pair in a batch counts. Arguments are those of `train_contrastive`.
    Source: Tunstall et al., "Efficient Few-Shot Learning Without Prompts", 2022 (SetFit).

    Returns:
        The encoder, and notes on texts that were cut.
    """
    from govtext.classify.training.tuning import ContrastiveEncoder, tune

    base = shared_base(model.base, out)
    module = ContrastiveEncoder(base, dropout=model.dropout)
    reader = token_reader(base, context, limit=model.max_tokens)
    notes = tune(module, train, [], labels, model, context, reader, out=out, seed=seed,
         callbacks=callbacks)  # fmt: skip
    return module, notes


def train_encoder(
    train: Sequence[LabelledSentence],
    validation: Sequence[LabelledSentence],
    labels: Sequence[str],
    model: EncoderModel,
    context: Context,
    *,
    out: Path,
    seed: int,
    callbacks: Sequence[Any] = (),
) -> tuple[EncoderClassifier, list[str]]:
    """Fine-tune an encoder and a linear head on it as a whole.

    Args:
        train: The sentences to learn from.
        validation: The sentences whose loss is reported on the way.
        labels: All labels, in the order of the model's columns.
        model: How to train.
        context: What is read besides the sentences.
        out: Folder for checkpoints and the trained encoder.
        seed: Seed of every random choice.
        callbacks: transformers `TrainerCallback` objects.

    Returns:
        The classifier, and notes on texts that were cut.
    """
    module, notes = tune_with_head(
        train, validation, labels, model, context, out=out, seed=seed, callbacks=callbacks
    )
    module.save(out / _TUNED)
    weights, bias = module.head_arrays()
    engine = _engine(out / _TUNED, context, out)
    return EncoderClassifier(labels, engine, weights=weights, bias=bias), notes


def tune_with_head(
    train: Sequence[LabelledSentence],
    validation: Sequence[LabelledSentence],
    labels: Sequence[str],
    model: EncoderModel,
    context: Context,
    *,
    out: Path,
    seed: int,
    callbacks: Sequence[Any] = (),
) -> tuple[ClassifyingEncoder, list[str]]:
    """Tune an encoder together with a new linear head; arguments are those of `train_encoder`.

    Returns:
        The encoder with its head, and notes on texts that were cut.
    """
    import torch

    from govtext.classify.training.tuning import ClassifyingEncoder, tune

    base = shared_base(model.base, out)
    torch.manual_seed(seed)  # the new head is drawn here
    module = ClassifyingEncoder(
        base, labels=len(labels), dropout=model.dropout, label_smoothing=model.label_smoothing
    )
    reader = token_reader(base, context, limit=model.max_tokens)
    notes = tune(module, train, validation, labels, model, context, reader, out=out, seed=seed,
         callbacks=callbacks)  # fmt: skip
    return module, notes


def _engine(encoder: Path, context: Context, out: Path) -> VectorEngine:
    export_encoder(encoder, out / _CONVERTED)
    return VectorEngine(out / _CONVERTED, token_reader(encoder, context))


def _with_head(
    engine: VectorEngine,
    train: Sequence[LabelledSentence],
    labels: Sequence[str],
    inverse_regularization: float,
    context: Context,
    seed: int,
) -> EncoderClassifier:
    inputs, truth = with_some_alone(train, context, seed)
    weights, bias = fit_on_vectors(
        engine.vectors(inputs),
        np.array([labels.index(label) for label in truth]),
        inverse_regularization=inverse_regularization,
        seed=seed,
    )
    return EncoderClassifier(labels, engine, weights=weights, bias=bias)
