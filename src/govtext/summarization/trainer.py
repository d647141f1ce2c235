"""transformers' trainer, set up for a summarizer that starts from a pretrained encoder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import (
    AutoConfig,
    AutoModelForSeq2SeqLM,
    AutoTokenizer,
    DataCollatorForSeq2Seq,
    Seq2SeqTrainer,
    Seq2SeqTrainingArguments,
)

from govtext.config.schema import SummarizerTraining
from govtext.errors import InputError, ModelError
from govtext.features.finetuning import has_bf16
from govtext.processes import share_of_batch

_IGNORED = -100
# What the encoder's layers are called, by the kind of model.
_LAYERS = {"bart": "layers", "pegasus": "layers", "t5": "block", "mt5": "block"}
_CROSS_ATTENTION = ("encoder_attn", "EncDecAttention")


def load_tokenizer(base: str | Path) -> Any:
    """Return the tokenizer of a model; a text that spells `</s>` does not end there."""
    tokenizer = AutoTokenizer.from_pretrained(base, trust_remote_code=False)
    tokenizer.backend_tokenizer.encode_special_tokens = True
    return tokenizer


def load_model(base: str | Path, training: SummarizerTraining) -> Any:
    """Return an encoder-decoder, ready to be trained.

    Raises:
        ModelError: The base is another kind of model.
        InputError: More layers are to be frozen than there are.
    """
    config = AutoConfig.from_pretrained(base, trust_remote_code=False)
    if config.model_type not in _LAYERS:
        raise ModelError(
            f"{base}: a {config.model_type} model; a summarizer starts from one of "
            f"{', '.join(_LAYERS)}"
        )
    for name in ("dropout", "dropout_rate"):
        if hasattr(config, name):
            setattr(config, name, training.dropout)
    if hasattr(config, "attention_dropout"):
        config.attention_dropout = 0.0
    # On a processor the fused attention's way back takes longer than the plain one's.
    attention = None if torch.cuda.is_available() else "eager"
    model = AutoModelForSeq2SeqLM.from_pretrained(
        base, config=config, attn_implementation=attention, trust_remote_code=False
    )
    layers = getattr(model.get_encoder(), _LAYERS[config.model_type])
    _freeze(model.get_encoder(), layers, training.frozen_encoder_layers)
    return model


def build_trainer(
    model: Any,
    tokenizer: Any,
    train: list[dict[str, list[int]]],
    validation: list[dict[str, list[int]]],
    out: Path,
    training: SummarizerTraining,
    seed: int,
    callbacks: Sequence[Any],
) -> Any:
    """Return a trainer that writes its checkpoints to `out`."""
    return Seq2SeqTrainer(
        model=model,
        args=_arguments(out, training, seed, validate=bool(validation)),
        train_dataset=train,
        eval_dataset=validation or None,
        data_collator=DataCollatorForSeq2Seq(tokenizer, model, label_pad_token_id=_IGNORED),
        processing_class=tokenizer,
        optimizers=(_optimizer(model, training), None),
        callbacks=list(callbacks),
    )


def _arguments(out: Path, training: SummarizerTraining, seed: int, *, validate: bool) -> Any:
    bf16 = has_bf16() if training.bf16 is None else training.bf16
    pairs = share_of_batch(training.batch_size)
    return Seq2SeqTrainingArguments(
        output_dir=str(out),
        num_train_epochs=training.epochs,
        max_steps=training.max_steps or -1,
        per_device_train_batch_size=pairs,
        per_device_eval_batch_size=pairs,
        learning_rate=training.learning_rate,
        lr_scheduler_type="linear",
        warmup_steps=training.warmup_share,
        label_smoothing_factor=training.label_smoothing,
        train_sampling_strategy="group_by_length",
        bf16=bf16,
        use_cpu=not torch.cuda.is_available(),
        eval_strategy="steps" if validate else "no",
        eval_steps=training.save_every,
        save_steps=training.save_every,
        save_total_limit=2,
        load_best_model_at_end=validate,
        logging_steps=max(1, training.save_every // 10),
        # BART averages over the tokens of its own share, which the trainer would multiply.
        average_tokens_across_devices=False,
        report_to="none",
        dataloader_pin_memory=torch.cuda.is_available(),
        seed=seed,
    )


def _optimizer(model: Any, training: SummarizerTraining) -> Any:
    """Give cross-attention its own rate, and vectors (norms and biases) no decay."""
    rate = training.learning_rate
    rates = {True: training.cross_attention_learning_rate or rate, False: rate}
    decays = {True: training.weight_decay, False: 0.0}
    groups: dict[tuple[bool, bool], list[Any]] = {}
    for name, weights in model.named_parameters():
        if weights.requires_grad:
            groups.setdefault(
                (any(part in name for part in _CROSS_ATTENTION), weights.ndim > 1), []
            ).append(weights)
    return torch.optim.AdamW(
        (
            {"params": weights, "lr": rates[is_cross], "weight_decay": decays[is_matrix]}
            for (is_cross, is_matrix), weights in groups.items()
        ),
        fused=True,
    )


def _freeze(encoder: Any, layers: Any, count: int) -> None:
    """Keep gradients from the lowest layers of an encoder.

    The table of word vectors goes on learning, through the decoder, which shares it.
    """
    if not 0 <= count <= len(layers):
        raise InputError(f"frozen_encoder_layers is {count}, but the encoder has {len(layers)}")
    if count == 0:
        return
    words = set(encoder.get_input_embeddings().parameters())
    above = {weights for layer in layers[count:] for weights in layer.parameters()}
    last = getattr(encoder, "layer_norm", None) or getattr(encoder, "final_layer_norm", None)
    kept = words | above | (set(last.parameters()) if last is not None else set())
    for weights in encoder.parameters():
        if weights not in kept:
            weights.requires_grad_(False)
    for layer in layers[:count]:
        # What does not learn needs no dropout, whose random numbers take a processor long.
        layer.register_forward_pre_hook(_use_without_dropout)
    layers[count - 1].register_forward_hook(lambda _module, _inputs, out: _detach(out))


def _use_without_dropout(layer: Any, _inputs: Any) -> None:
    layer.eval()


def _detach(output: Any) -> Any:
    if isinstance(output, tuple):
        return (output[0].detach(), *output[1:])
    return output.detach()
