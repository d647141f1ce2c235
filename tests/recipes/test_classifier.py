import json
from pathlib import Path

import pytest

import govtext
from govtext.config import ClassifierConfig
from govtext.corpus.examples import read_labelled
from govtext.errors import DataError
from govtext.recipes.classifier import train_classifier
from govtext.taxonomy import label_order


def config(folder, **blocks):
    return ClassifierConfig.model_validate(
        {
            "name": "tiny",
            "output": "runs/tiny",
            "data": {"train": folder},
            "model": {"kind": "tfidf", "min_count": 1, "chars": [1, 2], "words": None},
            "tracking": {"experiment": "tiny-experiment", "model": "tiny-model"},
            **blocks,
        }
    )


@pytest.fixture
def trained(store, reports_folder):
    return train_classifier(config(reports_folder))


def test_a_training_leaves_a_run_a_reviewer_can_read(trained, client):
    [experiment] = client.search_experiments(filter_string="name = 'tiny-experiment'")
    [run] = client.search_runs([experiment.experiment_id])
    assert run.info.status == "FINISHED"
    assert run.data.params["model.chars"] == "[1, 2]"
    assert run.data.params["seed"] == "0"
    assert run.data.metrics["test/macro_f1"] == pytest.approx(trained.scores.macro_f1.value)
    assert "test/f1_supervision" in run.data.metrics
    assert {item.dataset.name for item in run.inputs.dataset_inputs} == {"reports"}
    assert len(run.inputs.dataset_inputs) == 3
    assert "Macro-F1" in run.data.tags["mlflow.note.content"]
    files = {
        item.path
        for folder in ("figures", "predictions")
        for item in client.list_artifacts(run.info.run_id, folder)
    }
    assert {"figures/confusion_matrix_test.png", "predictions/test.json"} <= files


def test_every_test_prediction_is_in_the_table_with_its_context(trained, client, reports_folder):
    [experiment] = client.search_experiments(filter_string="name = 'tiny-experiment'")
    [run] = client.search_runs([experiment.experiment_id])
    path = client.download_artifacts(run.info.run_id, "predictions/test.json")
    table = json.loads(Path(path).read_text(encoding="utf-8"))
    columns = dict(zip(table["columns"], zip(*table["data"], strict=True), strict=True))
    assert len(columns["id"]) == sum(s.support for s in trained.scores.labels.values())
    assert all(isinstance(right, bool) for right in columns["right"])
    context = ("text", "heading", "topic", "before", "after")
    known = {
        tuple(getattr(s, part) or "" for part in context) for s in read_labelled(reports_folder)
    }
    assert set(zip(*(columns[part] for part in context), strict=True)) <= known
    assert any(columns["before"])


def test_the_model_answers_by_folder_version_and_alias(trained):
    sentence = "听取和审议预算执行情况报告4项，督促4个部门整改。"
    expected = govtext.predict(sentence, model=trained.model)
    assert expected.label == "supervision"
    assert govtext.predict(sentence, model="runs/tiny") == expected
    assert govtext.predict(sentence, model=trained.version.uri) == expected
    assert govtext.predict(sentence, model="models:/tiny-model@challenger") == expected


def test_the_card_says_what_the_run_says(trained):
    card = (trained.model / "README.md").read_text(encoding="utf-8")
    assert f"{trained.scores.macro_f1}" in card
    assert "| train | 30 |" in card
    assert "seed: 0" in card


def test_the_same_seed_gives_the_same_figures(trained, reports_folder):
    again = train_classifier(config(reports_folder, output="runs/again"))
    assert again.scores.metrics("test") == trained.scores.metrics("test")


def test_labels_of_ones_own(store, tmp_path):
    path = tmp_path / "news.csv"
    rows = [
        f"第{i}场球赛结束,体育\n股市第{i}次上涨,财经\n新戏第{i}次公演,文化\n" for i in range(20)
    ]
    path.write_text("text,label\n" + "".join(rows), encoding="utf-8")
    trained = train_classifier(config(path))
    assert set(trained.scores.labels) == {"体育", "文化", "财经"}
    assert trained.scores.functional_macro_f1 is None
    assert govtext.predict("球赛结束", model=trained.model).label == "体育"


def test_a_test_label_that_training_does_not_know(store, reports_folder, tmp_path):
    path = tmp_path / "test.jsonl"
    path.write_text('{"text": "好。", "label": "praise"}\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"test.jsonl:1: label 'praise' is unknown"):
        train_classifier(config(reports_folder, data={"train": reports_folder, "test": path}))


def test_the_order_of_labels():
    assert label_order(["z", "other", "a", "supervision"]) == ["supervision", "other", "a", "z"]
