import json

import numpy as np
import pytest

from govtext.errors import ModelError
from govtext.summarization.export import export_model
from govtext.summarization.restore import read_weights, restore_model


@pytest.mark.parametrize(("quantization", "largest"), [("float32", 1e-6), ("int8", 0.05)])
def test_a_model_folder_becomes_what_it_was_made_from(
    tiny_seq2seq, tmp_path, quantization, largest
):
    transformers = pytest.importorskip("transformers")
    export_model(tiny_seq2seq, tmp_path / "model", quantization=quantization)
    restore_model(tmp_path / "model", tmp_path / "again")
    load = transformers.AutoModelForSeq2SeqLM.from_pretrained
    before, after = load(tiny_seq2seq), load(tmp_path / "again")
    weights = dict(after.named_parameters())
    for name, parameter in before.named_parameters():
        difference = (parameter - weights[name]).abs().max().item()
        assert difference <= largest * max(parameter.abs().max().item(), 1), name
    tokenizers = [
        transformers.AutoTokenizer.from_pretrained(p) for p in (tiny_seq2seq, tmp_path / "again")
    ]
    first, second = (tokenizer("监督预算，听取报告。")["input_ids"] for tokenizer in tokenizers)
    assert first == second


def test_integers_are_scaled_back(tiny_seq2seq, tmp_path):
    export_model(tiny_seq2seq, tmp_path / "a", quantization="float32")
    export_model(tiny_seq2seq, tmp_path / "b", quantization="int8")
    exact, rounded = (read_weights(tmp_path / name / "model.bin") for name in "ab")
    assert set(exact) == set(rounded)
    name = "decoder/layer_0/ffn/linear_0/weight"
    assert np.abs(exact[name] - rounded[name]).max() <= np.abs(exact[name]).max() / 127


@pytest.mark.parametrize("content", [b"", b"\x06\0\0\0junk", b"\x09\0\0\0" + b"\0" * 40])
def test_files_that_are_no_weights(tmp_path, content):
    path = tmp_path / "model.bin"
    path.write_bytes(content)
    with pytest.raises(ModelError, match="not a CTranslate2 model"):
        read_weights(path)


def test_a_model_that_does_not_say_how_it_is_built(tiny_seq2seq, tmp_path):
    export_model(tiny_seq2seq, tmp_path / "model")
    path = tmp_path / "model" / "govtext.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    del manifest["settings"]["architecture"]
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelError, match="does not say how to build the model again"):
        restore_model(tmp_path / "model", tmp_path / "again")
