from pathlib import Path

import pytest

from govtext.errors import ModelError
from govtext.summarization.warm_start import build_seq2seq

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

TEXTS = ["听取和审议专项工作报告12项。", "督促整改。"]


def test_the_encoder_computes_what_it_did(tiny_encoder: Path, tiny_seq2seq: Path) -> None:
    tokenizer = transformers.AutoTokenizer.from_pretrained(tiny_seq2seq)
    bert = transformers.AutoModel.from_pretrained(tiny_encoder, add_pooling_layer=False).eval()
    bart = transformers.AutoModelForSeq2SeqLM.from_pretrained(tiny_seq2seq).eval()
    batch = tokenizer(TEXTS, padding=True, return_tensors="pt")
    ids, mask = batch["input_ids"], batch["attention_mask"]
    with torch.inference_mode():
        expected = bert(input_ids=ids, attention_mask=mask).last_hidden_state
        found = bart.get_encoder()(input_ids=ids, attention_mask=mask).last_hidden_state
    assert (expected - found)[mask.bool()].abs().max() < 1e-3


def test_the_decoder_takes_every_second_of_four_layers(
    tiny_encoder: Path, tiny_seq2seq: Path
) -> None:
    bert = transformers.AutoModel.from_pretrained(tiny_encoder, add_pooling_layer=False)
    bart = transformers.AutoModelForSeq2SeqLM.from_pretrained(tiny_seq2seq)
    for layer, source in zip(bart.get_decoder().layers, (1, 3), strict=True):
        query = bert.encoder.layer[source].attention.self.query.weight
        assert torch.equal(layer.self_attn.q_proj.weight, query)
        assert torch.equal(layer.encoder_attn.q_proj.weight, query)
    assert bart.lm_head.weight is bart.get_input_embeddings().weight


@pytest.mark.parametrize("layers", [0, 5])
def test_layers_that_the_encoder_lacks(tiny_encoder: Path, tmp_path: Path, layers: int) -> None:
    with pytest.raises(ModelError, match=f"{layers} decoder layers cannot be taken .* 4;"):
        build_seq2seq(tiny_encoder, tmp_path, decoder_layers=layers)
