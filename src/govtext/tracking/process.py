"""This process and its machine, and whether a process that once wrote a run is still alive."""

from __future__ import annotations

import hashlib
import os
import socket
from pathlib import Path

from govtext.extras import require

# Start times are read back from the system clock, which may have been corrected meanwhile.
_CLOCK_SECONDS = 5.0


def host_name() -> str:
    """Return the name of this machine."""
    return socket.gethostname()


def machine_id() -> str:
    """Return 12 digits for the space in which a process number means one process.

    Two machines of one name, and two containers on one machine, have different ones.
    """
    parts = [host_name(), _content(Path("/etc/machine-id")), _pid_namespace()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def memory_gib() -> float:
    """Return the memory of this machine in GiB."""
    return float(require("psutil", extra="tracking").virtual_memory().total) / 2**30


def process_start(pid: int) -> float | None:
    """Return when a process of this machine was started, in seconds since 1970.

    None where there is no such process, or it has ended and was not yet collected.
    """
    psutil = require("psutil", extra="tracking")
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        return float(process.create_time())
    except psutil.NoSuchProcess:
        return None


def is_alive(pid: int, started: float) -> bool:
    """Tell whether the process of that number is still the one that was started then."""
    now = process_start(pid)
    return now is not None and abs(now - started) <= _CLOCK_SECONDS


def _pid_namespace() -> str:
    try:
        return os.readlink("/proc/self/ns/pid")
    except OSError:
        return ""


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
