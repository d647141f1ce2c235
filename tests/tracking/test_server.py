"""Runs on a real MLflow server, with PostgreSQL and with SQLite behind it, that may go away."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from govtext.errors import TrackingError
from govtext.tracking import find_store, start_run
from govtext.tracking.store import open_store
from tests.tracking.servers import free_port, serving

pytestmark = pytest.mark.slow
STEPS = 60
WRITER = f"""
from govtext.tracking import start_run
with start_run(experiment="e", name="writer", config={{"a": 1}}, seed=0) as run:
    for step in range({STEPS}):
        run.log_metrics({{"train/loss": step / 7, "train/rate": 0.1}}, step=step)
    run.log_table([{{"text": "听取报告。"}}] * 50, "predictions/test.json")
"""
# A training that waits at some points for what its test does to the server.
TRAINING = """
import sys
from govtext.tracking import outbox, run, start_run
outbox._RETRY_SECONDS = 0.0
outbox._MOST_SHARE = 1e9
run._PATIENCE = 0.0
with start_run(experiment="e", name="n", config={}, seed=0) as run:
    print(run.id, flush=True)
    for step in range(30):
        if step in (10, 20):
            print(step, flush=True)
            sys.stdin.readline()
        run.log_metrics({"train/loss": step / 7}, step=step)
    run.log_text("done", "report.md")
"""


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """Start a PostgreSQL cluster of the tests' own, and return the address of its database."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        pytest.skip("PostgreSQL is not installed")
    pytest.importorskip("psycopg2")
    # It refuses to run as root; Debian's package makes a user for it. Folders of pytest are closed
    # to other users.
    user = {"user": "postgres", "group": "postgres", "extra_groups": []} if not os.getuid() else {}
    with tempfile.TemporaryDirectory(prefix="govtext-", ignore_cleanup_errors=True) as home:
        if user:
            shutil.chown(home, user["user"], user["group"])
        port = free_port()

        def run(program: str, *arguments: str) -> None:
            command = [str(programs[-1] / program), "--pgdata", f"{home}/data", *arguments]
            subprocess.run(command, check=True, cwd=home, stdout=subprocess.DEVNULL, **user)

        run("initdb", "--username", "mlflow", "--auth", "trust", "--no-sync")
        options = f"-c listen_addresses=127.0.0.1 -p {port} -k {home} -c fsync=off"
        run("pg_ctl", "--log", f"{home}/log", "--wait", "--timeout", "300", "-o", options, "start")
        try:
            yield f"postgresql+psycopg2://mlflow@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "--mode", "immediate", "stop")


@pytest.fixture(scope="module", params=["postgresql", "sqlite"])
def backend(request, tmp_path_factory, empty_database) -> tuple[str, Path]:
    """Return the address of a database and the folder of the server that uses it."""
    home = tmp_path_factory.mktemp("server")
    if request.param == "postgresql":
        return request.getfixturevalue("postgresql"), home
    shutil.copy(empty_database, home / "mlflow.db")
    return f"sqlite:///{home}/mlflow.db", home


@contextmanager
def mlflow_server(backend: tuple[str, Path], port: int) -> Iterator[str]:
    uri, home = backend
    command = [sys.executable, "-m", "mlflow", "server", "--backend-store-uri", uri]
    command += ["--artifacts-destination", str(home / "kept"), "--workers", "1"]
    with serving([*command, "--port", str(port)], port, home / "server.log") as address:
        yield address


@pytest.fixture
def outside(tmp_path, monkeypatch) -> Path:
    """A folder to work in, far from the server's."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _start(code: str, address: str, folder: Path) -> subprocess.Popen[str]:
    import govtext

    source = str(Path(govtext.__file__).parent.parent)
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": source, "MLFLOW_TRACKING_URI": address},
        cwd=folder,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _losses(client, run_id: str) -> list[tuple[int, float]]:
    return [(m.step, m.value) for m in client.get_metric_history(run_id, "train/loss")]


def test_several_processes_write_without_losing_a_row(backend, outside):
    with mlflow_server(backend, free_port()) as address:
        writers = [_start(WRITER, address, outside) for _ in range(4)]
        said = [writer.communicate() for writer in writers]
        assert [writer.returncode for writer in writers] == [0] * 4, said
        client = open_store(find_store(address), create=False)
        identity = client.get_experiment_by_name("e").experiment_id
        runs = client.search_runs([identity], "attributes.run_name = 'writer'")
        assert [run.info.status for run in runs] == ["FINISHED"] * 4
        for run in runs:
            assert _losses(client, run.info.run_id) == [(i, i / 7) for i in range(STEPS)]
            assert [item.path for item in client.list_artifacts(run.info.run_id, "predictions")]
        assert not (outside / "mlruns").exists()


def test_server_goes_away_and_comes_back(backend, outside):
    port = free_port()
    with mlflow_server(backend, port) as address:
        training = _start(TRAINING, address, outside)
        run_id = training.stdout.readline().strip()
        assert training.stdout.readline() == "10\n"
    _go_on(training)
    assert training.stdout.readline() == "20\n", training.stderr.read()
    with mlflow_server(backend, port) as address:
        _go_on(training)
        _, said = training.communicate()
        assert training.returncode == 0, said
        assert "Connection refused. The work goes on, and what the store does not take" in said
        assert "answers: 10 items of the run that were kept are sent" in said
        assert "Traceback" not in said
        client = open_store(find_store(address), create=False)
        found = client.get_run(run_id)
        assert found.info.status == "FINISHED"
        assert _losses(client, run_id) == [(i, i / 7) for i in range(30)]
        assert found.data.tags["govtext.sent_later"].endswith(": 10 items")
    assert not list(outside.rglob("*.jsonl"))


def test_server_that_never_comes_back_leaves_a_file_that_can_be_sent(backend, outside):
    port = free_port()
    with mlflow_server(backend, port) as address:
        training = _start(TRAINING, address, outside)
        run_id = training.stdout.readline().strip()
        assert training.stdout.readline() == "10\n"
    _go_on(training)
    _go_on(training)
    _, said = training.communicate()
    assert training.returncode == 0
    command = said.rstrip().rpartition(": ")[2].split()
    assert command == ["govtext", "runs", "send", str(outside)]
    failed = _govtext(command, address)
    assert failed.returncode == 1
    assert "does not answer" in failed.stderr
    with mlflow_server(backend, port) as address:
        sent = _govtext(command, address)
        assert (sent.returncode, sent.stdout) == (0, f"run {run_id}: complete\n"), sent.stderr
        client = open_store(find_store(address), create=False)
        assert client.get_run(run_id).info.status == "FINISHED"
        assert _losses(client, run_id) == [(i, i / 7) for i in range(30)]
        assert [item.path for item in client.list_artifacts(run_id)].count("report.md") == 1


def _go_on(training: subprocess.Popen[str]) -> None:
    training.stdin.write("\n")
    training.stdin.flush()


def _govtext(command: list[str], address: str) -> subprocess.CompletedProcess[str]:
    import govtext

    source = str(Path(govtext.__file__).parent.parent)
    return subprocess.run(
        [sys.executable, "-m", *command],
        env={**os.environ, "PYTHONPATH": source, "MLFLOW_TRACKING_URI": address},
        capture_output=True,
        text=True,
    )


def test_no_server_at_all(outside):
    settings = {"experiment": "e", "name": "n", "config": {}, "seed": 0}
    store = find_store(f"http://127.0.0.1:{free_port()}")
    refused = pytest.raises(TrackingError, match="does not answer: .* refused; is it running")
    with refused, start_run(**settings, store=store):
        pass
