"""A real SQLite store for each test, copied from one that is made once: making it takes seconds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import govtext
from govtext.bundle.manifest import write_manifest
from govtext.tracking.store import Store, find_store, open_store

_SOURCES = Path(govtext.__file__).parent.parent


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("store") / "mlflow.db"
    open_store(find_store(f"sqlite:///{database}"), create=True)
    return database


@pytest.fixture
def store(empty_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The default store of the current folder, which is a new one."""
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    monkeypatch.chdir(tmp_path)
    shutil.copy(empty_database, tmp_path / "mlflow.db")
    yield find_store()


@pytest.fixture
def client(store: Store):
    return open_store(store, create=False)


def make_model(parent: Path, task: str) -> Path:
    """Write a model folder that is complete, but that only a stand-in can run."""
    folder = parent / f"{task} 模型"
    (folder / "parts").mkdir(parents=True)
    (folder / "parts" / "weights.json").write_text("[1, 2]", encoding="utf-8")
    write_manifest(folder, task=task, kind="stub", settings={})
    return folder


@pytest.fixture
def model_folder(store: Store, tmp_path: Path) -> Callable[[str], Path]:
    return lambda task: make_model(tmp_path, task)


@pytest.fixture
def start_script(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start a Python script in a process of its own, in the test's folder."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str) -> subprocess.Popen[str]:
        script = tmp_path / f"script{len(started)}.py"
        script.write_text(code, encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": str(_SOURCES), "OMP_NUM_THREADS": "1"}
        environment.pop("MLFLOW_TRACKING_URI", None)
        process = subprocess.Popen(
            [sys.executable, str(script)],
            cwd=tmp_path,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
