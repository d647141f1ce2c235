from __future__ import annotations

import http.server
import os
import sqlite3
import sys
import threading
from pathlib import Path

import pytest

from govtext.errors import TrackingError
from govtext.tracking import store as store_module
from govtext.tracking.store import ensure_experiment, find_store, open_store


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    monkeypatch.chdir(tmp_path)


def _refused(uri: str, *, create: bool = True) -> str:
    with pytest.raises(TrackingError) as caught:
        open_store(find_store(uri), create=create)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_default_is_the_file_in_the_current_folder(tmp_path):
    assert find_store().database == tmp_path / "mlflow.db"
    assert find_store().uri == f"sqlite:///{tmp_path}/mlflow.db"


def test_old_file_store_in_the_folder_changes_nothing(tmp_path):
    (tmp_path / "mlruns" / "0").mkdir(parents=True)
    (tmp_path / "mlruns" / "0" / "meta.yaml").write_text("{}")
    assert find_store().database == tmp_path / "mlflow.db"


def test_environment_variable_is_honoured(tmp_path, monkeypatch):
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "sqlite:///sub/runs.db?timeout=5")
    assert find_store().database == tmp_path / "sub" / "runs.db"
    assert find_store().uri.endswith("/sub/runs.db?timeout=5")
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://tracking.example:5000/")
    assert find_store().database is None
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "")
    assert find_store().database == tmp_path / "mlflow.db"


@pytest.mark.parametrize("uri", ["./mlruns", "file:///tmp/x", "databricks", "postgresql://a:b@h/d"])
def test_other_kinds_of_store(uri):
    message = _refused(uri)
    assert "not a store that can be used; give sqlite:////folder/mlflow.db or the http" in message
    assert "a:b" not in message


@pytest.mark.parametrize("uri", ["sqlite://", "sqlite:///:memory:"])
def test_store_in_memory(uri):
    assert _refused(uri).endswith("names no file to keep the runs in")


def test_malformed_address():
    assert "Could not parse" in _refused("sqlite:nonsense")


def test_path_that_an_address_cannot_hold():
    assert "character such as % or ?" in _refused("sqlite:///a%3Fb/mlflow.db")


def test_no_store_is_made_where_one_is_only_read(tmp_path):
    message = _refused("sqlite:///none.db", create=False)
    assert message.startswith(f"{tmp_path}/none.db: no experiment store there; run from the folder")
    assert os.listdir(tmp_path) == []


def test_path_is_a_folder(tmp_path):
    (tmp_path / "runs.db").mkdir()
    assert _refused("sqlite:///runs.db").endswith("a folder, but an SQLite file is needed")


def test_file_is_no_database(tmp_path):
    (tmp_path / "runs.db").write_text("some notes, not a database\n" * 100)
    assert _refused("sqlite:///runs.db").endswith("runs.db: file is not a database")


def test_folder_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("")
    assert "file" in _refused("sqlite:///file/mlflow.db")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder that nobody can write")
def test_folder_cannot_be_written():
    assert "unable to open database file" in _refused("sqlite:////proc/mlflow.db")


def test_database_is_locked(empty_database, tmp_path, monkeypatch):
    monkeypatch.setattr(store_module, "_BUSY_SECONDS", 0.1)
    database = tmp_path / "mlflow.db"
    database.write_bytes(empty_database.read_bytes())
    holder = sqlite3.connect(database)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        assert _refused(f"sqlite:///{database}").endswith("mlflow.db: database is locked")
    finally:
        holder.close()


def test_lock_is_held_too_long(store, monkeypatch):
    monkeypatch.setattr(store_module, "_LOCK_SECONDS", 0.1)
    locked, done = threading.Event(), threading.Event()

    def hold() -> None:
        with store_module.database_lock(store):
            locked.set()
            done.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    locked.wait(10)
    try:
        assert "mlflow.db.lock' could not be acquired" in _refused(store.uri)
    finally:
        done.set()
        thread.join()


@pytest.mark.parametrize("version", ["451aebb31d03", "ffffffffffff"])
def test_database_of_another_mlflow(empty_database, tmp_path, version):
    database = tmp_path / "mlflow.db"
    database.write_bytes(empty_database.read_bytes())
    with sqlite3.connect(database) as connection:
        connection.execute(f"UPDATE alembic_version SET version_num = '{version}'")
    message = _refused("")
    assert f"made by another version of MLflow (its tables are {version}, needed are" in message
    assert f"copy the file, then run mlflow db upgrade sqlite:///{database}. " in message


@pytest.mark.parametrize("uri", ["http://127.0.0.1:9", "http://name:secret@127.0.0.1:9"])
def test_server_does_not_answer(uri):
    message = _refused(uri)
    assert message.startswith("the MLflow server http://127.0.0.1:9 does not answer: Failed to")
    assert message.endswith("refused; is it running, is MLFLOW_TRACKING_URI right?")


def test_server_is_no_mlflow():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        assert "error code 501" in _refused(f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        server.server_close()


def test_artifacts_lie_beside_the_database_wherever_it_is_used_from(
    store, client, tmp_path, monkeypatch
):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    first = ensure_experiment(client, store, "分类 1")
    assert ensure_experiment(client, store, "分类 1") == first
    assert ensure_experiment(client, store, "分类_1") != first
    places = {item.artifact_location for item in client.search_experiments()}
    assert f"{(tmp_path / 'mlruns' / '分类_1').as_uri()}" in places
    assert list(elsewhere.iterdir()) == []


def test_experiment_name_cannot_lead_out_of_the_folder(store, client, tmp_path):
    identity = ensure_experiment(client, store, "../../x")
    place = client.get_experiment(identity).artifact_location
    assert place.startswith((tmp_path / "mlruns").as_uri() + "/_x-")


def test_deleted_experiment_is_named_with_the_way_back(store, client):
    identity = ensure_experiment(client, store, "old")
    client.delete_experiment(identity)
    with pytest.raises(
        TrackingError, match=f"was deleted; .* mlflow experiments restore -x {identity}"
    ):
        ensure_experiment(client, store, "old")


def test_import_is_light(start_script):
    heavy = ("mlflow", "sqlalchemy", "pandas", "matplotlib", "sklearn", "torch", "psutil")
    process = start_script(
        "import sys, govtext.tracking, govtext.tracking.figures\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    assert process.communicate() == ("[]\n", "")


def test_missing_mlflow_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "mlflow", None)
    from govtext.errors import MissingDependencyError

    with pytest.raises(MissingDependencyError, match=r"pip install 'govtext\[tracking\]'"):
        open_store(find_store("http://127.0.0.1:9"), create=True)


@pytest.mark.slow
def test_four_processes_on_a_fresh_store(start_script, tmp_path):
    code = (
        "from govtext.tracking import start_run\n"
        "with start_run(experiment='e', name='n', config={'a': 1}, seed=0) as run:\n"
        "    run.log_metrics({'test/f1': 0.5})\n"
    )
    processes = [start_script(code) for _ in range(4)]
    assert [process.communicate() for process in processes] == [("", "")] * 4
    assert [process.returncode for process in processes] == [0] * 4
    client = open_store(find_store(f"sqlite:///{tmp_path}/mlflow.db"), create=False)
    identity = client.get_experiment_by_name("e").experiment_id
    runs = client.search_runs([identity])
    assert [(run.info.status, run.data.metrics) for run in runs] == [
        ("FINISHED", {"test/f1": 0.5})
    ] * 4
