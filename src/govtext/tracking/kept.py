"""What a store did not take, on disk: JSON Lines, a file a run, in the folder `unsent`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from govtext.errors import InputError
from govtext.tracking.entries import Batch, Entry, from_line, to_line
from govtext.tracking.process import machine_id, process_start

FOLDER = "unsent"


@dataclass(frozen=True, slots=True)
class Header:
    """The first line of the file.

    Attributes:
        run_id: The run that the entries belong to.
        store: Where it is, without a password.
        since: Local time from which entries were kept.
        machine: Where the process ran that kept them.
        pid: Its number.
        pid_started: When it was started, in seconds since 1970.
    """

    run_id: str
    store: str
    since: str
    machine: str
    pid: int
    pid_started: float | None

    @classmethod
    def of_this_process(cls, run_id: str, store: str) -> Header:
        """Return the header of a file that this process begins now."""
        pid = os.getpid()
        return cls(run_id, store, timestamp(), machine_id(), pid, process_start(pid))


class KeptFile:
    """The entries of one run that wait to be sent; the file exists while there are any."""

    def __init__(self, path: Path) -> None:
        """Name the file, which need not be there."""
        self.path = path

    def __bool__(self) -> bool:
        return self.path.exists()

    def append(self, entry: Entry[Any], header: Header) -> None:
        """Add an entry to the file, which is begun with the header where it is not there.

        Raises:
            OSError: The disk does not take it.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        start = "" if self else json.dumps(asdict(header)) + "\n"
        with self.path.open("a", encoding="utf-8") as file:
            file.write(start + to_line(entry))

    def header(self) -> Header:
        """Return the first line.

        Raises:
            InputError: It is no header.
        """
        with self.path.open(encoding="utf-8") as file:
            try:
                return Header(**json.loads(file.readline()))
            except (ValueError, TypeError) as error:
                raise InputError(f"{self.path}:1: not the head of a file of entries") from error

    def entries(self) -> list[Entry[Any]]:
        """Return the entries in order; batches that follow each other become one.

        A last line that was not written to its end, because the process was killed, is left out.

        Raises:
            InputError: A line is no entry.
        """
        lines = self.path.read_text(encoding="utf-8").splitlines(keepends=True)[1:]
        if lines and not lines[-1].endswith("\n"):
            lines.pop()
        return list(_joined(self._entry(number, line) for number, line in enumerate(lines, 2)))

    def replace(self, entries: Sequence[Entry[Any]]) -> None:
        """Leave only these entries; without any, remove the file."""
        if not entries:
            self.path.unlink()
            return
        head = self.path.read_text(encoding="utf-8").partition("\n")[0] + "\n"
        beside = self.path.with_suffix(".new")
        beside.write_text(head + "".join(map(to_line, entries)), encoding="utf-8")
        os.replace(beside, self.path)

    def _entry(self, number: int, line: str) -> Entry[Any]:
        try:
            return from_line(line)
        except InputError as error:
            raise InputError(f"{self.path}:{number}: {error}") from error


def item_count(entries: Sequence[Entry[Any]]) -> int:
    """Return how many metrics, parameters, tags, data sets, files and the like entries hold."""
    return sum(
        len(entry.metrics) + len(entry.params) + len(entry.tags) if isinstance(entry, Batch) else 1
        for entry in entries
    )


def timestamp() -> str:
    """Return the local time to the second, with its offset."""
    return datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")


def _joined(entries: Iterator[Entry[Any]]) -> Iterator[Entry[Any]]:
    batch = Batch()
    for entry in entries:
        if isinstance(entry, Batch):
            batch += entry
            continue
        if batch != Batch():
            yield batch
        batch = Batch()
        yield entry
    if batch != Batch():
        yield batch
