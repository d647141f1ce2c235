"""Stores on disks that cannot be written."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from govtext.errors import TrackingError
from govtext.tracking import find_runs, start_run
from govtext.tracking.store import find_store


@pytest.fixture
def disk(tmp_path):
    """A disk of two megabytes of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a disk can only be mounted by root")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _start(store, experiment="e"):
    return start_run(experiment=experiment, name="x", config={}, seed=0, store=store)


def test_a_store_that_can_only_be_read(store, disk, capfd):
    with _start(store):
        pass
    shutil.copy(store.database, disk / "mlflow.db")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    read_only = find_store(f"sqlite:///{disk}/mlflow.db")
    assert [run.name for run in find_runs(store=read_only)] == ["x"]
    with pytest.raises(TrackingError) as caught, _start(read_only):
        pass
    assert str(caught.value) == (
        f"experiment store {disk}/mlflow.db: attempt to write a readonly database"
    )
    assert capfd.readouterr() == ("", "")
