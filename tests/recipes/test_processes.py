"""One training by two processes, as `accelerate launch` starts them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

import govtext
from govtext.config import ClassifierConfig
from govtext.errors import InputError
from govtext.processes import is_main_process, process_count, share_of_batch
from govtext.recipes.classifier import train_classifier
from govtext.recipes.cross_validation import cross_validate
from tests.tracking.servers import free_port


def test_a_program_that_nobody_launched_is_the_main_process(monkeypatch):
    for name in ("RANK", "WORLD_SIZE"):
        monkeypatch.delenv(name, raising=False)
    assert (process_count(), is_main_process(), share_of_batch(7)) == (1, True, 7)


def test_batch_is_shared_evenly_or_not_at_all(monkeypatch):
    monkeypatch.setenv("WORLD_SIZE", "4")
    monkeypatch.setenv("RANK", "1")
    assert (process_count(), is_main_process(), share_of_batch(8)) == (4, False, 2)
    with pytest.raises(InputError, match="batch_size is 6, which 4 processes cannot share evenly"):
        share_of_batch(6)


def classifier(base: Path | None, data: Path, **model) -> dict[str, Any]:
    """Return a configuration of a tiny classifier; a step has all 30 training sentences."""
    settings = {"kind": "encoder", "base": str(base), "epochs": 3, "batch_size": 30,
                "learning_rate": 5e-3, "dropout": 0.0, "bf16": False, "save_every": 1}  # fmt: skip
    return {
        "name": "tiny",
        "output": "runs/tiny",
        "data": {"train": str(data)},
        "context": {"parts": ["heading"], "dropout": 0.0},
        "model": {**settings, **model},
        "tracking": {"experiment": "tiny-experiment", "model": "tiny-model"},
    }


def test_linear_classifier_is_made_by_one_process(monkeypatch, store, reports_folder):
    monkeypatch.setenv("WORLD_SIZE", "2")
    content = classifier(None, reports_folder) | {"model": {"kind": "tfidf"}}
    with pytest.raises(InputError, match="a classifier of kind tfidf is made by one process, but"):
        train_classifier(ClassifierConfig.model_validate(content))
    assert not Path("runs").exists()


def test_batch_of_a_classifier_that_cannot_be_shared(monkeypatch, store, reports_folder):
    monkeypatch.setenv("WORLD_SIZE", "2")
    content = classifier(reports_folder, reports_folder, batch_size=7)
    with pytest.raises(InputError, match="batch_size is 7, which 2 processes cannot share evenly"):
        train_classifier(ClassifierConfig.model_validate(content))
    assert not Path("runs").exists()


def test_sweeps_and_cross_validations_are_made_by_one_process(monkeypatch, store, reports_folder):
    monkeypatch.setenv("WORLD_SIZE", "2")
    content = classifier(reports_folder, reports_folder)
    with pytest.raises(InputError, match="a cross-validation is made by one process, but 2 were"):
        cross_validate(ClassifierConfig.model_validate(content), folds=2)


@pytest.fixture
def summarizer_config(reports_folder, tiny_seq2seq, tmp_path):
    content = {
        "name": "tiny",
        "output": "runs/tiny",
        "data": {"train": str(reports_folder)},
        "model": {"base": str(tiny_seq2seq), "max_source_tokens": 120, "max_summary_tokens": 40},
        "training": {"epochs": 1, "batch_size": 8, "save_every": 2, "bf16": False},
        "tracking": {"experiment": "tiny-experiment", "model": "tiny-model"},
    }
    path = tmp_path / "tiny.yaml"
    path.write_text(yaml.safe_dump(content))
    return path


def _train(
    launcher: list[str], config: Path, *overrides: str, task: str = "summarizer"
) -> subprocess.CompletedProcess[str]:
    source = str(Path(govtext.__file__).parent.parent)
    return subprocess.run(
        [sys.executable, *launcher, "-m", "govtext", "train", task, config, *overrides],
        env={**os.environ, "PYTHONPATH": source, "OMP_NUM_THREADS": "1"},
        cwd=config.parent,
        capture_output=True,
        text=True,
    )


def _runs(client) -> tuple[Any, Any]:
    """Return the runs called alone and together; there are no others."""
    [experiment] = client.search_experiments(filter_string="name = 'tiny-experiment'")
    runs = {run.info.run_name: run for run in client.search_runs([experiment.experiment_id])}
    assert set(runs) == {"alone seed=0", "together seed=0"}
    return runs["alone seed=0"], runs["together seed=0"]


def _launcher() -> list[str]:
    options = ["--multi_gpu", "--num_processes", "2", "--num_machines", "1"]
    options += ["--mixed_precision", "no", "--dynamo_backend", "no"]
    return ["-m", "accelerate.commands.launch", *options, "--main_process_port", str(free_port())]


@pytest.mark.slow
def test_two_processes_train_as_one_does_and_leave_one_run(store, client, summarizer_config):
    pytest.importorskip("accelerate")
    alone = _train([], summarizer_config, "name=alone", "output=runs/alone")
    assert alone.returncode == 0, alone.stderr
    together = _train(_launcher(), summarizer_config, "name=together", "output=runs/together")
    assert together.returncode == 0, together.stderr
    assert together.stderr.count("govtext: training on") == 1
    first, second = _runs(client)
    assert second.info.status == "FINISHED"
    assert second.data.tags["govtext.processes"] == "2"
    histories = [
        client.get_metric_history(run.info.run_id, "train/loss") for run in (first, second)
    ]
    steps = [[item.step for item in history] for history in histories]
    assert steps[0] == steps[1]
    assert second.data.metrics["validation/loss"] == pytest.approx(
        first.data.metrics["validation/loss"], rel=0.02
    )
    assert len(client.search_model_versions("name='tiny-model'")) == 2
    assert (summarizer_config.parent / "runs" / "together" / "model" / "govtext.json").is_file()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["encoder", "contrastive"])
def test_two_processes_train_the_classifier_that_one_does(
    kind, store, client, reports_folder, tiny_encoder, tmp_path
):
    pytest.importorskip("accelerate")
    path = tmp_path / "tiny.yaml"
    path.write_text(yaml.safe_dump(classifier(tiny_encoder, reports_folder, kind=kind)))
    norms = []
    for name, launcher in (("alone", []), ("together", _launcher())):
        done = _train(launcher, path, f"name={name}", f"output=runs/{name}", task="classifier")
        assert done.returncode == 0, done.stderr
        assert done.stderr.count("govtext: training on") == 1
        norms.append(
            [float(norm) for norm in re.findall(r"'grad_norm': '([\d.e-]+)'", done.stdout)]
        )
    assert len(norms[0]) == 3
    assert norms[1] == pytest.approx(norms[0], rel=0.01)
    first, second = _runs(client)
    assert (first.info.status, second.info.status) == ("FINISHED", "FINISHED")
    assert second.data.tags["govtext.processes"] == "2"
    losses = [
        [(item.step, item.value) for item in client.get_metric_history(run.info.run_id, name)]
        for name in ("train/loss", "validation/loss")
        for run in (first, second)
    ]
    assert [step for step, _ in losses[0]] == [1, 2, 3]
    assert losses[1] == [(step, pytest.approx(loss, rel=1e-3)) for step, loss in losses[0]]
    # Rows that fill up a short batch count twice in it.
    assert losses[3] == [(step, pytest.approx(loss, rel=0.1)) for step, loss in losses[2]]
    texts = ["听取和审议预算执行情况报告。", "举办代表履职培训班。"]
    scores = [
        govtext.classify.predict_columns(texts, model=tmp_path / "runs" / name).probabilities
        for name in ("alone", "together")
    ]
    np.testing.assert_allclose(scores[1], scores[0], atol=0.01)
    assert len(client.search_model_versions("name='tiny-model'")) == 2
    again = _train(_launcher(), path, "name=together", "output=runs/together", "model.epochs=4",
                   task="classifier")  # fmt: skip
    assert again.returncode != 0
    assert "holds checkpoints of a run with another base" in again.stderr


@pytest.mark.slow
def test_batch_that_two_processes_cannot_share(store, summarizer_config):
    pytest.importorskip("accelerate")
    done = _train(_launcher(), summarizer_config, "training.batch_size=7")
    assert done.returncode != 0
    assert "batch_size is 7, which 2 processes cannot share evenly" in done.stderr
