"""What a logged classifier answers, with a real model in it."""

from __future__ import annotations

import json
import sys

import pytest

import govtext
from govtext.classify import predict
from govtext.corpus.examples import read_labelled
from govtext.taxonomy import LABEL_IDS
from govtext.tracking import start_run
from govtext.tracking.backend import load_mlflow
from tests.classify.conftest import HASHED, train

mlflow = load_mlflow()
pandas = pytest.importorskip("pandas")
TEXTS = ["举办代表履职培训班。", "听取和审议预算执行情况报告。", "开会。", '写着“"{}\\”的牌子。']


@pytest.fixture
def classifier(reports_folder):
    return train(read_labelled(reports_folder), LABEL_IDS, model=HASHED)


@pytest.fixture
def pack(store, tmp_path):
    """Return a function that logs a model and loads it as MLflow's users do."""
    path = list(sys.path)
    mlflow.set_tracking_uri(store.uri)

    def log(classifier):
        folder = tmp_path / "model"
        classifier.save(folder)
        with start_run(experiment="e", name="n", config={}, seed=0) as run:
            version = run.log_model(folder, task="classifier")
        return folder, mlflow.pyfunc.load_model(version.uri)

    yield log
    mlflow.set_tracking_uri(None)
    sys.path[:] = path


def test_it_answers_as_predict_does(pack, classifier):
    folder, model = pack(classifier)
    table = pandas.DataFrame({"text": TEXTS, "heading": ["监督", None, "队伍", None]})
    sentences = [
        govtext.Sentence(row.text, 0, 0, row.heading if isinstance(row.heading, str) else None)
        for row in table.itertuples()
    ]
    for rows, items in ((table, sentences), (table[["text"]], TEXTS)):
        found = predict(items, model=folder)
        answer = model.predict(rows)
        assert answer["label"].tolist() == [item.label for item in found]
        assert answer["score"].tolist() == [item.score for item in found]
        said = [json.loads(row) for row in answer["probabilities"]]
        assert said == [item.probabilities for item in found]
        assert [list(row) for row in said] == [list(LABEL_IDS)] * len(TEXTS)


def test_only_the_unsure_rows_have_no_label(pack, classifier):
    folder, model = pack(classifier)
    least = sorted(item.score for item in predict(TEXTS, model=folder))[2]
    answer = model.predict(pandas.DataFrame({"text": TEXTS}), params={"min_score": least})
    assert answer["label"].isna().tolist() == [score < least for score in answer["score"]]
    assert answer["label"].isna().sum() == 2


def test_very_small_and_very_large_probabilities_are_numbers_too(pack, classifier):
    classifier.temperature = 2e-3
    folder, model = pack(classifier)
    found = predict(TEXTS, model=folder)
    shares = [share for item in found for share in item.probabilities.values()]
    assert 1.0 in shares
    assert 0 < min(share for share in shares if share) < 1e-20
    answer = model.predict(pandas.DataFrame({"text": TEXTS}))
    assert [json.loads(row) for row in answer["probabilities"]] == [
        item.probabilities for item in found
    ]


def test_bad_rows_are_told_apart(pack, classifier):
    _, model = pack(classifier)
    for text, message in (("", "row 1: text is empty"), ("，。", "item 1 is empty or has no")):
        with pytest.raises(mlflow.MlflowException, match=message):
            model.predict(pandas.DataFrame({"text": ["开会。", text]}))
    with pytest.raises(mlflow.MlflowException, match="expected a number from 0 to 1"):
        model.predict(pandas.DataFrame({"text": ["开会。"]}), params={"min_score": 2.0})
