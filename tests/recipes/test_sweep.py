"""Sweeps and cross-validations with real, tiny trainings."""

import json
import signal
import time

import pytest
import yaml

from govtext.errors import ConfigError, DataError, InputError, TrackingError
from govtext.recipes import family
from govtext.recipes.comparison import compare_runs
from govtext.recipes.cross_validation import cross_validate
from govtext.recipes.sweep import run_sweep
from govtext.tracking import find_runs
from tests.recipes.test_classifier import config
from tests.tracking.conftest import start_script

__all__ = ["start_script"]

KEY = "model.inverse_regularization"


@pytest.fixture
def write_sweep(store, reports_folder, tmp_path):
    """Write a sweep and its base configuration."""

    def write(**fields):
        base = tmp_path / "base.yaml"
        values = config(reports_folder).model_dump(mode="json")
        base.write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
        content = {
            "name": "c", "task": "classifier", "base": str(base),
            "space": {KEY: [1.0, 8.0]}, **fields,
        }  # fmt: skip
        path = tmp_path / "sweep.yaml"
        path.write_text(yaml.safe_dump(content), encoding="utf-8")
        return path

    return write


def stop_after(count, monkeypatch):
    """Let Ctrl-C come in the middle of the training after so many."""
    train, started = family.train_classifier, []

    def interrupted(config):
        started.append(config)
        if len(started) > count:
            raise KeyboardInterrupt
        return train(config)

    monkeypatch.setattr(family, "train_classifier", interrupted)
    return started


def test_a_grid_leaves_a_parent_its_trials_and_one_candidate(write_sweep, client):
    result = run_sweep(write_sweep(question="How much?"))
    assert [len(result.trials), result.trials[0].trial.score] == [
        2, max(item.trial.score for item in result.trials),
    ]  # fmt: skip
    parent = client.get_run(result.run_id)
    assert parent.info.status == "FINISHED"
    assert parent.data.tags["mlflow.note.content"].startswith("**Best of 2 trials: validation/")
    assert "Question: How much?" in parent.data.tags["mlflow.note.content"]
    children = find_runs(parent_id=result.run_id)
    assert [child.params[KEY] for child in children] == ["1.0", "8.0"]
    [version] = client.search_model_versions("name='tiny-model'")
    assert version.run_id == result.trials[0].run.id
    assert client.get_registered_model("tiny-model").aliases == {"challenger": version.version}
    assert len(compare_runs(parent_id=result.run_id[:8]).parts[0].runs) == 2


def test_a_stopped_sweep_goes_on(write_sweep, monkeypatch, client):
    path = write_sweep()
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        stop_after(1, patch)
        run_sweep(path)
    [parent] = find_runs(status="KILLED")
    started = stop_after(9, monkeypatch)
    result = run_sweep(path)
    assert result.run_id == parent.id
    assert len(started) == 1
    assert len(result.trials) == 2
    parent = client.get_run(parent.id)
    assert parent.info.status == "FINISHED"
    assert "govtext.error" not in parent.data.tags


def test_a_finished_sweep_is_not_run_again_unless_asked(write_sweep, monkeypatch):
    path = write_sweep(space={KEY: [1.0]})
    first = run_sweep(path)
    started = stop_after(9, monkeypatch)
    with pytest.raises(TrackingError, match="is finished, with the same configuration and data"):
        run_sweep(path)
    assert not started
    assert run_sweep(path, again=True).run_id != first.run_id


def test_other_values_are_another_sweep(write_sweep):
    first = run_sweep(write_sweep(space={KEY: [1.0]}))
    assert run_sweep(write_sweep(space={KEY: [2.0]})).run_id != first.run_id


def test_a_wrong_value_is_told_before_anything_is_trained(write_sweep):
    with pytest.raises(ConfigError, match=r"inverse_regularization: Input should be greater"):
        run_sweep(write_sweep(space={KEY: [1.0, -1.0]}))
    with pytest.raises(ConfigError, match="unknown key"):
        run_sweep(write_sweep(space={"model.depth": [1]}))
    assert find_runs(status=None) == []


def test_a_metric_that_no_run_has(write_sweep):
    with pytest.raises(TrackingError, match=r"no metric 'validation/rouge'; it has validation/acc"):
        run_sweep(write_sweep(space={KEY: [1.0]}, metric="validation/rouge"))


def test_every_report_is_tested_on_once(store, reports_folder, client):
    result = cross_validate(config(reports_folder, data={"train": reports_folder}), folds=3)
    children = find_runs(parent_id=result.run_id)
    assert [child.name for child in children] == [f"tiny fold {i} seed=0" for i in (1, 2, 3)]
    with open(client.download_artifacts(result.run_id, "predictions/test.json")) as file:
        table = json.load(file)
    ids = [row[table["columns"].index("id")] for row in table["data"]]
    assert len(ids) == len(set(ids)) == 60
    assert len(result.folds) == 3
    assert not client.search_registered_models()
    [part] = compare_runs().parts
    assert part.runs[0].run.id == result.run_id
    assert (part.examples, part.reports) == (60, 6)


def test_a_stopped_cross_validation_goes_on(store, reports_folder, monkeypatch, caplog):
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        stop_after(2, patch)
        cross_validate(config(reports_folder), folds=3)
    started = stop_after(9, monkeypatch)
    caplog.clear()
    caplog.set_level("INFO", "govtext")
    assert len(cross_validate(config(reports_folder), folds=3).folds) == 3
    said = [record.getMessage() for record in caplog.records]
    assert [line for line in said if line.endswith(" of 3")] == ["fold 3 of 3"]
    assert [item.name for item in started] == ["tiny fold 3"]


def test_more_folds_than_reports(store, reports_folder):
    with pytest.raises(DataError, match="6 reports cannot be dealt to 7 folds"):
        cross_validate(config(reports_folder), folds=7)
    with pytest.raises(InputError, match="folds is 1"):
        cross_validate(config(reports_folder), folds=1)


@pytest.mark.slow
def test_a_machine_that_is_switched_off_in_the_middle(write_sweep, start_script):
    path = write_sweep(space={KEY: [1.0, 2.0, 4.0, 8.0]})
    code = f"from pathlib import Path\nfrom govtext.recipes.sweep import run_sweep\nrun_sweep(Path({str(path)!r}))"
    process = start_script(code)
    while len(trials()) < 2:
        assert process.poll() is None, process.communicate()
        time.sleep(0.2)
    with pytest.raises(TrackingError, match=r"process \d+ on .* is at it"):
        run_sweep(path)
    process.send_signal(signal.SIGKILL)
    process.wait()
    finished = [run for run in trials() if run.status == "FINISHED"]
    result = run_sweep(path)
    assert len(result.trials) == 4
    states = [run.status for run in trials()]
    assert (states.count("KILLED"), states.count("FINISHED")) == (1, 4)
    assert {run.id for run in finished} <= {item.run.id for item in result.trials}


def trials():
    """Return the runs of the only sweep's trials, whatever became of them."""
    parents = find_runs(status=None)
    return find_runs(parent_id=parents[0].id, status=None) if parents else []
