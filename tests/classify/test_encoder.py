"""The classifiers that stand on an encoder, with a tiny one that the tests make."""

import threading

import numpy as np
import pytest

import govtext
from govtext.classify import load_classifier
from govtext.classify.encoder import EncoderClassifier
from govtext.classify.training import in_context
from govtext.corpus.examples import LabelledSentence
from govtext.errors import ModelError
from govtext.features.context import TextInContext
from govtext.taxonomy import LABEL_IDS
from tests.classify.conftest import train

pytest.importorskip("torch")


def encoder(base, **options):
    return {"kind": "encoder", "base": str(base), "epochs": 12, "learning_rate": 5e-3,
            "batch_size": 8, "dropout": 0.0, **options}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tiny_encoder, tmp_path_factory):
    """Return a model folder of an encoder that was fine-tuned on two easy labels."""
    tmp = tmp_path_factory.mktemp("tuned")
    train(easy(), LABEL_IDS[:2], model=encoder(tiny_encoder), out=tmp).save(tmp / "model")
    return tmp / "model"


def easy():
    texts = {"supervision": "听取审议预算报告", "legislation_participation": "立法条例建议协商"}
    return [
        LabelledSentence(f"{g}/{label}", text + end, label, "工作", None, f"r{g}", "x:1")
        for g, end in enumerate(["。", "；", "：", "，", "、", "0", "1", "2"])
        for label, text in texts.items()
    ]


def test_fine_tuning_learns_what_it_was_shown(folder):
    predictions = govtext.predict([s.text for s in easy()], model=folder)
    assert [p.label for p in predictions] == [s.label for s in easy()]


def test_every_kind_of_head_learns(tiny_encoder, tmp_path):
    frozen = train(easy(), LABEL_IDS[:2], out=tmp_path / "a",
                   model={"kind": "embeddings", "base": str(tiny_encoder)})  # fmt: skip
    paired = train(easy(), LABEL_IDS[:2], out=tmp_path / "b",
                   model=encoder(tiny_encoder) | {"kind": "contrastive"})  # fmt: skip
    inputs, truth = [in_context(s) for s in easy()], [s.label for s in easy()]
    for model in (frozen, paired):
        assert [model.labels[i] for i in model.probabilities(inputs).argmax(axis=1)] == truth
    vectors = [TextInContext(s.text) for s in easy()[:2]]
    apart = [np.ptp(m._engine.vectors(vectors), axis=0).sum() for m in (frozen, paired)]
    assert apart[1] > apart[0]


def test_the_converted_model_says_what_torch_says(tiny_encoder, tmp_path):
    import torch
    from transformers import AutoModel, AutoTokenizer

    model = train(easy(), LABEL_IDS[:2], model=encoder(tiny_encoder, epochs=1), out=tmp_path)
    tokenizer = AutoTokenizer.from_pretrained(tmp_path / "transformers")
    tuned = AutoModel.from_pretrained(tmp_path / "transformers").eval()
    text = "听取报告。"
    with torch.inference_mode():
        states = tuned(**tokenizer(text, return_tensors="pt")).last_hidden_state[0, 1:-1]
    found = model._engine.vectors([TextInContext(text)])[0]
    assert np.corrcoef(found, states.mean(0).numpy())[0, 1] > 0.99


def test_results_do_not_depend_on_batch_and_order(folder):
    model = EncoderClassifier.load(folder)
    texts = ["听取报告。", "立法条例" * 9, "审议", "协商座谈，建议办理。" * 3, "委员会监督。"] * 9
    inputs = [TextInContext(text, heading="工作") for text in texts]
    together = model.probabilities(inputs)
    one_by_one = np.concatenate([model.probabilities([item]) for item in inputs])
    np.testing.assert_allclose(together, one_by_one, atol=1e-5)
    np.testing.assert_allclose(together[::-1], model.probabilities(inputs[::-1]), atol=1e-5)


def test_a_text_of_any_length_is_read_whole(folder):
    model = EncoderClassifier.load(folder)
    short = "听取审议预算报告。" * 10
    ends = ["立法条例建议协商。" * 60, "听取审议预算报告。" * 60]
    first, second = model.probabilities([TextInContext(short + end) for end in ends])
    assert abs(first[0] - second[0]) > 0.01


def test_several_threads_share_a_model(folder):
    texts = [s.text for s in easy()]
    wanted = govtext.predict(texts, model=folder, threads=1)
    found = {}
    threads = [
        threading.Thread(
            target=lambda i=i: found.update({i: govtext.predict(texts, model=folder, threads=1)})
        )
        for i in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(predictions == wanted for predictions in found.values())
    assert len(found) == 4


def test_saved_and_loaded_it_says_the_same(folder, tmp_path):
    model = load_classifier(folder)
    model.save(tmp_path)
    inputs = [in_context(s) for s in easy()]
    again = load_classifier(tmp_path)
    np.testing.assert_array_equal(again.probabilities(inputs), model.probabilities(inputs))
    assert sorted(p.suffix for p in tmp_path.iterdir()) == [
        ".bin", ".json", ".json", ".json", ".json", ".safetensors",
    ]  # fmt: skip


def test_explain_names_the_words_that_decided(folder):
    reasons = govtext.predict("座谈，听取审议预算报告。", model=folder).explain()
    assert reasons[0].text in "听取审议预算报告"


def test_damaged_files_are_named(folder, tmp_path):
    load_classifier(folder).save(tmp_path)
    (tmp_path / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match=r"tokenizer\.json: not a tokenizer"):
        EncoderClassifier.load(tmp_path)
    (tmp_path / "model.bin").write_bytes(b"junk")
    load_classifier(folder).save(tmp_path / "again")
    (tmp_path / "again" / "model.bin").write_bytes(b"junk")
    with pytest.raises(ModelError, match="CTranslate2 cannot read the encoder"):
        EncoderClassifier.load(tmp_path / "again")


def test_a_training_goes_on_from_its_checkpoint_and_refuses_another_s(tiny_encoder, tmp_path):
    model = encoder(tiny_encoder, epochs=2, save_every=1)
    first = train(easy(), LABEL_IDS[:2], model=model, out=tmp_path)
    assert sorted(p.name for p in (tmp_path / "checkpoints").iterdir()) == [
        "checkpoint-4", "run.json",
    ]  # fmt: skip
    again = train(easy(), LABEL_IDS[:2], model=model, out=tmp_path)
    inputs = [in_context(s) for s in easy()]
    np.testing.assert_allclose(again.scores(inputs), first.scores(inputs), atol=1e-5)
    with pytest.raises(ModelError, match="holds checkpoints of a run with another base"):
        train(easy(), LABEL_IDS[:2], model=encoder(tiny_encoder, epochs=3), out=tmp_path)


def test_texts_that_training_cuts_are_counted(tiny_encoder, tmp_path):
    from govtext.classify.training import train_classifier
    from tests.classify.conftest import config

    long = LabelledSentence("l", "听取报告" * 9, "supervision", None, None, "r9", "x:1")
    model = encoder(tiny_encoder, epochs=1, max_tokens=16)
    _, notes = train_classifier(
        [*easy(), long], easy(), LABEL_IDS[:2], config(model=model), out=tmp_path
    )
    assert notes == [
        "1 of the 17 training texts have more than 16 tokens (the longest 39) and were cut for "
        "training; predictions read them whole"
    ]


def test_a_base_that_cannot_be_had_is_named(tmp_path):
    with pytest.raises(ModelError, match="no/such-model: no such folder, and the hub does not"):
        train(easy(), LABEL_IDS[:2], model=encoder("no/such-model"), out=tmp_path)
