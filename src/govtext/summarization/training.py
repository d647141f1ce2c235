"""Fine-tune a sequence-to-sequence model on pairs of text and summary."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from govtext.corpus.examples import SummaryExample
from govtext.errors import DataError, ModelError
from govtext.extras import require
from govtext.processes import is_main_process, main_process_first
from govtext.summarization.encoding import Encoded, encode_pairs
from govtext.summarization.hyperparameters import Hyperparameters
from govtext.summarization.marks import restore_marks

Evaluate = Callable[[list[str], list[SummaryExample]], dict[str, float]]

_CHECKPOINTS = "checkpoints"
_RUN_FILE = "run.json"


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """What a training run leaves behind, besides the model.

    Attributes:
        history: What was logged, in order: step, epoch and a loss each.
        metrics: What the evaluation returned; empty where none was asked for.
        read_by_parts: Texts over the limit that were read as the summaries of their parts.
        cut_sources: Training and validation texts that were longer than the limit.
        cut_summaries: Reference summaries that were longer than the limit.
    """

    history: list[dict[str, float]]
    metrics: dict[str, float]
    read_by_parts: int
    cut_sources: int
    cut_summaries: int


def train_summarizer(
    train: Sequence[SummaryExample],
    validation: Sequence[SummaryExample],
    *,
    base: str | Path,
    out: Path,
    hyperparameters: Hyperparameters,
    callbacks: Sequence[Any] = (),
    evaluate: Evaluate | None = None,
) -> TrainingResult:
    """Train, and write the model with the lowest validation loss.

    A text that is longer than the model reads is replaced by the reference summaries of its
    parts where the pairs have them, as `summarize` does with what the model writes; other long
    texts are cut. A run that was interrupted goes on from the last checkpoint in `out`.

    Several processes that `accelerate launch` started share each batch; see `processes`.

    Args:
        train: Pairs to learn from.
        validation: Pairs to choose the checkpoint by; may be empty: then the last one is taken.
        base: A BART model to start from: a transformers folder, such as `build_seq2seq` writes,
            or a name on the hub.
        out: Folder to write, a transformers folder again; checkpoints go below it.
        hyperparameters: How to train.
        callbacks: transformers `TrainerCallback` objects.
        evaluate: Takes what the model writes for the validation texts, and the pairs; returns
            figures by name.

    Raises:
        DataError: There are no training pairs.
        ModelError: The base is no BART model, or `out` holds checkpoints of another run.
        InputError: The processes cannot share a batch evenly.
        MissingDependencyError: A library that is needed is not installed.
    """
    require("transformers", extra="neural")
    require("accelerate", extra="neural")
    from govtext.summarization.trainer import build_trainer, load_model, load_tokenizer

    if not train:
        raise DataError("no training pairs; at least one is needed")
    tokenizer = load_tokenizer(base)
    learned = encode_pairs(train, tokenizer, hyperparameters)
    checked = encode_pairs(validation, tokenizer, hyperparameters)
    model = load_model(base, hyperparameters)
    checkpoints = out / _CHECKPOINTS
    with main_process_first():
        last = _last_checkpoint(checkpoints, _fingerprint(base, hyperparameters, learned))
    trainer = build_trainer(
        model, tokenizer, learned.rows, checked.rows, checkpoints, hyperparameters, callbacks
    )
    trainer.train(resume_from_checkpoint=last)
    trainer.save_model(out)
    metrics = {}
    if evaluate is not None and validation and is_main_process():
        metrics = evaluate(write_summaries(model, tokenizer, checked.rows), list(validation))
    return TrainingResult(
        history=trainer.state.log_history,
        metrics=metrics,
        read_by_parts=learned.read_by_parts + checked.read_by_parts,
        cut_sources=learned.cut_sources + checked.cut_sources,
        cut_summaries=learned.cut_summaries + checked.cut_summaries,
    )


def write_summaries(
    model: Any, tokenizer: Any, rows: Sequence[dict[str, list[int]]], *, max_tokens: int = 128
) -> list[str]:
    """Return what a torch model writes, without search, for the `input_ids` of each row."""
    import torch

    model.eval()
    texts = []
    for row in rows:
        ids = torch.tensor([row["input_ids"]], device=model.device)
        with torch.inference_mode():
            written = model.generate(
                input_ids=ids, max_new_tokens=max_tokens, num_beams=1, no_repeat_ngram_size=3
            )
        texts.append(restore_marks(tokenizer.decode(written[0], skip_special_tokens=True)))
    return texts


def _fingerprint(base: str | Path, hyperparameters: Hyperparameters, learned: Encoded) -> str:
    """Return what tells one run from another: base, hyperparameters and data."""
    data = hashlib.sha256(json.dumps(learned.rows).encode()).hexdigest()
    run = {"base": str(base), "hyperparameters": asdict(hyperparameters), "data": data}
    return json.dumps(run, indent=2)


def _last_checkpoint(folder: Path, fingerprint: str) -> str | None:
    """Return the checkpoint to go on from, None where the run is new."""
    from transformers.trainer_utils import get_last_checkpoint

    run = folder / _RUN_FILE
    if run.is_file() and run.read_text(encoding="utf-8") != fingerprint:
        raise ModelError(
            f"{folder}: holds checkpoints of a run with another base, other data or other "
            "hyperparameters; remove them or name another output folder"
        )
    folder.mkdir(parents=True, exist_ok=True)
    run.write_text(fingerprint, encoding="utf-8")
    last = get_last_checkpoint(str(folder))
    return None if last is None else str(last)
