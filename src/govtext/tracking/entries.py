"""What is written into a run, as plain data: sent to the store now, or kept as JSON and sent later.

Sending an entry twice leaves the run as sending it once does, but for a model, which is then
logged twice.
"""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Protocol, TypeVar

from govtext.errors import InputError
from govtext.extras import require
from govtext.tracking.model import log_model
from govtext.tracking.registry import ModelVersion, register, set_alias
from govtext.tracking.store import Store

Answer = TypeVar("Answer", covariant=True)
REAPED = "govtext.error"


class Entry(Protocol[Answer]):
    """Anything that can be written into a run."""

    def send(self, client: Any, store: Store, run_id: str) -> Answer:
        """Write it with MLflow's client; what the client raises passes."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Metrics, parameters and tags, in one request.

    Attributes:
        metrics: `mlflow.entities.Metric` as keyword arguments; a value that JSON does not have
            is a string.
        params: Name to value.
        tags: Name to value.
    """

    metrics: list[dict[str, Any]] = field(default_factory=list)
    params: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    def send(self, client: Any, store: Store, run_id: str) -> None:
        """Write all of it."""
        entities = require("mlflow.entities", extra="tracking")
        client.log_batch(
            run_id,
            metrics=[_metric(row) for row in self.metrics],
            params=[entities.Param(key, value) for key, value in self.params.items()],
            tags=[entities.RunTag(key, value) for key, value in self.tags.items()],
        )

    def __add__(self, later: Batch) -> Batch:
        """Return one batch for two that follow each other."""
        return Batch(
            self.metrics + later.metrics, self.params | later.params, self.tags | later.tags
        )


@dataclass(frozen=True, slots=True)
class DataSet:
    """A data set that the run reads.

    Attributes:
        name: A name to show.
        digest: What identifies its content.
        source: Where it lies, as JSON.
        profile: How large it is, as JSON.
        split: train, validation or test.
    """

    name: str
    digest: str
    source: str
    profile: str
    split: str

    def send(self, client: Any, store: Store, run_id: str) -> None:
        """Name it as an input of the run."""
        entities = require("mlflow.entities", extra="tracking")
        dataset = entities.Dataset(
            self.name, self.digest, "local", self.source, profile=self.profile
        )
        tag = entities.InputTag("mlflow.data.context", self.split)
        client.log_inputs(run_id, [entities.DatasetInput(dataset, [tag])])


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file of the run.

    Attributes:
        path: Where in the run.
        content: The file's bytes in base64, or its text.
        binary: Which of the two.
    """

    path: str
    content: str
    binary: bool = False

    @classmethod
    def of_bytes(cls, path: str, content: bytes) -> Artifact:
        """Return the artifact with these bytes."""
        return cls(path, base64.b64encode(content).decode("ascii"), binary=True)

    def send(self, client: Any, store: Store, run_id: str) -> None:
        """Upload it, over one that is there."""
        pure = PurePosixPath(self.path)
        data = base64.b64decode(self.content) if self.binary else self.content.encode()
        with tempfile.TemporaryDirectory() as scratch:
            file = Path(scratch) / pure.name
            file.write_bytes(data)
            folder = None if pure.parent == PurePosixPath() else str(pure.parent)
            client.log_artifact(run_id, str(file), folder)


@dataclass(frozen=True, slots=True)
class LoggedModel:
    """A model folder to be logged and registered; the arguments of `Run.log_model`.

    Attributes:
        folder: The model folder, absolute.
        task: classifier or summarizer.
        git_commit: The commit of the code.
        registered_name: The name in the registry.
        alias: The alias that the new version gets.
        metrics: The model's results, as those of a `Batch`.
        example: The text of the example request.
    """

    folder: str
    task: str
    git_commit: str | None
    registered_name: str | None
    alias: str | None
    metrics: list[dict[str, Any]]
    example: str | None

    def send(self, client: Any, store: Store, run_id: str) -> ModelVersion:
        """Pack, prove, upload and register it."""
        model_id = log_model(
            client,
            Path(self.folder),
            task=self.task,
            run_id=run_id,
            git_commit=self.git_commit,
            example=self.example,
        )
        rows = [_metric({**row, "model_id": model_id}) for row in self.metrics]
        client.log_batch(run_id, metrics=rows)
        name = self.registered_name
        if name is None:
            return ModelVersion(model_id)
        results = [f"- {row['key']}: {float(row['value']):.4g}" for row in self.metrics]
        version = register(
            client, store, name, model_id, run_id=run_id, description="\n".join(results)
        )
        if self.alias is not None:
            set_alias(name, self.alias, version, store=store, client=client)
        return ModelVersion(model_id, name, version, self.alias)


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of the run.

    Attributes:
        status: FINISHED, FAILED or KILLED.
        when: Milliseconds since 1970.
    """

    status: str
    when: int

    def send(self, client: Any, store: Store, run_id: str) -> None:
        """Close the run, also one that was taken for dead while its end could not be sent."""
        if self.status == "FINISHED" and REAPED in client.get_run(run_id).data.tags:
            client.delete_tag(run_id, REAPED)
        client.set_terminated(run_id, self.status, self.when)


_KINDS = {kind.__name__: kind for kind in (Batch, DataSet, Artifact, LoggedModel, Ending)}


def to_line(entry: Any) -> str:
    """Return an entry as a line of JSON."""
    content = {"kind": type(entry).__name__, **asdict(entry)}
    return json.dumps(content, ensure_ascii=False, allow_nan=False) + "\n"


def from_line(line: str) -> Entry[Any]:
    """Return the entry that `to_line` wrote.

    Raises:
        InputError: It did not write this line.
    """
    try:
        content = json.loads(line)
        entry: Entry[Any] = _KINDS[content.pop("kind")](**content)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError("not an entry of a run") from error
    return entry


def _metric(row: Mapping[str, Any]) -> Any:
    entities = require("mlflow.entities", extra="tracking")
    return entities.Metric(**{**row, "value": float(row["value"])})
