from __future__ import annotations

import signal
import socket
import time
import urllib.request

import pytest

from govtext.errors import TrackingError
from govtext.tracking.store import find_store
from govtext.tracking.ui import page, serve_ui, ui_command


def test_page_and_command():
    store = find_store("sqlite:////data/my runs/mlflow.db")
    assert page(store, "experiments/1") == (
        "http://127.0.0.1:5000/#/experiments/1?workflowType=machine_learning"
    )
    assert ui_command(store, port=5001) == (
        "MLFLOW_DISABLE_TELEMETRY=true MLFLOW_MODEL_CATALOG_URI= mlflow server "
        "--backend-store-uri 'sqlite:////data/my runs/mlflow.db' --host 127.0.0.1 "
        "--port 5001 --workers 1"
    )
    server = find_store("https://me:pw@tracking.example/")
    assert ui_command(server) is None
    assert page(server, "x") == "https://tracking.example/#/x?workflowType=machine_learning"


def test_server_is_not_served_again():
    with pytest.raises(TrackingError, match=r"on a server already: open https://tracking.example"):
        serve_ui(find_store("https://me:pw@tracking.example/"))


def test_port_is_taken(store):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(TrackingError, match=f"port {port} of 127.0.0.1: .* in use; name anot"):
            serve_ui(store, port=port)


def test_no_store_to_show(tmp_path, monkeypatch):
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(TrackingError, match="no experiment store there"):
        serve_ui()


@pytest.mark.slow
def test_pages_are_served_until_the_process_ends(store, start_script):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = start_script(f"from govtext.tracking import serve_ui\nserve_ui(port={port})\n")
    assert _answers(port, tries=600)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode == 143
    assert not _answers(port, tries=1)


def _answers(port: int, *, tries: int) -> bool:
    for _ in range(tries):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5).close()
            return True
        except OSError:
            time.sleep(0.1)
    return False
