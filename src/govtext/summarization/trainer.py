"""transformers' trainer, set up for a summarizer that starts from a pretrained encoder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import (
    AutoConfig,
    AutoTokenizer,
    BartForConditionalGeneration,
    DataCollatorForSeq2Seq,
    Seq2SeqTrainer,
    Seq2SeqTrainingArguments,
)

from govtext.errors import InputError, ModelError
from govtext.processes import share_of_batch
from govtext.summarization.hyperparameters import Hyperparameters

_IGNORED = -100


def load_tokenizer(base: str | Path) -> Any:
    """Return the tokenizer of a model; a text that spells `</s>` does not end there."""
    tokenizer = AutoTokenizer.from_pretrained(base, trust_remote_code=False)
    tokenizer.backend_tokenizer.encode_special_tokens = True
    return tokenizer


def load_model(base: str | Path, hyperparameters: Hyperparameters) -> Any:
    """Return a BART model, ready to be trained.

    Raises:
        ModelError: The base is another kind of model.
        InputError: More layers are to be frozen than there are.
    """
    kind = AutoConfig.from_pretrained(base, trust_remote_code=False).model_type
    if kind != "bart":
        raise ModelError(f"{base}: a {kind} model; a summarizer starts from a bart model")
    model = BartForConditionalGeneration.from_pretrained(
        base,
        dropout=hyperparameters.dropout,
        attention_dropout=hyperparameters.dropout,
        trust_remote_code=False,
    )
    _freeze(model.get_encoder(), hyperparameters.frozen_encoder_layers)
    return model


def build_trainer(
    model: Any,
    tokenizer: Any,
    train: list[dict[str, list[int]]],
    validation: list[dict[str, list[int]]],
    out: Path,
    hyperparameters: Hyperparameters,
    callbacks: Sequence[Any],
) -> Any:
    """Return a trainer that writes its checkpoints to `out`."""
    return Seq2SeqTrainer(
        model=model,
        args=_arguments(out, hyperparameters, validate=bool(validation)),
        train_dataset=train,
        eval_dataset=validation or None,
        data_collator=DataCollatorForSeq2Seq(tokenizer, model, label_pad_token_id=_IGNORED),
        processing_class=tokenizer,
        optimizers=(_optimizer(model, hyperparameters), None),
        callbacks=list(callbacks),
    )


def _arguments(out: Path, hyperparameters: Hyperparameters, *, validate: bool) -> Any:
    bf16 = _has_bf16() if hyperparameters.bf16 is None else hyperparameters.bf16
    pairs = share_of_batch(hyperparameters.batch_size)
    return Seq2SeqTrainingArguments(
        output_dir=str(out),
        num_train_epochs=hyperparameters.epochs,
        max_steps=hyperparameters.max_steps or -1,
        per_device_train_batch_size=pairs,
        per_device_eval_batch_size=pairs,
        learning_rate=hyperparameters.learning_rate,
        lr_scheduler_type="linear",
        warmup_steps=hyperparameters.warmup_share,
        label_smoothing_factor=hyperparameters.label_smoothing,
        train_sampling_strategy="group_by_length",
        bf16=bf16,
        use_cpu=not torch.cuda.is_available(),
        eval_strategy="steps" if validate else "no",
        eval_steps=hyperparameters.save_every,
        save_steps=hyperparameters.save_every,
        save_total_limit=2,
        load_best_model_at_end=validate,
        logging_steps=max(1, hyperparameters.save_every // 10),
        # BART averages over the tokens of its own share, which the trainer would multiply.
        average_tokens_across_devices=False,
        report_to="none",
        dataloader_pin_memory=torch.cuda.is_available(),
        seed=hyperparameters.seed,
    )


def _optimizer(model: Any, hyperparameters: Hyperparameters) -> Any:
    """Give cross-attention its own rate, and vectors (norms and biases) no decay."""
    rate = hyperparameters.learning_rate
    rates = {True: hyperparameters.cross_attention_learning_rate or rate, False: rate}
    decays = {True: hyperparameters.weight_decay, False: 0.0}
    groups: dict[tuple[bool, bool], list[Any]] = {}
    for name, weights in model.named_parameters():
        if weights.requires_grad:
            groups.setdefault(("encoder_attn" in name, weights.ndim > 1), []).append(weights)
    return torch.optim.AdamW(
        {"params": weights, "lr": rates[is_cross], "weight_decay": decays[is_matrix]}
        for (is_cross, is_matrix), weights in groups.items()
    )


def _freeze(encoder: Any, layers: int) -> None:
    """Keep gradients from the lowest layers of an encoder.

    The table of word vectors goes on learning, through the decoder, which shares it.
    """
    if not 0 <= layers <= len(encoder.layers):
        raise InputError(
            f"frozen_encoder_layers is {layers}, but the encoder has {len(encoder.layers)}"
        )
    if layers == 0:
        return
    for module in (encoder.embed_positions, encoder.layernorm_embedding, *encoder.layers[:layers]):
        module.requires_grad_(False)
    encoder.layers[layers - 1].register_forward_hook(lambda _module, _inputs, out: _detach(out))


def _detach(output: Any) -> Any:
    if isinstance(output, tuple):
        return (output[0].detach(), *output[1:])
    return output.detach()


def _has_bf16() -> bool:
    if torch.cuda.is_available():
        return bool(torch.cuda.is_bf16_supported())
    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
