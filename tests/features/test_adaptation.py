import json
from pathlib import Path

import pytest

from govtext.errors import DataError

pytest.importorskip("torch")

from govtext.features.adaptation import adapt_encoder


def test_the_adapted_encoder_is_read_like_the_first(tiny_encoder: Path, tmp_path: Path):
    from transformers import AutoModel, AutoTokenizer

    texts = ["听取审议预算报告，检查整改问题。" * 9, "立法条例建议协商座谈。" * 9]
    options = {"steps": 20, "batch_size": 2, "max_tokens": 16, "learning_rate": 1e-2}
    logs = adapt_encoder(tiny_encoder, texts, tmp_path, **options)
    assert float(logs[-1]["loss"]) < float(logs[0]["loss"])
    before, after = (AutoModel.from_pretrained(p) for p in (tiny_encoder, tmp_path))
    assert before.config.vocab_size == after.config.vocab_size
    changed = before.embeddings.word_embeddings.weight - after.embeddings.word_embeddings.weight
    assert changed.abs().max() > 0
    assert AutoTokenizer.from_pretrained(tmp_path).mask_token is None
    config = json.loads((tmp_path / "config.json").read_text(encoding="utf-8"))
    assert config["architectures"] == ["BertModel"]


def test_too_little_text_is_refused(tiny_encoder: Path, tmp_path: Path):
    with pytest.raises(DataError, match="the texts give 0 pieces of 128 tokens"):
        adapt_encoder(tiny_encoder, ["短。"], tmp_path, steps=1)
