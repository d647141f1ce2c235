"""One training by two processes, as `accelerate launch` starts them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import govtext
from govtext.config import ClassifierConfig
from govtext.errors import InputError
from govtext.processes import is_main_process, process_count, share_of_batch
from govtext.recipes.classifier import train_classifier
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


def test_classifier_is_trained_by_one_process(monkeypatch):
    monkeypatch.setenv("WORLD_SIZE", "2")
    with pytest.raises(InputError, match="a classifier is trained by one process, but 2 were"):
        train_classifier(ClassifierConfig.model_construct())


@pytest.fixture
def config(reports_folder, tiny_seq2seq, tmp_path):
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


def _train(launcher: list[str], config: Path, *overrides: str) -> subprocess.CompletedProcess[str]:
    source = str(Path(govtext.__file__).parent.parent)
    return subprocess.run(
        [sys.executable, *launcher, "-m", "govtext", "train", "summarizer", config, *overrides],
        env={**os.environ, "PYTHONPATH": source, "OMP_NUM_THREADS": "1"},
        cwd=config.parent,
        capture_output=True,
        text=True,
    )


def _launcher() -> list[str]:
    options = ["--multi_gpu", "--num_processes", "2", "--num_machines", "1"]
    options += ["--mixed_precision", "no", "--dynamo_backend", "no"]
    return ["-m", "accelerate.commands.launch", *options, "--main_process_port", str(free_port())]


@pytest.mark.slow
def test_two_processes_train_as_one_does_and_leave_one_run(store, client, config):
    pytest.importorskip("accelerate")
    alone = _train([], config, "name=alone", "output=runs/alone")
    assert alone.returncode == 0, alone.stderr
    together = _train(_launcher(), config, "name=together", "output=runs/together")
    assert together.returncode == 0, together.stderr
    assert together.stderr.count("govtext: training on") == 1
    [experiment] = client.search_experiments(filter_string="name = 'tiny-experiment'")
    runs = {run.info.run_name: run for run in client.search_runs([experiment.experiment_id])}
    assert set(runs) == {"alone seed=0", "together seed=0"}
    first, second = runs["alone seed=0"], runs["together seed=0"]
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
    assert (config.parent / "runs" / "together" / "model" / "govtext.json").is_file()


@pytest.mark.slow
def test_batch_that_two_processes_cannot_share(store, config):
    pytest.importorskip("accelerate")
    done = _train(_launcher(), config, "training.batch_size=7")
    assert done.returncode != 0
    assert "batch_size is 7, which 2 processes cannot share evenly" in done.stderr
