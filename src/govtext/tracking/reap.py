"""Close the runs that a killed process left open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from govtext.tracking.backend import store_errors
from govtext.tracking.process import is_alive, machine_id
from govtext.tracking.store import Store, find_store, open_store


def reap_dead_runs(store: Store | None = None) -> list[str]:
    """Mark as KILLED the open runs whose process is gone, and return their ids.

    A process that SIGKILL or a power cut ended cannot say so, and its run stays RUNNING. Only
    runs of this machine are judged, by the number and the start time of their process.

    Raises:
        TrackingError: The store is not there, does not answer or refuses.
    """
    store = store or find_store()
    return reap(open_store(store, create=False), store)


def reap(client: Any, store: Store) -> list[str]:
    """Do the same with a client that is at hand."""
    with store_errors(f"experiment store {store}"):
        dead = [run for run in _open_runs(client) if not _writer_lives(run.data.tags)]
        for run in dead:
            tags = run.data.tags
            message = f"process {tags['govtext.pid']} on {tags['govtext.host']} is gone"
            client.set_tag(run.info.run_id, "govtext.error", message)
            client.set_terminated(run.info.run_id, "KILLED")
    return [run.info.run_id for run in dead]


def _open_runs(client: Any) -> list[Any]:
    """Return the runs in all experiments that a process of this machine has not closed."""
    experiments = [item.experiment_id for item in pages(client.search_experiments)]
    ours = f"attributes.status = 'RUNNING' and tags.`govtext.machine` = '{machine_id()}'"

    def search(page_token: str | None) -> Any:
        return client.search_runs(experiments, ours, page_token=page_token)

    return list(pages(search))


def pages(search: Callable[..., Any]) -> Iterator[Any]:
    """Yield what a search of MLflow's client finds, over all its pages."""
    token = None
    while True:
        page = search(page_token=token)
        yield from page
        token = page.token
        if not token:
            return


def _writer_lives(tags: dict[str, str]) -> bool:
    try:
        return is_alive(int(tags["govtext.pid"]), float(tags["govtext.pid_started"]))
    except (KeyError, ValueError):  # tags that someone edited: not ours to judge
        return True
