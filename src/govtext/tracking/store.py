"""Where experiments are recorded: which store, and how it is opened.

The store is the one that MLFLOW_TRACKING_URI names: an MLflow server (http, https) or an SQLite
file. Where it is not set, it is `mlflow.db` in the current folder, which is also where
`mlflow server` typed in that folder looks. The artifacts of an SQLite store lie in `mlruns/`
beside it. Stores in plain folders are refused, as MLflow no longer keeps them.
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govtext.errors import TrackingError
from govtext.extras import require
from govtext.tracking.backend import (
    load_mlflow,
    quick_requests,
    reason,
    store_errors,
    without_password,
)

DATABASE_NAME = "mlflow.db"
_URI = "MLFLOW_TRACKING_URI"
_OTHER_SCHEMA = re.compile(r"out-of-date database schema \(found version (\w+), but expected (\w+)")
# Processes that start together wait for each other; on a busy machine each takes long.
_LOCK_SECONDS = 600
_BUSY_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Store:
    """An experiment store.

    Attributes:
        uri: The MLflow tracking URI.
        database: The SQLite file, absolute; None for a server.
    """

    uri: str
    database: Path | None

    def __str__(self) -> str:
        """Return the store as people may see it, without a password."""
        return str(self.database) if self.database else without_password(self.uri)


def find_store(uri: str | None = None) -> Store:
    """Return the store that a tracking URI names, without touching it.

    Args:
        uri: None takes MLFLOW_TRACKING_URI, or else `mlflow.db` in the current folder.

    Raises:
        TrackingError: The URI names a kind of store that is not supported.
    """
    uri = uri or os.environ.get(_URI) or f"sqlite:///{DATABASE_NAME}"
    scheme = uri.partition(":")[0]
    if scheme in ("http", "https"):
        return Store(uri.rstrip("/"), None)
    if scheme == "sqlite":
        return _sqlite_store(uri)
    raise TrackingError(
        f"MLFLOW_TRACKING_URI {without_password(uri)!r}: not a store that can be used; give "
        "sqlite:////folder/mlflow.db or the http address of an MLflow server"
    )


def open_store(store: Store, *, create: bool) -> Any:
    """Connect to a store and return MLflow's client of it.

    Args:
        store: The store.
        create: Make an SQLite store that is not there yet.

    Raises:
        TrackingError: The store is not there, does not answer or refuses.
    """
    if store.database is None:
        return _open_server(store)
    _check_path(store.database, create=create)
    mlflow = load_mlflow()  # takes seconds, in which others need not wait
    try:
        with database_lock(store), store_errors(f"experiment store {store}"):
            _check_database(store.database, create=create)
            return mlflow.MlflowClient(tracking_uri=store.uri)
    except TrackingError as error:
        if found := _OTHER_SCHEMA.search(str(error)):
            raise TrackingError(
                f"experiment store {store}: made by another version of MLflow (its tables are "
                f"{found[1]}, needed are {found[2]}). An older store: copy the file, then run "
                f"mlflow db upgrade {store.uri}. A newer one needs a newer MLflow"
            ) from error
        raise


def ensure_experiment(client: Any, store: Store, name: str) -> str:
    """Return the id of an experiment, which is made where it does not exist.

    Raises:
        TrackingError: The experiment was deleted, or the store refuses the name.
    """
    with database_lock(store), store_errors(f"experiment {name!r} in {store}"):
        found = client.get_experiment_by_name(name)
        if found is None:
            return _create_experiment(client, store, name)
    if found.lifecycle_stage != "active":
        raise TrackingError(
            f"experiment {name!r} in {store} was deleted; choose another name or restore it: "
            f"mlflow experiments restore -x {found.experiment_id}"
        )
    return str(found.experiment_id)


@contextmanager
def database_lock(store: Store) -> Iterator[None]:
    """Keep other processes from making the tables of a store at the same time.

    MLflow itself does not: several processes on a fresh file leave it broken. Where the folder
    cannot be written, nobody can make tables, and nothing is locked.

    Raises:
        TrackingError: Other processes hold the lock for ten minutes.
    """
    if store.database is None:
        yield
        return
    path = store.database.with_name(store.database.name + ".lock")
    try:
        path.touch()
    except OSError:
        yield
        return
    filelock = require("filelock", extra="tracking")
    lock = filelock.FileLock(path, timeout=_LOCK_SECONDS)
    with store_errors(f"experiment store {store}"):
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def as_default(store: Store) -> Iterator[None]:
    """Make a store MLflow's default for a block, and put its environment variable back.

    MLflow looks some addresses up in its default store, whichever client it is asked through.
    """
    mlflow = load_mlflow()
    before = os.environ.get(_URI)
    mlflow.set_tracking_uri(store.uri)
    try:
        yield
    finally:
        mlflow.set_tracking_uri(None)
        if before is not None:
            os.environ[_URI] = before


def _sqlite_store(uri: str) -> Store:
    load_mlflow()
    sqlalchemy = require("sqlalchemy", extra="tracking")
    with store_errors(f"MLFLOW_TRACKING_URI {uri!r}"):
        name = sqlalchemy.make_url(uri).database
    _, mark, options = uri.partition("?")
    if not name or name == ":memory:":
        raise TrackingError(f"MLFLOW_TRACKING_URI {uri!r}: names no file to keep the runs in")
    database = Path(name).absolute()
    plain = f"sqlite:///{database}"
    if sqlalchemy.make_url(plain).database != str(database):
        raise TrackingError(
            f"experiment store {database}: the path holds a character such as % or ? that an "
            "SQLite address cannot; use another folder, or name one in MLFLOW_TRACKING_URI"
        )
    return Store(plain + mark + options, database)


def _check_path(database: Path, *, create: bool) -> None:
    """See that there is a file, or a folder to make one in."""
    if not create and not database.exists():
        raise TrackingError(
            f"{database}: no experiment store there; run from the folder that holds it, or name "
            "it in MLFLOW_TRACKING_URI"
        )
    with store_errors(f"experiment store {database}"):
        if create:
            database.parent.mkdir(parents=True, exist_ok=True)
    if database.is_dir():
        raise TrackingError(f"experiment store {database}: a folder, but an SQLite file is needed")


def _check_database(database: Path, *, create: bool) -> None:
    """See that SQLite can use the file: MLflow would retry for minutes before it says no."""
    try:
        with closing(sqlite3.connect(database, timeout=_BUSY_SECONDS)) as connection:
            if create:
                _try_to_write(connection)
            else:
                connection.execute("SELECT * FROM sqlite_master")
    except sqlite3.Error as error:
        raise TrackingError(f"experiment store {database}: {reason(error)}") from error


def _try_to_write(connection: sqlite3.Connection) -> None:
    """Write what is there already, and take it back: on a read-only disk, a lock says nothing."""
    connection.execute("BEGIN IMMEDIATE")
    [version] = connection.execute("PRAGMA user_version").fetchone()
    connection.execute(f"PRAGMA user_version = {int(version)}")
    connection.rollback()


def _open_server(store: Store) -> Any:
    """Connect, and let a first request fail quickly rather than after minutes of retries."""
    client = load_mlflow().MlflowClient(tracking_uri=store.uri)
    try:
        with store_errors(f"the MLflow server {store} does not answer"), quick_requests(10):
            client.search_experiments(max_results=1)
    except TrackingError as error:
        raise TrackingError(f"{error}; is it running, is MLFLOW_TRACKING_URI right?") from error
    return client


def _create_experiment(client: Any, store: Store, name: str) -> str:
    exceptions = require("mlflow.exceptions", extra="tracking")
    try:
        return str(client.create_experiment(name, artifact_location=_artifacts(store, name)))
    except exceptions.MlflowException as error:
        if error.error_code != "RESOURCE_ALREADY_EXISTS":
            raise
        return str(client.get_experiment_by_name(name).experiment_id)


def _artifacts(store: Store, name: str) -> str | None:
    """Return where the files of an experiment go: beside the database, not the current folder."""
    if store.database is None:
        return None
    folder = re.sub(r"[^\w-]+", "_", name)
    if folder != name:
        folder += "-" + hashlib.sha256(name.encode()).hexdigest()[:6]
    return (store.database.parent / "mlruns" / folder).as_uri()
