"""Turn a trained transformers folder into a model folder that CTranslate2 reads."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from govtext.bundle.manifest import MANIFEST_NAME, Manifest, read_manifest, write_manifest
from govtext.errors import InputError
from govtext.extras import require
from govtext.features.tokens import TOKENIZER_FILE
from govtext.summarization.engine import KIND, TASK

_NOT_ARCHITECTURE = {"architectures", "transformers_version", "id2label", "label2id", "dtype"}


def export_model(
    trained: Path,
    out: Path,
    *,
    max_source_tokens: int = 512,
    quantization: str = "int8",
    settings: dict[str, Any] | None = None,
) -> Manifest:
    """Write a model folder.

    Args:
        trained: A transformers folder of a BART, mT5 or Pegasus model, such as `train_summarizer`
            writes.
        out: Folder to write; a model that is there already is replaced.
        max_source_tokens: Longest text, in tokens, that the model is given in one piece.
        quantization: What CTranslate2 stores weights as: int8, int16, float16 or float32.
        settings: What else the manifest says of the model; plain JSON.

    Raises:
        InputError: `out` holds something that is not a model.
        MissingDependencyError: transformers is not installed.
    """
    require("transformers", extra="neural")
    _clear(out)
    with tempfile.TemporaryDirectory() as scratch:
        converted = Path(scratch) / "model"
        _converter(trained).convert(str(converted), quantization=quantization)
        shutil.copytree(converted, out, dirs_exist_ok=True)
    shutil.copyfile(trained / TOKENIZER_FILE, out / TOKENIZER_FILE)
    return write_manifest(
        out,
        task=TASK,
        kind=KIND,
        settings={"max_source_tokens": max_source_tokens} | _origin(trained) | (settings or {}),
    )


def _origin(trained: Path) -> dict[str, Any]:
    """Return what `restore_model` needs to build the transformers model again."""
    from transformers import AutoConfig, AutoTokenizer

    config = AutoConfig.from_pretrained(trained, trust_remote_code=False)
    tokenizer = AutoTokenizer.from_pretrained(trained, trust_remote_code=False)
    special = {name: str(token) for name, token in tokenizer.special_tokens_map.items()}
    return {
        "architecture": {
            key: value
            for key, value in config.to_diff_dict().items()
            if not key.startswith("_") and key not in _NOT_ARCHITECTURE
        },
        "special_tokens": special,
    }


def _clear(out: Path) -> None:
    """Remove the model in a folder, and nothing that is not one."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    if not (out / MANIFEST_NAME).is_file():
        raise InputError(f"{out}: exists and is not a model folder; name a new folder")
    for name in read_manifest(out, task=TASK).files:
        (out / name).unlink()


def _converter(trained: Path) -> Any:
    from ctranslate2.converters import TransformersConverter
    from transformers import AutoTokenizer

    class Converter(TransformersConverter):  # type: ignore[misc]
        """Says what newer transformers no longer do, and leaves out rows without a token."""

        def load_model(self, *args: Any, **kwargs: Any) -> Any:
            model = super().load_model(*args, **kwargs)
            config = model.config
            config.normalize_before = config.model_type == "pegasus"
            config.normalize_embedding = config.model_type == "bart"
            # To the converter a tied output layer is a scaled one, which it no longer is.
            config.tie_word_embeddings = bool(getattr(config, "scale_decoder_outputs", False))
            model.resize_token_embeddings(len(AutoTokenizer.from_pretrained(trained)))
            return model

        def load_tokenizer(self, *args: Any, **kwargs: Any) -> Any:
            tokenizer = super().load_tokenizer(*args, **kwargs)
            tokenizer.bos_token = tokenizer.bos_token or tokenizer.cls_token
            tokenizer.eos_token = tokenizer.eos_token or tokenizer.sep_token
            return tokenizer

    return Converter(str(trained), trust_remote_code=False)
