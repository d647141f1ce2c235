"""The pages of a store in a browser."""

from __future__ import annotations

import os
import shlex
import socket
import subprocess
import sys

from govtext.errors import TrackingError
from govtext.tracking.backend import without_password
from govtext.tracking.store import Store, find_store, open_store
from govtext.tracking.termination import signals_raise

_HOST = "127.0.0.1"
_QUIET = {"MLFLOW_DISABLE_TELEMETRY": "true", "MLFLOW_MODEL_CATALOG_URI": ""}


def page(store: Store, path: str, *, port: int = 5000) -> str:
    """Return the address of a page of a store, in MLflow's view for model training."""
    base = f"http://{_HOST}:{port}" if store.database else without_password(store.uri)
    return f"{base}/#/{path}?workflowType=machine_learning"


def ui_command(store: Store | None = None, *, port: int = 5000) -> str | None:
    """Return the shell command that serves the pages of a store at http://127.0.0.1:port.

    None for a server, which serves its own.
    """
    store = store or find_store()
    if store.database is None:
        return None
    settings = " ".join(f"{name}={value}" for name, value in _QUIET.items())
    return f"{settings} {shlex.join(['mlflow', *_arguments(store, port)])}"


def serve_ui(store: Store | None = None, *, port: int = 5000) -> None:
    """Serve the pages of a store at http://127.0.0.1:port until Ctrl-C.

    Raises:
        TrackingError: The store is not there or is a server itself, the port is taken, or the
            server ends by itself.
    """
    store = store or find_store()
    if store.database is None:
        raise TrackingError(f"the experiments are on a server already: open {store} in a browser")
    open_store(store, create=False)
    _check_port(port)
    command = [sys.executable, "-m", "mlflow", *_arguments(store, port)]
    with signals_raise():
        process = subprocess.Popen(command, env={**_QUIET, **os.environ})  # noqa: S603
        try:
            code = process.wait()
        except KeyboardInterrupt:  # the server has got it too
            process.wait()
            return
        finally:
            process.terminate()
    raise TrackingError(f"the MLflow server on port {port} ended by itself with code {code}")


def _arguments(store: Store, port: int) -> list[str]:
    where = ["--host", _HOST, "--port", str(port), "--workers", "1"]
    return ["server", "--backend-store-uri", store.uri, *where]


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError as error:
            raise TrackingError(
                f"port {port} of {_HOST}: {error.strerror}; name another"
            ) from error
