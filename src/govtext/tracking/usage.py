"""How long a piece of work took, and how much memory."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from govtext.extras import require
from govtext.tracking.record import Run

_STATUS = Path("/proc/self/status")
_RESET = Path("/proc/self/clear_refs")


@contextmanager
def usage_in(run: Run) -> Iterator[None]:
    """Record in a run what a block used, also where it ends with an exception.

    `usage/minutes` is wall-clock time, `usage/peak_memory_gib` the highest memory of the process
    in the block (since its start, where the system cannot count anew), and on a GPU
    `usage/peak_gpu_memory_gib` the highest that torch held.
    """
    _count_anew()
    start = time.monotonic()
    try:
        yield
    finally:
        minutes = (time.monotonic() - start) / 60
        run.log_metrics({"usage/minutes": minutes, "usage/peak_memory_gib": _peak_gib()})
        _log_gpu(run)


def _count_anew() -> None:
    """Let the system forget the peak so far; only Linux can."""
    try:
        _RESET.write_text("5", encoding="ascii")
    except OSError:
        return


def _peak_gib() -> float:
    try:
        lines = _STATUS.read_text(encoding="utf-8").splitlines()
        [peak] = [line for line in lines if line.startswith("VmHWM:")]
        return int(peak.split()[1]) / 2**20
    except (OSError, ValueError):
        memory = require("psutil", extra="tracking").Process().memory_info()
        return float(getattr(memory, "peak_wset", memory.rss)) / 2**30


def _log_gpu(run: Run) -> None:
    """Record the GPU of a process that has imported torch; it is not imported for that."""
    torch = sys.modules.get("torch")
    if torch is None or not torch.cuda.is_available():
        return
    run.set_tags({"govtext.gpu": torch.cuda.get_device_name()})
    run.log_metrics({"usage/peak_gpu_memory_gib": torch.cuda.max_memory_allocated() / 2**30})
