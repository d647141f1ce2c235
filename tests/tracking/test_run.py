from __future__ import annotations

import json
import math
import os
import threading
from pathlib import Path

import pytest
import yaml

from govtext.errors import InputError, InputTypeError, MissingFileError
from govtext.tracking import figures, start_run
from govtext.tracking.ui import page

CONFIG = {"model": {"kind": "tfidf", "lr": 0.1}, "data": {"train": "数据.jsonl"}, "seed": 9}


def _start(**options):
    options = {"experiment": "e", "name": "tfidf seed=3", "config": CONFIG, "seed": 3, **options}
    return start_run(**options)


@pytest.fixture
def recorded(store, client):
    """Return a function that reads a run back, and one that reads its files."""

    def read(run):
        return client.get_run(run.id)

    def artifact(run, path: str) -> str:
        return Path(client.download_artifacts(run.id, path)).read_text(encoding="utf-8")

    read.artifact = artifact
    return read


def test_what_is_recorded_at_the_start(recorded):
    with _start(tags={"govtext.task": "classifier"}, description="**0.80** macro F1") as run:
        pass
    found = recorded(run)
    assert found.info.status == "FINISHED"
    assert found.info.run_name == "tfidf seed=3"
    assert found.data.params == {
        "model.kind": "tfidf",
        "model.lr": "0.1",
        "data.train": "数据.jsonl",
        "seed": "3",
    }
    tags = found.data.tags
    assert tags["govtext.pid"] == str(os.getpid())
    assert tags["govtext.task"] == "classifier"
    assert tags["mlflow.note.content"] == "**0.80** macro F1"
    assert tags["govtext.git"].startswith("not a git repository")
    assert {"govtext.version", "govtext.python", "govtext.cpu", "govtext.host"} <= set(tags)
    assert yaml.safe_load(recorded.artifact(run, "config.yaml")) == CONFIG
    assert "数据.jsonl" in recorded.artifact(run, "config.yaml")
    assert "numpy==" in recorded.artifact(run, "environment/packages.txt")


def test_commit_and_changes_of_the_repository(recorded, tmp_path):
    from tests.tracking.test_git import _git

    folder = tmp_path / "repository"
    folder.mkdir()
    _git(folder, "init", "--quiet", "--initial-branch=main")
    (folder / "a.txt").write_text("1\n")
    _git(folder, "add", ".")
    _git(folder, "commit", "--quiet", "--message=one")
    (folder / "a.txt").write_text("2\n")
    with _start(repo=folder) as run:
        pass
    tags = recorded(run).data.tags
    assert tags["mlflow.source.git.commit"] == _git(folder, "rev-parse", "HEAD")
    assert tags["mlflow.source.git.branch"] == "main"
    assert tags["mlflow.source.git.dirty"] == "true"
    assert "-1\n+2" in recorded.artifact(run, "git/diff.txt")
    assert recorded.artifact(run, "git/status.txt") == " M a.txt\n"


def test_metrics_with_steps_odd_names_and_no_number(recorded, client):
    with _start() as run:
        run.log_metrics({"test/macro_f1": 0.8, "test/f1/协商 (A&B)": float("nan"), "x": math.inf})
        for step in range(3):
            run.log_metrics({"train/loss": 1 / (step + 1)}, step=step)
        run.log_metrics({})
        with pytest.raises(InputTypeError, match="metric 'a': a number is needed, not None"):
            run.log_metrics({"a": None})
    metrics = recorded(run).data.metrics
    assert metrics["test/macro_f1"] == 0.8
    assert any(name.startswith("test/f1/协商 _A_B_-") for name in metrics)
    assert math.isfinite(metrics["x"])
    history = client.get_metric_history(run.id, "train/loss")
    assert [(item.step, item.value) for item in history] == [(0, 1.0), (1, 0.5), (2, 1 / 3)]


def test_many_metrics_at_once(recorded):
    with _start() as run:
        run.log_metrics({f"m{i}": i for i in range(1500)})
    assert len(recorded(run).data.metrics) == 1500


def test_metrics_from_another_thread(recorded):
    with _start() as run:
        thread = threading.Thread(target=run.log_metrics, args=({"a": 1.0},))
        thread.start()
        thread.join()
    assert recorded(run).data.metrics == {"a": 1.0}


def test_run_in_another_thread_than_the_main_one(recorded):
    runs = []

    def work() -> None:
        with _start() as run:
            runs.append(run)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert recorded(runs[0]).info.status == "FINISHED"


def test_long_parameter_is_whole_in_the_configuration(recorded):
    with _start(config={"labels": ["标签"] * 3000}) as run:
        pass
    assert "the whole is in config.yaml]" in recorded(run).data.params["labels"]
    assert yaml.safe_load(recorded.artifact(run, "config.yaml")) == {"labels": ["标签"] * 3000}


def test_three_hundred_parameters(recorded):
    with _start(config={f"p{i}": i for i in range(300)}) as run:
        pass
    assert len(recorded(run).data.params) == 301


def test_dataset_digest_changes_with_any_byte(recorded, tmp_path):
    data = tmp_path / "数据.jsonl"
    data.write_text("a\n" * 20_000)
    with _start() as run:
        first = run.log_dataset(data, name="pairs", split="train", rows=20_000)
        data.write_text("a\n" * 15_000 + "b\n" + "a\n" * 4_999)
        second = run.log_dataset(data, name="pairs", split="test", rows=20_000)
        run.log_dataset(data, name="part", split="validation", rows=10, digest="seed-3")
    assert first != second
    found = {
        entry.tags[0].value: (entry.dataset.name, entry.dataset.digest, entry.dataset.profile)
        for entry in recorded(run).inputs.dataset_inputs
    }
    assert found == {
        "train": ("pairs", first, '{"num_rows": 20000}'),
        "test": ("pairs", second, '{"num_rows": 20000}'),
        "validation": ("part", "seed-3", '{"num_rows": 10}'),
    }


def test_dataset_of_a_folder(recorded, tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text("一")
    with _start() as run:
        first = run.log_dataset(folder, name="reports", split="train", rows=1)
        (folder / "a.txt").rename(folder / "b.txt")
        assert run.log_dataset(folder, name="reports", split="test", rows=1) != first


def test_dataset_mistakes(recorded, tmp_path):
    with _start() as run:
        with pytest.raises(MissingFileError, match="no such file or folder of data"):
            run.log_dataset(tmp_path / "gone", name="x", split="train", rows=1)
        with pytest.raises(InputError, match="at most 36 characters"):
            run.log_dataset(tmp_path, name="x", split="train", rows=1, digest="0" * 37)


def test_table_is_whole_and_logged_once(recorded):
    rows = [{"text": "听取报告", "right": True, "p": {"a": 0.1}}, {"text": "二", "note": None}]
    with _start() as run:
        run.log_table(rows, "predictions/test.json")
        run.log_table([], "predictions/none.json")
        with pytest.raises(InputError, match="'predictions/test.json' is logged already"):
            run.log_table(rows, "predictions/test.json")
        with pytest.raises(InputError, match=r"must end in \.json"):
            run.log_table(rows, "predictions/test.csv")
    table = json.loads(recorded.artifact(run, "predictions/test.json"))
    assert table == {
        "columns": ["text", "right", "p", "note"],
        "data": [["听取报告", True, {"a": 0.1}, None], ["二", None, None, None]],
    }


def test_texts_settings_and_figures(recorded, client):
    with _start() as run:
        run.log_text("结果 \ud800 好\n", "report.md")
        run.log_yaml({"标签": ("监督",), "path": Path("a")}, "extra/settings.yaml")
        run.log_figure(figures.confusion_matrix(["a"], [[1]]), "figures/confusion_matrix.png")
        with pytest.raises(InputError, match="give a relative path"):
            run.log_text("x", "../report.md")
    assert recorded.artifact(run, "report.md") == "结果 \\ud800 好\n"
    assert recorded.artifact(run, "extra/settings.yaml") == "标签:\n- 监督\npath: a\n"
    png = Path(client.download_artifacts(run.id, "figures/confusion_matrix.png")).read_bytes()
    assert png.startswith(b"\x89PNG")


def test_long_description_is_kept_whole(recorded):
    with _start() as run:
        run.set_description("长" * 9000)
    note = recorded(run).data.tags["mlflow.note.content"]
    assert len(note) == 8000
    assert note.endswith("… the whole is in the artifact `description.md`")
    assert recorded.artifact(run, "description.md") == "长" * 9000


def test_part_of_another_run(recorded):
    with _start() as parent, _start(name="seed=1", parent_id=parent.id) as child:
        pass
    assert recorded(child).data.tags["mlflow.parentRunId"] == parent.id


def test_link(recorded, store):
    with _start() as run:
        assert run.link == page(store, f"experiments/{run.experiment_id}/runs/{run.id}")


def test_environment_is_as_before(store, monkeypatch):
    monkeypatch.setenv("MLFLOW_TRACKING_URI", store.uri)
    before = dict(os.environ)
    with _start():
        assert os.environ == before
    assert os.environ == before


def test_nothing_is_written_to_the_terminal(recorded, capfd):
    with _start() as run:
        run.log_metrics({"a": 1})
        run.log_table([{"a": 1}], "t.json")
    assert capfd.readouterr() == ("", "")
