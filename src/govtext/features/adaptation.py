"""Adapt a pretrained encoder to a domain, by filling gaps in plain text of that domain."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from govtext.errors import DataError
from govtext.extras import require
from govtext.features.finetuning import has_bf16, resume_from


def adapt_encoder(
    base: Path,
    texts: Iterable[str],
    out: Path,
    *,
    steps: int,
    batch_size: int = 16,
    max_tokens: int = 128,
    learning_rate: float = 1e-4,
    seed: int = 0,
) -> list[dict[str, float]]:
    """Train an encoder to fill masked tokens, and write it as a transformers folder.

    A training that was interrupted goes on from its last checkpoint in `out`.
    Source: Gururangan et al., "Don't Stop Pretraining", ACL 2020.

    Args:
        base: A transformers folder of an encoder.
        texts: Plain texts; each is cut into pieces of `max_tokens`.
        out: Folder to write.
        steps: Optimizer steps.
        batch_size: Pieces in a step.
        max_tokens: Tokens of a piece.
        learning_rate: Highest learning rate.
        seed: Seed of every random choice.

    Returns:
        What was logged, in order: step and loss each.

    Raises:
        DataError: The texts are too few for one step.
        ModelError: `out` holds checkpoints of another training.
        MissingDependencyError: A library that is needed is not installed.
    """
    torch = require("torch", extra="neural")
    transformers = require("transformers", extra="neural")
    tokenizer = transformers.AutoTokenizer.from_pretrained(base, trust_remote_code=False)
    if tokenizer.mask_token is None:  # a vocabulary that was cut to one language has none
        tokenizer.mask_token = tokenizer.unk_token
    rows = _pieces(tokenizer, texts, max_tokens, most=steps * batch_size)
    if len(rows) < batch_size:
        raise DataError(f"the texts give {len(rows)} pieces of {max_tokens} tokens; add some")
    torch.manual_seed(seed)
    model = transformers.AutoModelForMaskedLM.from_pretrained(base, trust_remote_code=False)
    settings = {"base": str(base), "steps": steps, "batch": batch_size, "rate": learning_rate}
    trainer = transformers.Trainer(
        model=model,
        args=transformers.TrainingArguments(
            output_dir=str(out / "checkpoints"),
            max_steps=steps,
            per_device_train_batch_size=batch_size,
            learning_rate=learning_rate,
            warmup_steps=0.1,
            weight_decay=0.01,
            bf16=has_bf16(),
            use_cpu=not torch.cuda.is_available(),
            logging_steps=max(1, steps // 20),
            save_steps=200,
            save_total_limit=1,
            report_to="none",
            dataloader_pin_memory=torch.cuda.is_available(),
            seed=seed,
        ),
        train_dataset=rows,
        data_collator=transformers.DataCollatorForLanguageModeling(tokenizer),
    )
    last = resume_from(out / "checkpoints", {**settings, "seed": seed, "rows": rows})
    trainer.train(resume_from_checkpoint=last)
    model.base_model.save_pretrained(out)
    transformers.AutoTokenizer.from_pretrained(base).save_pretrained(out)
    return [log for log in trainer.state.log_history if "loss" in log]


def _pieces(
    tokenizer: Any, texts: Iterable[str], max_tokens: int, *, most: int
) -> list[dict[str, list[int]]]:
    """Return texts as pieces of equal length, at most as many as are needed."""
    first, separator = tokenizer.cls_token_id, tokenizer.sep_token_id
    size = max_tokens - 2
    pieces: list[dict[str, list[int]]] = []
    for text in texts:
        ids = tokenizer(text, add_special_tokens=False, truncation=False)["input_ids"]
        for start in range(0, len(ids) - size + 1, size):
            pieces.append({"input_ids": [first, *ids[start : start + size], separator]})
            if len(pieces) == most:
                return pieces
    return pieces
