"""An open run of an experiment, and everything that can be recorded in it."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import yaml

from govtext.bundle.manifest import file_digest
from govtext.errors import InputError, MissingFileError
from govtext.extras import require
from govtext.tracking import names
from govtext.tracking.backend import store_errors
from govtext.tracking.model import log_model
from govtext.tracking.registry import ModelVersion, check_names, register, set_alias
from govtext.tracking.store import Store
from govtext.tracking.termination import Status
from govtext.tracking.ui import page


class Run:
    """An open run; made by `start_run`. Its methods may be called from any thread.

    Attributes:
        id: The id that MLflow gave it.
        experiment_id: The id of its experiment.
        store: Where it is recorded.
        commit: The git commit of the code, None outside a repository.
    """

    def __init__(
        self, client: Any, store: Store, *, id: str, experiment_id: str, commit: str | None
    ) -> None:
        self.id = id
        self.experiment_id = experiment_id
        self.store = store
        self._client = client
        self.commit = commit
        self._metrics: dict[str, Any] = {}
        self._datasets: dict[str, tuple[str, str]] = {}
        self._tables: set[str] = set()

    @property
    def link(self) -> str:
        """The address of the run's page; for an SQLite store, while `ui_command()` runs."""
        return page(self.store, f"experiments/{self.experiment_id}/runs/{self.id}")

    def log_metrics(self, metrics: Mapping[str, float], *, step: int | None = None) -> None:
        """Record numbers, in one request.

        Args:
            metrics: Name to number; `test/macro_f1` stands in the group `test`, and is tied to
                the data set that was logged as that split. Names are made safe by
                `names.safe_name`. NaN stays NaN, infinity becomes the largest float.
            step: The step of training, None for a result that has none.

        Raises:
            InputTypeError: A value is not a number.
            TrackingError: The store fails.
        """
        now = _now()
        items = {
            name: self._metric(name, value, step=step or 0, when=now)
            for name, value in metrics.items()
        }
        with self._errors():
            self._client.log_batch(self.id, metrics=list(items.values()))
        self._metrics.update(items)

    def log_params(self, config: Mapping[str, Any]) -> None:
        """Record a nested configuration as flat parameters; see `names.flatten`.

        Raises:
            TrackingError: A parameter was recorded before with another value, or the store fails.
        """
        entities = require("mlflow.entities", extra="tracking")
        items = [entities.Param(key, value) for key, value in names.flatten(config).items()]
        with self._errors():
            self._client.log_batch(self.id, params=items)

    def log_dataset(
        self, path: Path, *, name: str, split: str, rows: int, digest: str | None = None
    ) -> str:
        """Record which data was used, without copying it, and return its digest.

        Args:
            path: The file or folder that it was read from.
            name: A name to show.
            split: train, validation or test.
            rows: How many examples it has.
            digest: Identifies the examples where they are only a part of the file, at most 36
                characters; None takes the SHA-256 of the whole content.

        Raises:
            MissingFileError: There is no such file or folder.
            InputError: The digest is too long.
            TrackingError: The store fails.
        """
        digest = digest or _digest(path)
        if len(digest) > names.LONGEST_DIGEST:
            raise InputError(f"digest {digest!r}: at most {names.LONGEST_DIGEST} characters")
        entities = require("mlflow.entities", extra="tracking")
        source = json.dumps({"uri": path.absolute().as_uri()})
        profile = json.dumps({"num_rows": rows})
        dataset = entities.Dataset(name, digest, "local", source, profile=profile)
        tag = entities.InputTag("mlflow.data.context", split)
        with self._errors():
            self._client.log_inputs(self.id, [entities.DatasetInput(dataset, [tag])])
        self._datasets[split] = (name, digest)
        return digest

    def log_table(self, rows: Sequence[Mapping[str, Any]], path: str) -> None:
        """Record a table that the run's page shows, and compares between runs.

        Args:
            rows: Column to value, a mapping a row; a column may be missing in a row. Values that
                JSON does not have are written as text.
            path: Where in the run, ending in `.json`. A table can be logged only once.

        Raises:
            InputError: The path is not one, or has a table already.
            TrackingError: The store fails.
        """
        path = names.artifact_path(path)
        if not path.endswith(".json"):
            raise InputError(f"table {path!r}: the name must end in .json")
        if path in self._tables:
            raise InputError(f"table {path!r} is logged already; a second would be appended to it")
        pandas = require("pandas", extra="tracking")
        cells = [names.plain(row) for row in rows]
        columns = list(dict.fromkeys(column for row in cells for column in row))
        frame = pandas.DataFrame(cells, columns=columns, dtype=object)
        with self._errors():
            self._client.log_table(self.id, frame, path)
        self._tables.add(path)

    def log_figure(self, figure: Any, path: str) -> None:
        """Record a matplotlib figure as a picture, `figures/confusion_matrix.png`."""
        path = names.artifact_path(path)
        with self._errors():
            self._client.log_figure(self.id, figure, path)

    def log_text(self, text: str, path: str) -> None:
        """Record a text as a UTF-8 file; half a surrogate pair is written as its escape."""
        path = names.artifact_path(path)
        with self._errors():
            self._client.log_text(self.id, names.writable(text), path)

    def log_yaml(self, content: Mapping[str, Any], path: str) -> None:
        """Record nested settings as a YAML file that people can read."""
        text = yaml.safe_dump(names.plain(content), allow_unicode=True, sort_keys=False)
        self.log_text(text, path)

    def set_tags(self, tags: Mapping[str, str]) -> None:
        """Set tags of the run.

        Raises:
            InputError: A value is longer than 8000 characters.
            TrackingError: The store fails.
        """
        entities = require("mlflow.entities", extra="tracking")
        items = [entities.RunTag(key, value) for key, value in names.safe_tags(tags).items()]
        with self._errors():
            self._client.log_batch(self.id, tags=items)

    def set_description(self, markdown: str) -> None:
        """Set the text at the head of the run's page, which shows four lines of it at first.

        Over 8000 characters the whole is kept as the file `description.md`, and said so.
        """
        if len(markdown) > names.LONGEST_TAG:
            self.log_text(markdown, "description.md")
            rest = "\n\n… the whole is in the artifact `description.md`"
            markdown = markdown[: names.LONGEST_TAG - len(rest)] + rest
        self.set_tags({"mlflow.note.content": markdown})

    def log_model(
        self,
        folder: Path,
        *,
        task: str,
        registered_name: str | None = None,
        alias: str | None = None,
        metrics: Mapping[str, float] | None = None,
        example: str | None = None,
    ) -> ModelVersion:
        """Record a model folder as an MLflow model, and register it; see `model.log_model`.

        Args:
            folder: A govtext model folder.
            task: classifier or summarizer.
            registered_name: The name in the model registry; None registers nothing.
            alias: The alias that the new version gets, None for none.
            metrics: The model's results, shown on its own page with their data set.
            example: A text to show how the model is called; it is predicted once, as a check.

        Raises:
            InputError: The name or the alias is not allowed.
            ModelError: The folder holds no such model, or the logged model does not answer.
            TrackingError: The store fails.
        """
        check_names(registered_name, alias)
        model_id = log_model(
            self._client,
            folder,
            task=task,
            run_id=self.id,
            git_commit=self.commit,
            example=example,
        )
        self._log_model_metrics(model_id, metrics or {})
        if registered_name is None:
            return ModelVersion(model_id)
        description = "\n".join(f"- {name}: {value:.4g}" for name, value in (metrics or {}).items())
        version = register(
            self._client,
            self.store,
            registered_name,
            model_id,
            run_id=self.id,
            description=description,
        )
        if alias is not None:
            set_alias(registered_name, alias, version, store=self.store, client=self._client)
        return ModelVersion(model_id, registered_name, version, alias)

    def close(self, status: Status) -> None:
        """End the run; `start_run` does."""
        with self._errors():
            self._client.set_terminated(self.id, status)

    def _log_model_metrics(self, model_id: str, metrics: Mapping[str, float]) -> None:
        """Tie results to the model; one that the run has already is not recorded twice."""
        items = []
        for name, value in metrics.items():
            known = self._metrics.get(name)
            if known is not None and known.value == names.metric_value(name, value):
                when, step = known.timestamp, known.step
            else:
                when, step = _now(), 0
            items.append(self._metric(name, value, step=step, when=when, model_id=model_id))
        with self._errors():
            self._client.log_batch(self.id, metrics=items)

    def _metric(
        self, name: str, value: float, *, step: int, when: int, model_id: str | None = None
    ) -> Any:
        entities = require("mlflow.entities", extra="tracking")
        dataset, digest = self._datasets.get(name.partition("/")[0], (None, None))
        return entities.Metric(
            names.safe_name(name),
            names.metric_value(name, value),
            when,
            step,
            model_id=model_id,
            dataset_name=dataset,
            dataset_digest=digest,
        )

    def _errors(self) -> AbstractContextManager[None]:
        return store_errors(f"run {self.id} in {self.store}")


def _now() -> int:
    return int(time.time() * 1000)


def _digest(path: Path) -> str:
    """Return 32 digits for the content of a file, or of all files in a folder by name."""
    if path.is_file():
        return file_digest(path)[:32]
    if not path.is_dir():
        raise MissingFileError(f"{path}: no such file or folder of data")
    files = sorted(item for item in path.rglob("*") if item.is_file())
    listing = "".join(
        f"{item.relative_to(path).as_posix()} {file_digest(item)}\n" for item in files
    )
    return hashlib.sha256(listing.encode()).hexdigest()[:32]
