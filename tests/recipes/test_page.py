"""What a reviewer reads on a run's page."""

from pathlib import Path

import pytest

from govtext.recipes.classifier import train_classifier
from govtext.recipes.mistakes import label_mistakes, summary_mistakes
from govtext.recipes.promotion import promote
from govtext.tracking import find_runs
from tests.recipes.test_classifier import config


@pytest.fixture
def artifact(client):
    def read(run, path):
        return Path(client.download_artifacts(run.id, path)).read_text(encoding="utf-8")

    return read


def test_a_page_answers_what_a_reviewer_asks(store, reports_folder, client, artifact):
    train_classifier(config(reports_folder))
    promote("tiny-model")
    train_classifier(
        config(reports_folder, name="closer", question="Closer, and better?",
               model={"kind": "tfidf", "min_count": 1, "chars": [1, 3], "words": None})
    )  # fmt: skip
    first, second = find_runs(experiment="tiny-experiment")
    heads = [run.tags["mlflow.note.content"].splitlines() for run in (first, second)]
    assert heads[0][0].startswith("**Macro-F1 ")
    assert heads[0][2] == "- beside the champion: there is none yet"
    assert heads[1][2].startswith(f"- beside the champion ({first}): ")
    assert heads[1][2].endswith("(paired bootstrap over reports)")
    assert heads[1][3].startswith("- gets wrong: ")
    assert f"test `reports` ({second.data['test'][1]})" in heads[1][4]
    assert "the test split has 20 sentences of 2 reports" in heads[1][4]
    assert heads[1][5] == f"- changed against {first}: `model.chars` [1, 2] → [1, 3]"
    assert heads[1][6] == "- question: Closer, and better?"
    assert second.tags["govtext.kind"] == "tfidf"
    assert len(second.tags["govtext.data_version"]) == 12
    assert first.tags["govtext.data_version"] == second.tags["govtext.data_version"]
    assert second.tags["govtext.memory"].endswith("GiB")
    assert 0 < second.metrics["usage/minutes"] < 10
    assert 0.05 < second.metrics["usage/peak_memory_gib"] < 100
    pictures = {item.path for item in client.list_artifacts(second.id, "figures")}
    assert {f"figures/{name}.png" for name in (
        "confusion_matrix_test", "reliability_test", "risk_coverage_test", "labels", "length_test",
    )} <= pictures  # fmt: skip
    assert artifact(second, "mistakes.md").startswith("# ")


def test_mistakes_are_told_the_surest_first_and_as_text():
    rows = [
        {"id": f"r/{i}", "text": f"**第{i}句** | <b>", "label": "other", "predicted": guess,
         "score": i / 10, "heading": ""}
        for i, guess in enumerate(["supervision", "other", "supervision"])
    ]  # fmt: skip
    text = label_mistakes(rows)
    assert text.startswith("# 2 of 3 sentences are labelled wrong\n")
    assert text.splitlines()[-2:] == [
        r"| 0.20 | other | supervision | \*\*第2句\*\* \| &lt;b> |  | r/2 |",
        r"| 0.00 | other | supervision | \*\*第0句\*\* \| &lt;b> |  | r/0 |",
    ]


def test_the_worst_summaries_are_told():
    row = {"id": "r/1", "kind": "headline", "ROUGE-L": 0.1, "output": "三项<i>", "reference": "两项",
           "source": "听取两项报告。", "unsupported": "三项"}  # fmt: skip
    text = summary_mistakes([row] + [{**row, "unsupported": ""}] * 50)
    assert text.startswith("# 1 of 51 summaries say what their source does not\n")
    assert "- **output**: 三项&lt;i>" in text
    assert "- **not in the source**: nothing" in text
    assert text.count("## ") == 40


def test_a_run_that_names_what_it_is_based_on(store, reports_folder):
    train_classifier(config(reports_folder))
    train_classifier(config(reports_folder, name="same", based_on="tiny seed=0"))
    first, second = find_runs(experiment="tiny-experiment")
    head = second.tags["mlflow.note.content"]
    assert f"changed against {first}: nothing in the configuration" in head


def test_a_base_that_is_not_there_costs_no_training(store, reports_folder, caplog):
    trained = train_classifier(config(reports_folder, based_on="gone"))
    assert trained.version.version == 1
    assert "not compared with other runs: no finished run 'gone' in" in caplog.text
