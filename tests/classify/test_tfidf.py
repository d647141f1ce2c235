import json

import numpy as np
import pytest

from govtext.classify.tfidf import TfidfClassifier
from govtext.classify.training import in_context
from govtext.corpus.examples import LabelledSentence
from govtext.errors import MissingFileError, ModelError
from govtext.features.context import TextInContext
from govtext.taxonomy import LABEL_IDS
from tests.classify.conftest import TFIDF, train


def sentence(text, label, group):
    return LabelledSentence(f"{group}/{text}", text, label, None, None, group, "x:1")


def test_learns_what_it_was_shown(classifier, sentences):
    rows = classifier.probabilities([in_context(s) for s in sentences])
    assert np.allclose(rows.sum(axis=1), 1)
    right = [LABEL_IDS[i] == s.label for i, s in zip(rows.argmax(axis=1), sentences, strict=True)]
    assert np.mean(right) > 0.95


def test_saved_and_loaded_it_says_the_same(classifier, sentences, model_folder):
    inputs = [in_context(s) for s in sentences] + [TextInContext("𠮷镇😀开了会。")]
    again = TfidfClassifier.load(model_folder)
    assert again.labels == classifier.labels
    np.testing.assert_allclose(again.probabilities(inputs), classifier.probabilities(inputs))


def test_no_file_of_the_model_can_run_code(model_folder):
    assert sorted(path.suffix for path in model_folder.iterdir()) == [
        ".json", ".json", ".safetensors",
    ]  # fmt: skip


def test_the_same_seed_gives_the_same_weights(sentences):
    a, b = (train(sentences, seed=3) for _ in range(2))
    assert np.array_equal(a._weights, b._weights)
    assert a.temperature == b.temperature


def test_context_decides_where_the_sentence_does_not(sentences):
    ambiguous = "深入开展调研。"
    data = [
        LabelledSentence(f"{g}{i}", ambiguous, label, None, topic, f"r{g}", "x:1")
        for g in range(4)
        for i, (label, topic) in enumerate(
            [("supervision", "加强财政监督。"), ("self_building", "加强理论学习。")]
        )
    ]
    model = train(data, ["supervision", "self_building"])
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
    model = train(data, ["体育", "财经"])
    rows = model.probabilities([TextInContext("足球比赛开场"), TextInContext("股票收盘")])
    assert rows.argmax(axis=1).tolist() == [0, 1]
    np.testing.assert_allclose(rows.sum(axis=1), 1)


def test_rjieba_cuts_the_same_words(sentences, tmp_path):
    pytest.importorskip("rjieba")
    by_jieba, by_rjieba = (train(sentences, model={**TFIDF, "words_by": name}) for name in
                           ("jieba", "rjieba"))  # fmt: skip
    inputs = [in_context(s) for s in sentences]
    by_rjieba.save(tmp_path)
    again = TfidfClassifier.load(tmp_path)
    np.testing.assert_allclose(again.probabilities(inputs), by_jieba.probabilities(inputs))


@pytest.mark.parametrize("name", ["govtext.json", "arrays.safetensors", "terms.json"])
def test_a_missing_file_is_named(model_folder, name):
    (model_folder / name).unlink()
    with pytest.raises(ModelError, match=name):
        TfidfClassifier.load(model_folder)


def test_broken_files_are_refused(model_folder, tmp_path):
    with pytest.raises(MissingFileError, match="no such model folder"):
        TfidfClassifier.load(tmp_path / "no")
    (model_folder / "arrays.safetensors").write_bytes(b"junk")
    with pytest.raises(ModelError, match="not valid arrays"):
        TfidfClassifier.load(model_folder)
    (model_folder / "terms.json").write_text("[", encoding="utf-8")
    (model_folder / "arrays.safetensors").write_bytes(b"junk")
    with pytest.raises(ModelError):
        TfidfClassifier.load(model_folder)


def test_weights_of_another_size_are_refused(model_folder):
    path = model_folder / "terms.json"
    terms = json.loads(path.read_text(encoding="utf-8"))
    terms[0]["terms"].pop()
    path.write_text(json.dumps(terms), encoding="utf-8")
    with pytest.raises(ModelError, match="do not fit together: weights have shape"):
        TfidfClassifier.load(model_folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"task": "summarizer"}, "holds a summarizer, but a classifier is needed"),
        ({"format_version": 99}, "format 99 is newer than this govtext reads"),
        ({"kind": "magic"}, "a classifier of kind 'magic', expected tfidf-linear"),
        ({"colour": "red"}, "not a valid manifest"),
        ({"files": {"../x": "0"}}, "lies outside the folder"),
    ],
)
def test_a_manifest_that_does_not_fit(model_folder, change, message):
    path = model_folder / "govtext.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}), encoding="utf-8")
    with pytest.raises(ModelError, match=message):
        TfidfClassifier.load(model_folder)
