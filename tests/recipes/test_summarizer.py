import pytest

import govtext
from govtext.config import SummarizerConfig
from govtext.recipes.summarizer import train_summarizer

pytestmark = pytest.mark.slow


def config(folder, base, **blocks):
    return SummarizerConfig.model_validate(
        {
            "name": "tiny",
            "output": "runs/tiny",
            "data": {"train": folder},
            "model": {"base": str(base), "max_source_tokens": 120, "max_summary_tokens": 40},
            "training": {"epochs": 1, "batch_size": 8, "save_every": 2, "bf16": False},
            "tracking": {"experiment": "tiny-experiment", "model": "tiny-model"},
            **blocks,
        }
    )


@pytest.fixture
def trained(store, reports_folder, tiny_seq2seq):
    return train_summarizer(config(reports_folder, tiny_seq2seq))


def test_a_training_leaves_a_run_a_reviewer_can_read(trained, client):
    [experiment] = client.search_experiments(filter_string="name = 'tiny-experiment'")
    [run] = client.search_runs([experiment.experiment_id])
    assert run.info.status == "FINISHED"
    steps = [m.step for m in client.get_metric_history(run.info.run_id, "train/loss")]
    assert len(steps) > 1
    assert "validation/loss" in run.data.metrics
    assert "test/headline/rouge_l" in run.data.metrics
    paths = {item.path for item in client.list_artifacts(run.info.run_id)}
    assert {"figures", "figures.json", "summaries"} <= paths


def test_baselines_stand_beside_the_model(trained):
    methods = {(row.kind, row.method) for row in trained.judged.rows}
    assert {
        ("headline", "lead"), ("headline", "first clause"), ("headline", "TextRank"),
        ("section", "oracle"), ("section", "untuned"),
    } <= methods  # fmt: skip
    worst = trained.judged.worst
    assert [bool(row["unsupported"]) for row in worst] == sorted(
        (bool(row["unsupported"]) for row in worst), reverse=True
    )


def test_the_model_answers_by_folder_and_alias(trained):
    text = "听取和审议预算执行情况报告，督促部门整改。" * 8
    expected = govtext.summarize(text, max_chars=60, model=trained.model)
    assert 0 < len(expected.text) <= 60
    found = govtext.summarize(text, max_chars=60, model="models:/tiny-model@challenger")
    assert found == expected


def test_training_goes_on_from_a_trained_model(trained, reports_folder):
    again = train_summarizer(config(reports_folder, trained.model, output="runs/again"))
    assert (again.model / "govtext.json").is_file()
