"""The way of what a run records to its store, which may be away for a while.

What the store does not take is kept on disk and sent when the store answers again; so a store that
fails never stops a training, and nothing that was recorded is lost.
"""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path
from typing import Any, TypeVar

from govtext.errors import GovtextError, TrackingError
from govtext.tracking.backend import quick_requests, reason, store_errors
from govtext.tracking.entries import Batch, Entry
from govtext.tracking.kept import FOLDER, Header, KeptFile, item_count, timestamp
from govtext.tracking.store import Store

SENT_LATER = "govtext.sent_later"
_log = logging.getLogger(__name__)
_RETRY_SECONDS = 15.0
# Attempts at a store that hangs until they time out take this share of a training at most.
_MOST_SHARE = 0.05
_PAUSE_SECONDS = 2.0
# A server that takes longer for one answer is away too.
_SECONDS = 30
_MOST_GAPS = 50
Answer = TypeVar("Answer")


class Outbox:
    """Sends the entries of a run, and keeps those that the store does not take.

    Attributes:
        kept: The entries that wait.
        reason: Why the store did not take the last of them.
    """

    def __init__(self, client: Any, store: Store, run_id: str, folder: Path) -> None:
        """Start with what an earlier process may have left in the folder."""
        self.kept = KeptFile(folder.absolute() / FOLDER / f"{run_id}.jsonl")
        self.reason = ""
        self._client = client
        self._store = store
        self._run_id = run_id
        self._lock = threading.RLock()
        self._away = False
        self._next_try = 0.0
        self._said = ""
        self._gaps: list[str] = []

    def post(self, entry: Entry[Answer]) -> Answer | None:
        """Send an entry and return the answer, or keep the entry and return None.

        Raises:
            GovtextError: The entry itself is wrong, or can be neither sent nor kept.
        """
        with self._lock:
            if not self._away or (time.monotonic() >= self._next_try and self.flush()):
                try:
                    return self._send(entry)
                except TrackingError as error:
                    self._note(error)
            self._keep(entry)
            return None

    def flush(self) -> bool:
        """Send what is kept, in order, as far as the store takes it; tell whether it answers."""
        with self._lock:
            self._away = False
            if not self.kept:
                return True
            since, entries = self.kept.header().since, self.kept.entries()
            refused = self._refused(entries)
            self.kept.replace(refused)
            if sent := item_count(entries) - item_count(refused):
                self._tell(sent, since)
            if not refused:
                self._said = ""
            return not self._away

    def finish(self, patience: float) -> None:
        """Go on trying for some seconds, then say what to do with what is still kept."""
        if self._away and patience:
            _log.warning("%s is away: waiting up to %.0f s for it", self._store, patience)
        end = time.monotonic() + patience
        while not self.flush() and time.monotonic() < end:
            time.sleep(_PAUSE_SECONDS)
        if self.kept:
            folder = self.kept.path.parent.parent
            _log.warning(
                "%s. What the run could not record is kept in %s.%s Send it when the store takes "
                "it: govtext runs send %s",
                *(self.reason, self.kept.path, self.way_back(), folder),
            )

    def way_back(self) -> str:
        """Return what must be done before a run that was deleted takes anything."""
        try:
            with store_errors(str(self._store)), quick_requests(_SECONDS):
                stage = self._client.get_run(self._run_id).info.lifecycle_stage
        except TrackingError:
            return ""
        if stage == "active":
            return ""
        return f" The run was deleted: mlflow runs restore --run-id {self._run_id}."

    def _refused(self, entries: list[Entry[Any]]) -> list[Entry[Any]]:
        """Send entries and return those that the store did not take."""
        refused: list[Entry[Any]] = []
        for number, entry in enumerate(entries):
            try:
                self._send(entry)
            except GovtextError as error:  # also a model whose folder is gone meanwhile
                self._note(error)
                refused.append(entry)
            if self._away:
                return refused + entries[number + 1 :]
        return refused

    def _send(self, entry: Entry[Answer]) -> Answer:
        start = time.monotonic()
        try:
            with store_errors(f"run {self._run_id} in {self._store}"), quick_requests(_SECONDS):
                return entry.send(self._client, self._store, self._run_id)
        finally:
            now = time.monotonic()
            self._next_try = now + max(_RETRY_SECONDS, (now - start) / _MOST_SHARE)

    def _note(self, error: GovtextError) -> None:
        self.reason = str(error)
        self._away = not _is_refusal(error)

    def _keep(self, entry: Entry[Any]) -> None:
        try:
            self.kept.append(entry, Header.of_this_process(self._run_id, str(self._store)))
        except OSError as error:
            raise TrackingError(
                f"{self.reason}; and {self.kept.path} cannot be written: {reason(error)}"
            ) from error
        if self._said != self.reason:
            self._said = self.reason
            _log.warning(
                "%s. The work goes on, and what the store does not take is kept in %s",
                *(self.reason, self.kept.path),
            )

    def _tell(self, sent: int, since: str) -> None:
        """Say in the log and in the run that entries came late."""
        _log.warning("%s answers: %d items of the run that were kept are sent", self._store, sent)
        self._gaps.append(f"{since} to {timestamp()}: {sent} items")
        try:
            self._send(Batch(tags={SENT_LATER: "; ".join(self._gaps[-_MOST_GAPS:])}))
        except TrackingError as error:
            self._note(error)


def _is_refusal(error: GovtextError) -> bool:
    """Tell whether it is for the entry itself that it was not taken."""
    status = getattr(error.__cause__, "get_http_status_code", lambda: 500)()
    return not isinstance(error, TrackingError) or int(status) < 500
