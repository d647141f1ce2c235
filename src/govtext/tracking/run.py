"""A run from start to end: it is closed with the right status however its process ends."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from govtext.errors import TrackingError
from govtext.tracking import names
from govtext.tracking.backend import reason, store_errors
from govtext.tracking.environment import environment_tags, git_tags, installed_packages
from govtext.tracking.git import GitState, read_git
from govtext.tracking.outbox import Outbox
from govtext.tracking.parts import part
from govtext.tracking.reap import reap
from govtext.tracking.record import Run
from govtext.tracking.store import Store, ensure_experiment, find_store, open_store
from govtext.tracking.termination import signals_raise, status_of

# Seconds to wait at the end of a run for a store that is away.
_PATIENCE = 30.0


@contextmanager
def start_run(
    *,
    experiment: str,
    name: str,
    config: Mapping[str, Any],
    seed: int,
    tags: Mapping[str, str] | None = None,
    description: str = "",
    repo: Path | None = None,
    parent_id: str | None = None,
    store: Store | None = None,
    resumed_id: str | None = None,
    output: Path | None = None,
) -> Iterator[Run]:
    """Open a run, and close it with the status that tells how the block ended.

    FINISHED at the normal end and after `sys.exit(0)`; KILLED after Ctrl-C, SIGTERM and SIGHUP,
    whose exit codes are kept (130, 143, 129); FAILED after any other exception, whose traceback is
    recorded as `error/traceback.txt`. Runs that earlier processes of this machine left open
    because they were killed outright are closed first.

    A store that fails once the run is open stops nothing: what it does not take is kept in
    `output/unsent/` and sent as soon as it answers, at the latest half a minute after the block.
    What is kept even then, `send_kept` sends later; the log says so.

    Recorded at once: the configuration as flat parameters and as `config.yaml`, the seed, git
    commit, branch and changes, program, user, machine, versions and installed packages.

    Args:
        experiment: The experiment, made where it does not exist.
        name: The name of the run, such as `tfidf-linear seed=0`.
        config: The resolved configuration, nested.
        seed: The seed of this run.
        tags: More tags.
        description: Markdown for the head of the run's page: verdict and main figure first.
        repo: A folder in the repository whose state is recorded; None takes the current folder.
        parent_id: The run that this one is part of; None takes the one of `parts_of`.
        store: Where to record; None takes the one of `find_store`.
        resumed_id: A run that was ended before it was done, to be opened again.
        output: The folder that the run writes to; None takes the current folder.

    Raises:
        TrackingError: The store cannot be opened.
    """
    store = store or find_store()
    with signals_raise():
        git = read_git(repo or Path.cwd())
        belongs = part()
        tags = {**belongs.tags, **(tags or {})}
        parent_id = parent_id or belongs.parent_id
        run = _open_run(store, experiment, name, git, parent_id, resumed_id, output or Path.cwd())
        owner = os.getpid()
        try:
            _describe(run, git, config, seed)
            run.set_tags(tags)
            if description:
                run.set_description(description)
            yield run
        except BaseException as error:
            if os.getpid() == owner:
                _close_after(run, error)
            raise
        if os.getpid() == owner:
            run.close("FINISHED", patience=_PATIENCE)


def _open_run(
    store: Store,
    experiment: str,
    name: str,
    git: GitState,
    parent_id: str | None,
    resumed_id: str | None,
    output: Path,
) -> Run:
    client = open_store(store, create=True)
    experiment_id = ensure_experiment(client, store, experiment)
    reap(client, store)
    tags = names.safe_tags({**environment_tags(), **git_tags(git)})
    if parent_id is not None:
        tags["mlflow.parentRunId"] = parent_id
    with store_errors(f"experiment {experiment!r} in {store}"):
        if resumed_id is not None:
            run_id = _reopen(client, resumed_id, tags)
        else:
            name = names.writable(name)
            run_id = client.create_run(experiment_id, run_name=name, tags=tags).info.run_id
    outbox = Outbox(client, store, run_id, output)
    return Run(outbox, store, id=run_id, experiment_id=experiment_id, commit=git.commit)


def _reopen(client: Any, run_id: str, tags: Mapping[str, str]) -> str:
    """Let a run that was ended go on, in this process."""
    client.update_run(run_id, status="RUNNING")
    for key, value in tags.items():
        client.set_tag(run_id, key, value)
    if "govtext.error" in client.get_run(run_id).data.tags:
        client.delete_tag(run_id, "govtext.error")
    return run_id


def _describe(run: Run, git: GitState, config: Mapping[str, Any], seed: int) -> None:
    """Record all that is known when the run starts."""
    run.log_params({**config, "seed": seed})
    run.log_yaml(config, "config.yaml")
    run.log_text(installed_packages(), "environment/packages.txt")
    for text, path in ((git.status, "git/status.txt"), (git.diff, "git/diff.txt")):
        if text:
            run.log_text(text, path)


def _close_after(run: Run, error: BaseException) -> None:
    """Close a run that an exception ended, without hiding that exception behind another."""
    status = status_of(error)
    try:
        if status != "FINISHED":
            run.set_tags({"govtext.error": f"{type(error).__name__}: {reason(error)}"})
        if status == "FAILED":
            run.log_text("".join(traceback.format_exception(error)), "error/traceback.txt")
        run.close(status, patience=_PATIENCE if status == "FINISHED" else 0.0)
    except TrackingError as lost:
        error.add_note(f"and the run could not be closed: {lost}")
