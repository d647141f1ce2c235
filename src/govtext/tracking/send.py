"""Send, after a training, what its store did not take."""

from __future__ import annotations

import os
from pathlib import Path

from govtext.errors import MissingFileError, TrackingError
from govtext.tracking.kept import FOLDER, Header, KeptFile
from govtext.tracking.outbox import Outbox
from govtext.tracking.process import is_alive, machine_id
from govtext.tracking.store import find_store, open_store


def send_kept(folder: Path) -> list[str]:
    """Send what the trainings of an output folder kept, and return the ids of their runs.

    To the store of MLFLOW_TRACKING_URI, or else to the one that the training recorded in.

    Args:
        folder: The output folder of a training.

    Raises:
        MissingFileError: Nothing is kept there.
        InputError: A file is not one that a training wrote.
        TrackingError: The store does not answer, or refuses some of it, which is kept further;
            or the training still runs.
    """
    files = sorted((folder / FOLDER).glob("*.jsonl"))
    if not files:
        raise MissingFileError(f"{folder}: nothing is kept there to be sent ({FOLDER}/*.jsonl)")
    return [_send(KeptFile(path), folder) for path in files]


def _send(kept: KeptFile, folder: Path) -> str:
    header = kept.header()
    _refuse_open(header)
    store = find_store(os.environ.get("MLFLOW_TRACKING_URI") or _uri(header.store))
    outbox = Outbox(open_store(store, create=False), store, header.run_id, folder)
    outbox.flush()
    if kept:
        raise TrackingError(
            f"{outbox.reason}.{outbox.way_back()} The rest is still kept in {kept.path}; the run "
            f"was recorded in {header.store}"
        )
    return header.run_id


def _refuse_open(header: Header) -> None:
    ours = header.machine == machine_id() and header.pid_started is not None
    if ours and is_alive(header.pid, header.pid_started or 0.0):
        raise TrackingError(
            f"run {header.run_id}: process {header.pid} still writes it, and sends what is kept "
            "itself"
        )


def _uri(store: str) -> str:
    return store if store.startswith("http") else f"sqlite:///{store}"
