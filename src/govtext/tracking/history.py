"""What earlier runs recorded, read back."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from govtext.errors import TrackingError
from govtext.tracking.backend import store_errors
from govtext.tracking.reap import pages, reap
from govtext.tracking.store import Store, ensure_experiment, find_store, open_store

_SHORTEST_PREFIX = 6


@dataclass(frozen=True, slots=True)
class RecordedRun:
    """A run as the store holds it.

    Attributes:
        id: Its id, 32 digits.
        name: Its name.
        experiment: The name of its experiment.
        status: FINISHED, FAILED, KILLED or RUNNING.
        started: When it was started.
        parent_id: The run that it is part of, None for one of its own.
        params: Its flat parameters.
        metrics: The last value of each of its metrics.
        tags: Its tags.
        data: Split to the name and the digest of its data set.
    """

    id: str
    name: str
    experiment: str
    status: str
    started: datetime
    parent_id: str | None
    params: dict[str, str] = field(repr=False)
    metrics: dict[str, float] = field(repr=False)
    tags: dict[str, str] = field(repr=False)
    data: dict[str, tuple[str, str]] = field(repr=False)

    def __str__(self) -> str:
        """Return the name and the first digits of the id."""
        return f"{self.name} ({self.id[:8]})"


def find_runs(
    wanted: Sequence[str] = (),
    *,
    experiment: str | None = None,
    tags: Mapping[str, str] | None = None,
    parent_id: str | None = None,
    status: str | None = "FINISHED",
    store: Store | None = None,
) -> list[RecordedRun]:
    """Return runs, the earliest first.

    Args:
        wanted: Names, names with `*`, ids or at least six first digits of ids; each must match.
            Empty takes all runs that are part of no other.
        experiment: The name of their experiment; None searches all.
        tags: Tags that they must have.
        parent_id: The id, or its first digits, of the run that they are part of.
        status: Their status; None takes any.
        store: None takes the one of `find_store`.

    Raises:
        TrackingError: There is no such experiment, nothing matches one of `wanted`, or the store
            is not there, does not answer or refuses.
    """
    store = store or find_store()
    found = [
        run
        for run in _all_runs(open_store(store, create=False), store, experiment)
        if (status is None or run.status == status)
        and (parent_id is None or (run.parent_id or "").startswith(parent_id))
        and all(run.tags.get(key) == value for key, value in (tags or {}).items())
    ]
    if not wanted:
        return [run for run in found if parent_id is not None or run.parent_id is None]
    for pattern in wanted:
        if not any(_matches(run, pattern) for run in found):
            raise TrackingError(_no_match(pattern, found, experiment, status, store))
    return [run for run in found if any(_matches(run, pattern) for pattern in wanted)]


def read_run(run_id: str, *, store: Store | None = None) -> RecordedRun:
    """Return one run by its id.

    Raises:
        TrackingError: There is no such run, or the store fails.
    """
    store = store or find_store()
    client = open_store(store, create=False)
    with store_errors(f"run {run_id} in {store}"):
        run = client.get_run(run_id)
        experiment = client.get_experiment(run.info.experiment_id)
    return _record(run, experiment.name)


def read_table(run: RecordedRun, path: str, *, store: Store | None = None) -> list[dict[str, Any]]:
    """Return a table that a run logged as rows.

    Raises:
        TrackingError: The run has no such table, it is damaged, or the store fails.
    """
    store = store or find_store()
    client = open_store(store, create=False)
    with (
        tempfile.TemporaryDirectory() as scratch,
        store_errors(f"{path} of run {run} in {store}"),
    ):
        file = Path(client.download_artifacts(run.id, path, scratch))
        content = file.read_text(encoding="utf-8")
    try:
        table = json.loads(content)
        return [dict(zip(table["columns"], row, strict=True)) for row in table["data"]]
    except (ValueError, KeyError, TypeError) as error:
        raise TrackingError(f"{path} of run {run} in {store}: not a table: {error}") from error


def read_curve(run_id: str, metric: str, *, store: Store | None = None) -> list[tuple[int, float]]:
    """Return the step and the value of every recording of a metric, in order.

    Raises:
        TrackingError: There is no such run, or the store fails.
    """
    store = store or find_store()
    client = open_store(store, create=False)
    with store_errors(f"run {run_id} in {store}"):
        return [(item.step, item.value) for item in client.get_metric_history(run_id, metric)]


def earlier_run(
    experiment: str, tag: str, value: str, *, store: Store | None = None
) -> RecordedRun | None:
    """Return the latest run of an experiment with a tag, None where there is none yet.

    Runs whose process is gone are marked as KILLED before.

    Raises:
        TrackingError: The store does not answer or refuses.
    """
    store = store or find_store()
    client = open_store(store, create=True)
    ensure_experiment(client, store, experiment)
    reap(client, store)
    found = find_runs(experiment=experiment, tags={tag: value}, status=None, store=store)
    return found[-1] if found else None


def experiment_ids(*, store: Store | None = None) -> dict[str, str]:
    """Return the name of each experiment and its id.

    Raises:
        TrackingError: The store is not there, does not answer or refuses.
    """
    store = store or find_store()
    client = open_store(store, create=False)
    with store_errors(f"experiment store {store}"):
        return {e.name: str(e.experiment_id) for e in pages(client.search_experiments)}


def _all_runs(client: Any, store: Store, experiment: str | None) -> list[RecordedRun]:
    with store_errors(f"experiment store {store}"):
        names = {e.experiment_id: e.name for e in pages(client.search_experiments)}
    chosen = [id_ for id_, name in names.items() if experiment in (None, name)]
    if not chosen:
        known = ", ".join(sorted(names.values())) or "none"
        raise TrackingError(f"no experiment {experiment!r} in {store}; there: {known}")

    def search(page_token: str | None) -> Any:
        return client.search_runs(
            chosen, order_by=["attributes.start_time ASC"], page_token=page_token
        )

    with store_errors(f"experiment store {store}"):
        return [_record(run, names[run.info.experiment_id]) for run in pages(search)]


def _record(run: Any, experiment: str) -> RecordedRun:
    data = {
        tag.value: (entry.dataset.name, entry.dataset.digest)
        for entry in (run.inputs.dataset_inputs if run.inputs else ())
        for tag in entry.tags
        if tag.key == "mlflow.data.context"
    }
    return RecordedRun(
        id=run.info.run_id,
        name=run.info.run_name or "",
        experiment=experiment,
        status=run.info.status,
        started=datetime.fromtimestamp(run.info.start_time / 1000, tz=UTC),
        parent_id=run.data.tags.get("mlflow.parentRunId"),
        params=dict(run.data.params),
        metrics=dict(run.data.metrics),
        tags=dict(run.data.tags),
        data=data,
    )


def _matches(run: RecordedRun, pattern: str) -> bool:
    by_id = len(pattern) >= _SHORTEST_PREFIX and run.id.startswith(pattern)
    return by_id or run.name == pattern or fnmatchcase(run.name, pattern)


def _no_match(
    pattern: str, found: list[RecordedRun], experiment: str | None, status: str | None, store: Store
) -> str:
    kind = f"{status.lower()} run" if status else "run"
    where = f"experiment {experiment!r} in {store}" if experiment else str(store)
    latest = [str(run) for run in found[-5:]]
    return f"no {kind} {pattern!r} in {where}; the latest there: {', '.join(latest) or 'none'}"
