import json

import numpy as np
import pytest

from govtext.classify.linear import LinearClassifier
from govtext.classify.training import check_trainable, in_context, train_linear
from govtext.corpus.examples import LabelledSentence
from govtext.errors import DataError, MissingFileError, ModelError
from govtext.features.tfidf import TextInContext
from govtext.taxonomy import LABEL_IDS
from tests.classify.conftest import config


def sentence(text, label, group):
    return LabelledSentence(f"{group}/{text}", text, label, None, None, group, "x:1")


def test_learns_what_it_was_shown(classifier, sentences):
    rows = classifier.probabilities([in_context(s) for s in sentences])
    assert np.allclose(rows.sum(axis=1), 1)
    right = [LABEL_IDS[i] == s.label for i, s in zip(rows.argmax(axis=1), sentences, strict=True)]
    assert np.mean(right) > 0.95


def test_saved_and_loaded_it_says_the_same(classifier, sentences, model_folder):
    inputs = [in_context(s) for s in sentences] + [TextInContext("𠮷镇😀开了会。")]
    again = LinearClassifier.load(model_folder)
    assert again.labels == classifier.labels
    np.testing.assert_allclose(again.probabilities(inputs), classifier.probabilities(inputs))


def test_no_file_of_the_model_can_run_code(model_folder):
    assert sorted(path.suffix for path in model_folder.iterdir()) == [
        ".json", ".json", ".safetensors",
    ]  # fmt: skip


def test_the_same_seed_gives_the_same_weights(sentences):
    a, b = (train_linear(sentences, LABEL_IDS, config(seed=3)) for _ in range(2))
    assert np.array_equal(a._weights, b._weights)
    assert a._temperature == b._temperature


def test_context_decides_where_the_sentence_does_not(sentences):
    ambiguous = "深入开展调研。"
    data = [
        LabelledSentence(f"{g}{i}", ambiguous, label, None, topic, f"r{g}", "x:1")
        for g in range(4)
        for i, (label, topic) in enumerate(
            [("supervision", "加强财政监督。"), ("self_building", "加强理论学习。")]
        )
    ]
    model = train_linear(data, ["supervision", "self_building"], config())
    watched, learned = model.probabilities(
        [
            TextInContext(ambiguous, None, "加强财政监督。"),
            TextInContext(ambiguous, None, "加强理论学习。"),
        ]
    )
    assert watched.argmax() == 0
    assert learned.argmax() == 1


def test_two_labels_of_the_users_own():
    data = [sentence(f"足球比赛第{i}场", "体育", f"a{i}") for i in range(6)]
    data += [sentence(f"股票上涨{i}点收盘", "财经", f"b{i}") for i in range(6)]
    model = train_linear(data, ["体育", "财经"], config())
    rows = model.probabilities([TextInContext("足球比赛开场"), TextInContext("股票收盘")])
    assert rows.argmax(axis=1).tolist() == [0, 1]
    np.testing.assert_allclose(rows.sum(axis=1), 1)


def test_what_cannot_be_trained_on_is_refused():
    one = [sentence(f"甲{i}", "a", f"g{i}") for i in range(5)]
    with pytest.raises(DataError, match="all 5 training sentences have the label 'a'"):
        check_trainable(one)
    with pytest.raises(DataError, match="only one training sentence has the label 'b'"):
        check_trainable([*one, sentence("乙", "b", "g9")])
    few = [*one, sentence("乙", "b", "g8"), sentence("丙", "b", "g9")]
    assert [w.split(";")[0] for w in check_trainable(few)] == [
        "label 'a' has only 5 training sentences",
        "label 'b' has only 2 training sentences",
    ]


@pytest.mark.parametrize("name", ["govtext.json", "arrays.safetensors", "terms.json"])
def test_a_missing_file_is_named(model_folder, name):
    (model_folder / name).unlink()
    with pytest.raises(ModelError, match=name):
        LinearClassifier.load(model_folder)


def test_broken_files_are_refused(model_folder, tmp_path):
    with pytest.raises(MissingFileError, match="no such model folder"):
        LinearClassifier.load(tmp_path / "no")
    (model_folder / "arrays.safetensors").write_bytes(b"junk")
    with pytest.raises(ModelError, match="not valid arrays"):
        LinearClassifier.load(model_folder)
    (model_folder / "terms.json").write_text("[", encoding="utf-8")
    (model_folder / "arrays.safetensors").write_bytes(b"junk")
    with pytest.raises(ModelError):
        LinearClassifier.load(model_folder)


def test_weights_of_another_size_are_refused(model_folder):
    path = model_folder / "terms.json"
    terms = json.loads(path.read_text(encoding="utf-8"))
    terms[0]["terms"].pop()
    path.write_text(json.dumps(terms), encoding="utf-8")
    with pytest.raises(ModelError, match="do not fit together: weights have shape"):
        LinearClassifier.load(model_folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"task": "summarizer"}, "holds a summarizer, but a classifier is needed"),
        ({"format_version": 99}, "format 99 is newer than this govtext reads"),
        ({"kind": "magic"}, "a model of kind 'magic', expected tfidf-linear"),
        ({"colour": "red"}, "not a valid manifest"),
        ({"files": {"../x": "0"}}, "lies outside the folder"),
    ],
)
def test_a_manifest_that_does_not_fit(model_folder, change, message):
    path = model_folder / "govtext.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}), encoding="utf-8")
    with pytest.raises(ModelError, match=message):
        LinearClassifier.load(model_folder)
