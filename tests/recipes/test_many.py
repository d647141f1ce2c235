"""Many trainings at once on a store that does not exist yet."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import govtext
from govtext.tracking.store import find_store, open_store

COUNT = 8


@pytest.mark.slow
def test_eight_trainings_on_a_store_that_is_not_there_yet(reports_folder, tmp_path):
    content = {
        "name": "tiny",
        "output": "runs/tiny",
        "data": {"train": str(reports_folder)},
        "model": {"kind": "tfidf", "min_count": 1, "chars": [1, 2], "words": None},
        "tracking": {"experiment": "many", "model": "many"},
    }
    (tmp_path / "tiny.yaml").write_text(yaml.safe_dump(content))
    source = str(Path(govtext.__file__).parent.parent)
    environment = {**os.environ, "PYTHONPATH": source, "OMP_NUM_THREADS": "1"}
    environment.pop("MLFLOW_TRACKING_URI", None)
    command = [sys.executable, "-m", "govtext", "train", "classifier", "tiny.yaml"]
    trainings = [
        subprocess.Popen(
            [*command, f"seed={i}", f"output=runs/{i}"],
            env=environment,
            cwd=tmp_path,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for i in range(COUNT)
    ]
    said = [training.communicate()[1] for training in trainings]
    assert [training.returncode for training in trainings] == [0] * COUNT, said
    assert not list(tmp_path.rglob("*.jsonl"))
    client = open_store(find_store(f"sqlite:///{tmp_path}/mlflow.db"), create=False)
    [experiment] = client.search_experiments(filter_string="name = 'many'")
    runs = client.search_runs([experiment.experiment_id])
    assert [run.info.status for run in runs] == ["FINISHED"] * COUNT
    assert {run.data.params["seed"] for run in runs} == {str(i) for i in range(COUNT)}
    for run in runs:
        assert "test/macro_f1" in run.data.metrics
        assert client.list_artifacts(run.info.run_id, "predictions")
    versions = client.search_model_versions("name='many'")
    assert {version.run_id for version in versions} == {run.info.run_id for run in runs}
