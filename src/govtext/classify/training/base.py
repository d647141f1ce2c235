"""The pretrained encoder that a training starts from, as a folder, and how it reads."""

from __future__ import annotations

from pathlib import Path

from govtext.config.schema import Context
from govtext.errors import ModelError
from govtext.extras import require
from govtext.features.tokens import TokenReader
from govtext.processes import main_process_first


def local_base(base: str, out: Path) -> Path:
    """Return a transformers folder; a model of the hub is written below `out` first.

    Raises:
        ModelError: There is no such folder, and the hub does not give it.
        MissingDependencyError: transformers is not installed.
    """
    transformers = require("transformers", extra="neural")
    if Path(base).is_dir():
        return Path(base)
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(base, trust_remote_code=False)
        encoder = transformers.AutoModel.from_pretrained(base, trust_remote_code=False)
    except OSError as error:
        reason = str(error).partition("\n")[0]
        raise ModelError(
            f"{base}: no such folder, and the hub does not give it: {reason}"
        ) from error
    tokenizer.save_pretrained(out / "base")
    encoder.save_pretrained(out / "base")
    return out / "base"


def shared_base(base: str, out: Path) -> Path:
    """Return what `local_base` does; of several processes the main one alone writes it."""
    with main_process_first():
        return local_base(base, out)


def token_reader(folder: Path, context: Context, *, limit: int | None = None) -> TokenReader:
    """Return what turns sentences in context into the tokens of an encoder.

    Args:
        folder: A transformers folder.
        context: What is read besides the sentence.
        limit: Most tokens that are read at once; None: as many as the encoder can.

    Raises:
        ModelError: The tokenizer has no token that begins or separates texts.
    """
    from transformers import AutoConfig, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder, trust_remote_code=False)
    first, separator = tokenizer.cls_token, tokenizer.sep_token
    if not first or not separator:
        raise ModelError(f"{folder}: its tokenizer has no tokens that begin and separate texts")
    config = AutoConfig.from_pretrained(folder, trust_remote_code=False)
    # Encoders of the RoBERTa family count positions from the padding token on.
    offset = (config.pad_token_id or 0) + 1 if "roberta" in config.model_type else 0
    most = int(config.max_position_embeddings) - offset
    return TokenReader(
        folder,
        first=first,
        separator=separator,
        context=context.parts,
        max_tokens=min(limit or most, most),
    )
