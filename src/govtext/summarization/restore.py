"""Turn a model folder back into a transformers folder, so that training can go on from it."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from govtext.bundle.manifest import read_manifest
from govtext.errors import ModelError
from govtext.extras import require
from govtext.features.tokens import TOKENIZER_FILE
from govtext.summarization.engine import TASK

if TYPE_CHECKING:
    from transformers import BartForConditionalGeneration

Arrays = dict[str, NDArray[Any]]

_WEIGHTS = "model.bin"
_BINARY_VERSION = 6
_TYPES = {0: "<f4", 1: "<i1", 2: "<i2", 3: "<i4", 4: "<f2"}
# Parts of an attention layer as CTranslate2 stores them, by the parts of BART they hold.
_SELF = {"linear_0": ("q_proj", "k_proj", "v_proj"), "linear_1": ("out_proj",)}
_CROSS = {"linear_0": ("q_proj",), "linear_1": ("k_proj", "v_proj"), "linear_2": ("out_proj",)}


def restore_model(folder: Path, out: Path) -> Path:
    """Write a transformers folder with the weights of a model folder, and return it.

    Weights that were stored as integers come back rounded to what these can tell apart.

    Args:
        folder: A folder that `export_model` wrote.
        out: Folder to write.

    Raises:
        ModelError: The folder is no summarizer, or lacks what training needs.
        MissingDependencyError: transformers is not installed.
    """
    require("transformers", extra="neural")
    from transformers import BartConfig, BartForConditionalGeneration, PreTrainedTokenizerFast

    settings = read_manifest(folder, task=TASK).settings
    if "architecture" not in settings or "special_tokens" not in settings:
        raise ModelError(f"{folder}: the manifest does not say how to build the model again")
    kind = settings["architecture"].get("model_type", "bart")
    if kind != "bart":
        raise ModelError(
            f"{folder}: a {kind} model, which is not turned back; start from the transformers "
            "folder of its training"
        )
    model = BartForConditionalGeneration(BartConfig(**settings["architecture"]))
    _fill(model, read_weights(folder / _WEIGHTS))
    model.save_pretrained(out)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(folder / TOKENIZER_FILE), **settings["special_tokens"]
    )
    tokenizer.save_pretrained(out)
    shutil.copyfile(folder / TOKENIZER_FILE, out / TOKENIZER_FILE)
    return out


def read_weights(path: Path) -> Arrays:
    """Read the arrays of a CTranslate2 model, integers scaled back, under all their names.

    Raises:
        ModelError: The file is not one that this function knows.
    """
    try:
        with path.open("rb") as file:
            arrays = _read_arrays(file)
    except (struct.error, UnicodeDecodeError, ValueError, KeyError) as error:
        raise ModelError(f"{path}: not a CTranslate2 model: {error}") from error
    return {
        name: array / arrays[f"{name}_scale"][:, None] if array.dtype == np.int8 else array
        for name, array in arrays.items()
        if array.ndim and not name.endswith("_scale")
    }


def _read_arrays(file: BinaryIO) -> Arrays:
    version, _, _, count = _number(file, "I"), _string(file), _number(file, "I"), _number(file, "I")
    if version != _BINARY_VERSION:
        raise ValueError(f"version {version}, expected {_BINARY_VERSION}")
    arrays = {}
    for _ in range(count):
        name = _string(file)
        shape = [_number(file, "I") for _ in range(_number(file, "B"))]
        kind, size = _number(file, "B"), _number(file, "I")
        arrays[name] = np.frombuffer(file.read(size), dtype=_TYPES[kind]).reshape(shape)
    for _ in range(_number(file, "I")):
        alias, name = _string(file), _string(file)
        arrays[alias] = arrays[name]
        if f"{name}_scale" in arrays:
            arrays[f"{alias}_scale"] = arrays[f"{name}_scale"]
    return arrays


def _number(file: BinaryIO, form: str) -> int:
    [value] = struct.unpack(f"<{form}", file.read(struct.calcsize(f"<{form}")))
    return int(value)


def _string(file: BinaryIO) -> str:
    return file.read(_number(file, "H")).rstrip(b"\0").decode("utf-8")


def _fill(model: BartForConditionalGeneration, arrays: Arrays) -> None:
    import torch

    state = {"model.shared.weight": arrays["decoder/embeddings/weight"]}
    for side, parts in (("encoder", 1), ("decoder", 2)):
        stack = f"model.{side}"
        # BART's positions start with two rows that no text uses.
        positions = arrays[f"{side}/position_encodings/encodings"]
        state[f"{stack}.embed_positions.weight"] = np.pad(positions, ((2, 0), (0, 0)))
        state |= _norm(f"{stack}.layernorm_embedding", f"{side}/layernorm_embedding", arrays)
        for i in range(len(getattr(model.model, side).layers)):
            state |= _layer(f"{stack}.layers.{i}", f"{side}/layer_{i}", arrays, crossed=parts == 2)
    tensors = {name: torch.tensor(np.asarray(a, dtype=np.float32)) for name, a in state.items()}
    missing, unexpected = model.load_state_dict(tensors, strict=False)
    tied = {"model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight"}
    tied |= {"lm_head.weight", "final_logits_bias"}
    if unexpected or set(missing) - tied:
        raise ModelError(f"weights do not fit the architecture: {sorted({*missing, *unexpected})}")
    model.tie_weights()


def _layer(target: str, source: str, arrays: Arrays, *, crossed: bool) -> Arrays:
    layer = _attention(f"{target}.self_attn", f"{source}/self_attention", _SELF, arrays)
    layer |= _norm(f"{target}.self_attn_layer_norm", f"{source}/self_attention/layer_norm", arrays)
    if crossed:
        layer |= _attention(f"{target}.encoder_attn", f"{source}/attention", _CROSS, arrays)
        layer |= _norm(
            f"{target}.encoder_attn_layer_norm", f"{source}/attention/layer_norm", arrays
        )
    for number, name in enumerate(("fc1", "fc2")):
        for part in ("weight", "bias"):
            layer[f"{target}.{name}.{part}"] = arrays[f"{source}/ffn/linear_{number}/{part}"]
    return layer | _norm(f"{target}.final_layer_norm", f"{source}/ffn/layer_norm", arrays)


def _attention(
    target: str, source: str, parts: dict[str, tuple[str, ...]], arrays: Arrays
) -> Arrays:
    return {
        f"{target}.{name}.{part}": piece
        for linear, names in parts.items()
        for part in ("weight", "bias")
        for name, piece in zip(
            names, np.split(arrays[f"{source}/{linear}/{part}"], len(names)), strict=True
        )
    }


def _norm(target: str, source: str, arrays: Arrays) -> Arrays:
    return {
        f"{target}.weight": arrays[f"{source}/gamma"],
        f"{target}.bias": arrays[f"{source}/beta"],
    }
