"""Fine-tune a sequence-to-sequence model on pairs of text and summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govtext.config.schema import SummarizerModel, SummarizerTraining
from govtext.corpus.examples import SummaryExample
from govtext.errors import DataError
from govtext.extras import require
from govtext.features.finetuning import resume_from
from govtext.processes import main_process_first
from govtext.summarization.encoding import encode_pairs

_CHECKPOINTS = "checkpoints"


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """What a training run leaves behind, besides the model.

    Attributes:
        history: What was logged, in order: step, epoch and a loss each.
        read_by_parts: Texts over the limit that were read as the summaries of their parts.
        cut_sources: Training and validation texts that were longer than the limit.
        cut_summaries: Reference summaries that were longer than the limit.
    """

    history: list[dict[str, float]]
    read_by_parts: int
    cut_sources: int
    cut_summaries: int


def train_summarizer(
    train: Sequence[SummaryExample],
    validation: Sequence[SummaryExample],
    *,
    model: SummarizerModel,
    training: SummarizerTraining,
    out: Path,
    seed: int = 0,
    callbacks: Sequence[Any] = (),
) -> TrainingResult:
    """Train, and write the model with the lowest validation loss.

    A text that is longer than the model reads is replaced by the reference summaries of its
    parts where the pairs have them, as `summarize` does with what the model writes; other long
    texts are cut. A run that was interrupted goes on from the last checkpoint in `out`.

    Several processes that `accelerate launch` started share each batch; see `processes`.

    Args:
        train: Pairs to learn from.
        validation: Pairs to choose the checkpoint by; may be empty: then the last one is taken.
        model: What to start from, and how much of a text and a summary it reads.
        training: How to train.
        out: Folder to write, a transformers folder again; checkpoints go below it.
        seed: Seed of order and dropout.
        callbacks: transformers `TrainerCallback` objects.

    Raises:
        DataError: There are no training pairs.
        ModelError: The base is no model that a summarizer starts from, or `out` holds
            checkpoints of another run.
        InputError: The processes cannot share a batch evenly.
        MissingDependencyError: A library that is needed is not installed.
    """
    require("transformers", extra="neural")
    require("accelerate", extra="neural")
    from govtext.summarization.trainer import build_trainer, load_model, load_tokenizer

    if not train:
        raise DataError("no training pairs; at least one is needed")
    tokenizer = load_tokenizer(model.base)
    learned = encode_pairs(train, tokenizer, model)
    checked = encode_pairs(validation, tokenizer, model)
    seq2seq = load_model(model.base, training)
    checkpoints = out / _CHECKPOINTS
    with main_process_first():
        last = resume_from(
            checkpoints,
            {"model": model.model_dump(), "training": training.model_dump(), "seed": seed,
             "rows": learned.rows},
        )  # fmt: skip
    trainer = build_trainer(
        seq2seq, tokenizer, learned.rows, checked.rows, checkpoints, training, seed, callbacks
    )
    trainer.train(resume_from_checkpoint=last)
    trainer.save_model(out)
    return TrainingResult(
        history=trainer.state.log_history,
        read_by_parts=learned.read_by_parts + checked.read_by_parts,
        cut_sources=learned.cut_sources + checked.cut_sources,
        cut_summaries=learned.cut_summaries + checked.cut_summaries,
    )
