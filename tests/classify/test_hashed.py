import subprocess
import sys

import numpy as np
import pytest

from govtext.classify.hashed import HashedClassifier
from govtext.classify.training import in_context
from govtext.errors import DataError, ModelError
from govtext.features.context import TextInContext
from govtext.taxonomy import LABEL_IDS
from tests.classify.conftest import HASHED, train


@pytest.fixture
def hashed(sentences):
    return train(sentences, model=HASHED)


def test_learns_what_it_was_shown(hashed, sentences):
    guesses = hashed.probabilities([in_context(s) for s in sentences]).argmax(axis=1)
    assert np.mean([LABEL_IDS[i] == s.label for i, s in zip(guesses, sentences, strict=True)]) > 0.9


def test_saved_and_loaded_it_says_nearly_the_same(hashed, sentences, tmp_path):
    hashed.save(tmp_path)
    again = HashedClassifier.load(tmp_path)
    inputs = [in_context(s) for s in sentences] + [TextInContext("𠮷镇😀开了会。")]
    assert (again.labels, again.context) == (hashed.labels, hashed.context)
    # Weights are kept in 16 bits.
    np.testing.assert_allclose(again.probabilities(inputs), hashed.probabilities(inputs), atol=2e-3)


def test_a_sentence_is_labelled_the_same_alone_and_among_thousands(hashed, sentences):
    inputs = [in_context(s) for s in sentences] * 50
    together = hashed.probabilities(inputs)
    one_by_one = np.concatenate([hashed.probabilities([item]) for item in inputs[: len(sentences)]])
    np.testing.assert_allclose(together[: len(sentences)], one_by_one, atol=1e-6)


def test_the_same_seed_gives_the_same_weights(sentences):
    a, b = (train(sentences, model=HASHED, seed=3) for _ in range(2))
    assert np.array_equal(a._weights, b._weights)


def test_context_decides_where_the_sentence_does_not(sentences):
    model = train(sentences, model=HASHED, context={"parts": ["heading"], "dropout": 0.5})
    watched, talked = model.probabilities(
        [
            TextInContext("认真组织。", heading="紧盯要事，监督更有力"),
            TextInContext("认真组织。", heading="走近群众，协商更有味"),
        ]
    )
    assert watched[0] > talked[0]
    assert talked[2] > watched[2]


def test_weights_that_do_not_fit_are_refused(hashed, tmp_path):
    from safetensors.numpy import save_file

    hashed.save(tmp_path)
    broken = {"weights": np.zeros((1000, 5), np.float16), "bias": np.zeros(5, np.float32)}
    save_file(broken, tmp_path / "arrays.safetensors")
    with pytest.raises(ModelError, match=r"do not fit together: 5 labels, weights \(1000, 5\)"):
        HashedClassifier.load(tmp_path)


def test_it_learns_from_what_a_teacher_says(sentences, classifier, tmp_path):
    classifier.save(tmp_path / "teacher")
    plain = tmp_path / "plain.jsonl"
    plain.write_text('{"text": "听取关于渔港建设的专项汇报。\\n召开渔港恳谈会商定泊位。"}\n' * 3)
    model = {**HASHED, "teacher": str(tmp_path / "teacher"), "texts": [str(plain)]}
    taught = train(sentences, model=model)
    question = [TextInContext("听取关于渔港建设的专项汇报。")]
    wanted = classifier.probabilities(question)
    untaught = train(sentences, model=HASHED).probabilities(question)
    assert np.abs(taught.probabilities(question) - wanted).sum() < np.abs(untaught - wanted).sum()


def test_a_teacher_without_texts_or_with_other_labels_is_refused(sentences, classifier, tmp_path):
    classifier.save(tmp_path / "teacher")
    teacher = {"teacher": str(tmp_path / "teacher")}
    with pytest.raises(ValueError, match="teacher and texts belong together"):
        train(sentences, model=HASHED | teacher)
    empty = tmp_path / "empty.jsonl"
    empty.write_text('{"text": "短。"}\n', encoding="utf-8")
    with pytest.raises(DataError, match="no sentence of 8 to 200 characters"):
        train(sentences, model=HASHED | teacher | {"texts": [str(empty)]})
    two = [s for s in sentences if s.label in LABEL_IDS[:2]]
    with pytest.raises(ModelError, match="the teacher .* knows the labels"):
        train(two, LABEL_IDS[:2], model=HASHED | teacher | {"texts": [str(empty)]})


def test_a_prediction_loads_no_heavy_library(hashed, tmp_path):
    hashed.save(tmp_path)
    code = (
        "import sys, govtext; govtext.predict('听取和审议报告。', model=sys.argv[1]);"
        "print([m for m in ('scipy', 'sklearn', 'jieba', 'torch', 'ctranslate2', 'pandas')"
        " if m in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
