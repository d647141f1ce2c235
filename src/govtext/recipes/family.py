"""A parent run and its trainings as parts, which goes on where it was stopped."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from govtext.config import ClassifierConfig, SummarizerConfig
from govtext.corpus.examples import digest, read_labelled, read_pairs
from govtext.errors import TrackingError
from govtext.processes import require_one_process
from govtext.recipes.classifier import train_classifier
from govtext.recipes.summarizer import train_summarizer
from govtext.tracking import (
    RecordedRun,
    Run,
    earlier_run,
    find_runs,
    parts_of,
    start_run,
)

_IDENTITY = "govtext.identity"
_PART = "govtext.part"
_log = logging.getLogger(__name__)
Config = ClassifierConfig | SummarizerConfig


@dataclass(slots=True)
class Family:
    """An open parent run.

    Attributes:
        run: The parent.
        experiment: The experiment that parent and parts are in.
        finished: Key of each finished part to its run, in the order they were finished.
    """

    run: Run
    experiment: str
    finished: dict[str, RecordedRun] = field(default_factory=dict)

    def train(self, key: str, config: Config) -> RecordedRun:
        """Train a part, unless it is finished already, and return its run.

        What is trained is recorded but not registered: a version in the registry is a candidate
        to ship, and the parts are steps on the way to one.

        Args:
            key: Says which part it is.
            config: What is trained.
        """
        if key in self.finished:
            return self.finished[key]
        own = config.tracking.model_copy(
            update={"experiment": self.experiment, "model": None, "alias": None}
        )
        with parts_of(self.run.id, {_PART: key}):
            _train(config.model_copy(update={"tracking": own}))
        self.finished = _finished_parts(self.experiment, self.run.id)
        return self.finished[key]


@contextmanager
def open_family(
    *,
    kind: str,
    config: Config,
    name: str,
    settings: Mapping[str, Any],
    again: bool,
) -> Iterator[Family]:
    """Open the parent run of a sweep or a cross-validation, or the one that was stopped.

    Args:
        kind: sweep or cross-validation.
        config: The configuration that the parts change.
        name: The name of the parent run.
        settings: The parent's configuration. Where it and the data are the same, the work is.
        again: Start anew although the same work was finished before.

    Raises:
        InputError: Several processes were started; each training would need them to itself.
        DataError: The data is malformed.
        TrackingError: The work is finished already or going on in another process, or the store
            fails.
    """
    require_one_process(f"a {kind}")
    experiment = config.tracking.experiment
    identity = _identity(kind, config, settings)
    before = earlier_run(experiment, _IDENTITY, identity)
    if before is not None and before.status == "RUNNING":
        host, pid = (before.tags.get(f"govtext.{key}", "unknown") for key in ("host", "pid"))
        raise TrackingError(
            f"{kind} {before}: process {pid} on {host} is at it; wait for it, or stop it first"
        )
    if before is not None and before.status == "FINISHED":
        if not again:
            raise TrackingError(
                f"{kind} {before} is finished, with the same configuration and data; see it by "
                f"govtext experiments compare --parent {before.id[:8]}, or start anew: --again"
            )
        before = None
    with start_run(
        experiment=experiment,
        name=name,
        config=settings,
        seed=config.seed,
        tags={_IDENTITY: identity, "govtext.kind": kind},
        resumed_id=before.id if before else None,
    ) as run:
        family = Family(run, experiment)
        if before is not None:
            family.finished = _finished_parts(experiment, run.id)
            _log.info(
                "%s %s was stopped (%s); %d parts are finished and not trained again",
                *(kind, before, before.status, len(family.finished)),
            )
        yield family


def _identity(kind: str, config: Config, settings: Mapping[str, Any]) -> str:
    named = [
        path
        for split in ("train", "validation", "test")
        if (path := getattr(config.data, split)) is not None
    ]
    if isinstance(config, ClassifierConfig):
        data = [digest(read_labelled(path)) for path in named]
    else:
        data = [digest(read_pairs(path)) for path in named]
    stated = json.dumps([kind, settings, data], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(stated.encode()).hexdigest()


def _finished_parts(experiment: str, parent_id: str) -> dict[str, RecordedRun]:
    found = find_runs(experiment=experiment, parent_id=parent_id)
    return {run.tags[_PART]: run for run in found if _PART in run.tags}


def _train(config: Config) -> None:
    train: Callable[[Any], object] = (
        train_classifier if isinstance(config, ClassifierConfig) else train_summarizer
    )
    train(config)
