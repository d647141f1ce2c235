"""A tiny encoder-decoder, untrained, and the model folder made of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from govtext.corpus.examples import SummaryExample


@pytest.fixture(scope="session")
def tiny_seq2seq(tiny_encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a BART warm from the tiny encoder."""
    from govtext.summarization.warm_start import build_seq2seq

    folder = tmp_path_factory.mktemp("seq2seq")
    build_seq2seq(tiny_encoder, folder, decoder_layers=2)
    return folder


@pytest.fixture(scope="session")
def tiny_model(tiny_seq2seq: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a model folder that writes nonsense, but quickly."""
    pytest.importorskip("ctranslate2")
    from govtext.summarization.export import export_model

    folder = tmp_path_factory.mktemp("model") / "tiny"
    export_model(tiny_seq2seq, folder, max_source_tokens=160, quantization="float32")
    return folder


@pytest.fixture
def example() -> Callable[..., SummaryExample]:
    """Return a maker of examples."""

    def make(text: str, summary: str, kind: str = "section", group: str = "g") -> SummaryExample:
        return SummaryExample(f"{kind}/{text[:8]}", text, summary, kind, group, "here:1")

    return make
