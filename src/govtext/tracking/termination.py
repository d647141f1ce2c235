"""How a run ends: signals become exceptions, exceptions become the status of the run."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Literal, NoReturn

Status = Literal["FINISHED", "FAILED", "KILLED"]


class TerminatedError(SystemExit):
    """The process was asked to end by a signal; its exit code is 128 and the signal's number."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.signal_name = signal.Signals(number).name

    def __str__(self) -> str:
        return f"the process was ended by {self.signal_name}"


@contextmanager
def signals_raise() -> Iterator[None]:
    """Let SIGTERM and SIGHUP raise `TerminatedError` inside a block, as Ctrl-C raises already.

    Only in the main thread, where Python allows it, and only for signals that would otherwise
    end the process on the spot: handlers of the application and `nohup` stay in force.
    """
    taken = _unhandled() if threading.current_thread() is threading.main_thread() else []
    owner = os.getpid()

    def handle(number: int, frame: FrameType | None) -> NoReturn:
        if os.getpid() != owner:  # a forked worker, which is none of our business
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        raise TerminatedError(number)

    for number in taken:
        signal.signal(number, handle)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def status_of(error: BaseException) -> Status:
    """Return the status of a run that an exception ended."""
    if isinstance(error, (KeyboardInterrupt, TerminatedError)):
        return "KILLED"
    if isinstance(error, SystemExit) and error.code in (None, 0):
        return "FINISHED"
    return "FAILED"


def _unhandled() -> list[signal.Signals]:
    names = ("SIGTERM", "SIGHUP")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    return [number for number in numbers if signal.getsignal(number) == signal.SIG_DFL]
