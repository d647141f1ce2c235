import pickle

import pytest

from govtext.classify import predict
from govtext.errors import InputError
from govtext.types import Prediction, Sentence
from tests.classify.conftest import HASHED, train


@pytest.mark.parametrize("model", ["tfidf", "hashed"])
def test_the_words_that_decide_are_named(model, sentences, model_folder, tmp_path):
    if model == "hashed":
        model_folder = tmp_path / "hashed"
        train(sentences, model=HASHED).save(model_folder)
    text = "夏天，听取和审议预算执行情况报告。"
    prediction = predict(text, model=model_folder)
    reasons = prediction.explain(most=20)
    assert reasons == sorted(reasons, key=lambda reason: -abs(reason.weight))
    assert all(text[r.start : r.end] == r.text and r.part == "text" for r in reasons)
    weights = {reason.text: reason.weight for reason in reasons}
    assert weights["审议"] > weights["夏天"]
    assert prediction.explain(most=1) == reasons[:1]


def test_the_context_is_a_reason_too(model_folder):
    sentence = Sentence("认真组织活动。", 0, 7, heading="坐下来把难事谈拢")
    reasons = predict([sentence], model=model_folder)[0].explain()
    assert "heading" in {reason.part for reason in reasons}


def test_a_single_word_has_no_reason(model_folder):
    assert predict("监督", model=model_folder).explain() == []


def test_a_prediction_can_be_sent_to_another_process(model_folder):
    prediction = predict("听取和审议预算执行情况报告。", model=model_folder)
    again = pickle.loads(pickle.dumps(prediction))
    assert again == prediction
    assert again.explain() == prediction.explain()


def test_what_cannot_be_explained_says_so(model_folder):
    with pytest.raises(InputError, match="only a prediction that govtext.predict made"):
        Prediction("好。", "other", 1.0, {"other": 1.0}).explain()
    with pytest.raises(InputError, match="most is 0, expected at least 1"):
        predict("听取报告。", model=model_folder).explain(most=0)
