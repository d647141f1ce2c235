"""Turn a transformers encoder into one that CTranslate2 reads."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from govtext.errors import ModelError
from govtext.extras import require
from govtext.features.tokens import TOKENIZER_FILE

ENCODER_FILES = ("model.bin", "config.json", "vocabulary.json", TOKENIZER_FILE)


def export_encoder(trained: Path, out: Path, *, quantization: str = "int8") -> None:
    """Write an encoder for `VectorEngine`.

    Args:
        trained: A transformers folder of a BERT, XLM-RoBERTa or DistilBERT encoder.
        out: Folder to write; files of an encoder that are there already are replaced.
        quantization: What CTranslate2 stores weights as: int8, int16, float16 or float32.

    Raises:
        ModelError: CTranslate2 does not know the architecture.
        MissingDependencyError: transformers is not installed.
    """
    require("transformers", extra="neural")
    try:
        _converter(trained).convert(str(out), quantization=quantization, force=True)
    except ValueError as error:
        raise ModelError(f"{trained}: cannot be converted for prediction: {error}") from error
    shutil.copyfile(trained / TOKENIZER_FILE, out / TOKENIZER_FILE)


def _converter(trained: Path) -> Any:
    from ctranslate2.converters import TransformersConverter

    class Converter(TransformersConverter):  # type: ignore[misc]
        """Says what newer transformers no longer do: positions are absolute."""

        def load_model(self, *args: Any, **kwargs: Any) -> Any:
            model = super().load_model(*args, **kwargs)
            model.config.position_embedding_type = "absolute"
            return model

    return Converter(str(trained), trust_remote_code=False)
