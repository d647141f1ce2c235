"""An encoder in torch, and transformers' trainer set up to tune it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import distributed, nn
from torch.nn import functional
from transformers import AutoConfig, AutoModel, AutoTokenizer, Trainer, TrainingArguments

from govtext.classify.training.inputs import in_context
from govtext.config.schema import Context, TunedEncoder
from govtext.corpus.examples import LabelledSentence
from govtext.features.context import TextInContext
from govtext.features.finetuning import has_bf16, resume_from
from govtext.features.tokens import TokenReader, Tokens
from govtext.processes import main_process_first, process_count, share_of_batch

_CHECKPOINTS = "checkpoints"
# Few different shapes: a processor's kernels are made anew for each.
_PAD_TO = 16
# What the architectures call it.
_DROPOUTS = ("hidden_dropout_prob", "attention_probs_dropout_prob", "dropout", "attention_dropout")


class TunableEncoder(nn.Module):
    """A pretrained encoder whose sentence vector is the mean of the sentence's hidden states."""

    def __init__(self, base: Path, *, dropout: float) -> None:
        """Load the encoder of a transformers folder.

        Args:
            base: The folder.
            dropout: Share of the activations set to zero in training.
        """
        super().__init__()
        config = AutoConfig.from_pretrained(base, trust_remote_code=False)
        for name in _DROPOUTS:
            if hasattr(config, name):
                setattr(config, name, dropout)
        self.encoder = AutoModel.from_pretrained(base, config=config, trust_remote_code=False)
        self._tokenizer = AutoTokenizer.from_pretrained(base, trust_remote_code=False)

    def vectors(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, sentence_mask: torch.Tensor
    ) -> torch.Tensor:
        """Return sentence vectors, shape (batch, width).

        Args:
            input_ids: Tokens, shape (batch, length).
            attention_mask: 1 where there is a token, 0 where there is padding.
            sentence_mask: 1 where the token is the sentence's, 0 elsewhere.
        """
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask)
        mask = sentence_mask.unsqueeze(-1)
        sums: torch.Tensor = (states.last_hidden_state.float() * mask).sum(1)
        return sums / mask.sum(1).clamp(min=1)

    def save(self, folder: Path) -> None:
        """Write the encoder and its tokenizer as a transformers folder."""
        self.encoder.save_pretrained(folder)
        self._tokenizer.save_pretrained(folder)


class ClassifyingEncoder(TunableEncoder):
    """An encoder with a linear head."""

    def __init__(self, base: Path, *, labels: int, dropout: float, label_smoothing: float) -> None:
        """Load the encoder, and put a new head on it.

        Args:
            base: A transformers folder.
            labels: Number of labels.
            dropout: Share of the activations set to zero in training.
            label_smoothing: Probability mass spread over all labels.
        """
        super().__init__(base, dropout=dropout)
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(self.encoder.config.hidden_size, labels)
        self.label_smoothing = label_smoothing

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor,
        sentence_mask: torch.Tensor,
        labels: torch.Tensor,
    ) -> dict[str, torch.Tensor]:
        """Return loss and scores, shape (batch, labels); the arguments are those of `vectors`."""
        vectors = self.vectors(input_ids, attention_mask, sentence_mask)
        scores = self.head(self.dropout(vectors)).float()
        loss = functional.cross_entropy(scores, labels, label_smoothing=self.label_smoothing)
        return {"loss": loss, "scores": scores}

    def head_arrays(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the head's weights, shape (labels, width), and bias, shape (labels,)."""
        weights, bias = (p.detach().float().cpu().numpy() for p in self.head.parameters())
        return weights, bias


class ContrastiveEncoder(TunableEncoder):
    """An encoder that learns to give sentences of one label like vectors."""

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor,
        sentence_mask: torch.Tensor,
        labels: torch.Tensor,
    ) -> dict[str, torch.Tensor]:
        """Return the squared error of the cosine of every pair: 1 for one label, else 0.

        Pairs of sentences that different processes read count as well.
        """
        vectors = self.vectors(input_ids, attention_mask, sentence_mask)
        vectors = _of_all_processes(functional.normalize(vectors, dim=1))
        labels = _of_all_processes(labels)
        first, second = torch.triu_indices(len(labels), len(labels), offset=1)
        alike = (labels[first] == labels[second]).float()
        loss = functional.mse_loss((vectors[first] * vectors[second]).sum(1), alike)
        # Each process has its own rows' share of the gradient, of which the mean is taken.
        return {"loss": loss.detach() + process_count() * (loss - loss.detach())}


def _of_all_processes(own: torch.Tensor) -> torch.Tensor:
    """Return the rows of all processes, the same for each; gradients reach the own rows only."""
    if process_count() == 1:
        return own
    parts = [torch.empty_like(own) for _ in range(process_count())]
    distributed.all_gather(parts, own.detach().contiguous())
    parts[distributed.get_rank()] = own
    return torch.cat(parts)


def tune(
    module: TunableEncoder,
    train: Sequence[LabelledSentence],
    validation: Sequence[LabelledSentence],
    labels: Sequence[str],
    model: TunedEncoder,
    context: Context,
    reader: TokenReader,
    *,
    out: Path,
    seed: int,
    callbacks: Sequence[Any] = (),
) -> list[str]:
    """Train a module in place; a training that was interrupted goes on from its last checkpoint.

    Several processes that `accelerate launch` started share each batch; see `processes`.

    Args:
        module: What is trained.
        train: The sentences to learn from.
        validation: The sentences whose loss is reported on the way; may be empty.
        labels: All labels, in the order of the model's columns.
        model: How to train.
        context: How often sentences are seen alone.
        reader: Turns sentences into tokens.
        out: Folder whose `checkpoints` hold the checkpoints.
        seed: Seed of every random choice.
        callbacks: transformers `TrainerCallback` objects.

    Returns:
        Notes: how many sentences were cut, and how long they were.

    Raises:
        ModelError: `out` holds checkpoints of another training.
        InputError: The processes cannot share a batch evenly.
    """
    torch.manual_seed(seed)
    rows = [_row(s, labels, reader) for s in train]
    arguments = _arguments(model, len(rows), out / _CHECKPOINTS, seed, validate=bool(validation))
    with main_process_first():
        last = resume_from(
            out / _CHECKPOINTS,
            {"model": model.model_dump(mode="json"), "context": context.model_dump(mode="json"),
             "seed": seed, "rows": rows},
        )  # fmt: skip
    trainer = Trainer(
        model=module,
        args=arguments,
        train_dataset=rows,
        eval_dataset=[_row(s, labels, reader) for s in validation] or None,
        data_collator=_Collator(module, context.dropout if context.parts else 0.0),
        callbacks=list(callbacks),
    )
    trainer.train(resume_from_checkpoint=last)
    return _cut_notes(train, reader)


def _cut_notes(train: Sequence[LabelledSentence], reader: TokenReader) -> list[str]:
    lengths = [reader.length(TextInContext(sentence.text)) for sentence in train]
    long = [length for length in lengths if length > reader.max_tokens]
    if not long:
        return []
    return [
        f"{len(long)} of the {len(train)} training texts have more than {reader.max_tokens} "
        f"tokens (the longest {max(long)}) and were cut for training; predictions read them whole"
    ]


def _row(sentence: LabelledSentence, labels: Sequence[str], reader: TokenReader) -> dict[str, Any]:
    whole = reader.read(in_context(sentence))
    alone = reader.read(TextInContext(sentence.text))
    return {
        "input_ids": whole.ids,
        "alone": alone.ids,
        "sentence": whole.sentence,
        "label": labels.index(sentence.label),
    }


class _Collator:
    """Makes a batch; in training a share of the rows, drawn anew each time, loses its context."""

    def __init__(self, module: nn.Module, dropout: float) -> None:
        self._module = module
        self._dropout = dropout

    def __call__(self, rows: Sequence[dict[str, Any]]) -> dict[str, torch.Tensor]:
        share = self._dropout if self._module.training else 0.0
        drawn = torch.rand(len(rows)) < share
        inputs = [
            Tokens(row["alone"] if alone else row["input_ids"], row["sentence"])
            for row, alone in zip(rows, drawn.tolist(), strict=True)
        ]
        longest = max(len(tokens.ids) for tokens in inputs)
        shape = (len(inputs), -(-longest // _PAD_TO) * _PAD_TO)
        ids, attention, sentence = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
        for i, tokens in enumerate(inputs):
            ids[i, : len(tokens.ids)] = torch.tensor(tokens.ids)
            attention[i, : len(tokens.ids)] = 1
            sentence[i, 1 : 1 + tokens.sentence] = 1
        return {
            "input_ids": ids,
            "attention_mask": attention,
            "sentence_mask": sentence,
            "labels": torch.tensor([row["label"] for row in rows]),
        }


def _arguments(model: TunedEncoder, rows: int, out: Path, seed: int, *, validate: bool) -> Any:
    steps_an_epoch = -(-rows // model.batch_size)
    share = share_of_batch(model.batch_size)
    steps = max(model.min_steps, round(model.epochs * steps_an_epoch))
    return TrainingArguments(
        output_dir=str(out),
        max_steps=steps,
        per_device_train_batch_size=share,
        per_device_eval_batch_size=share,
        learning_rate=model.learning_rate,
        lr_scheduler_type="linear",
        warmup_steps=model.warmup_share,
        weight_decay=model.weight_decay,
        train_sampling_strategy="group_by_length",
        bf16=has_bf16() if model.bf16 is None else model.bf16,
        use_cpu=not torch.cuda.is_available(),
        eval_strategy="steps" if validate else "no",
        eval_steps=model.save_every,
        save_steps=model.save_every,
        save_total_limit=1,
        logging_steps=max(1, model.save_every // 10),
        remove_unused_columns=False,
        dataloader_pin_memory=torch.cuda.is_available(),
        report_to="none",
        seed=seed,
    )
