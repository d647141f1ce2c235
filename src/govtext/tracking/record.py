"""An open run of an experiment, and everything that can be recorded in it."""

from __future__ import annotations

import hashlib
import io
import json
import math
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from govtext.bundle.manifest import file_digest
from govtext.errors import InputError, MissingFileError
from govtext.extras import require
from govtext.tracking import names
from govtext.tracking.entries import Artifact, Batch, DataSet, Ending, LoggedModel
from govtext.tracking.outbox import Outbox
from govtext.tracking.registry import ModelVersion, check_names
from govtext.tracking.store import Store
from govtext.tracking.termination import Status
from govtext.tracking.ui import page


class Run:
    """An open run; made by `start_run`. Its methods may be called from any thread.

    What the store does not take at once is kept on disk and sent later: see `outbox`.

    Attributes:
        id: The id that MLflow gave it.
        experiment_id: The id of its experiment.
        store: Where it is recorded.
        commit: The git commit of the code, None outside a repository.
        outbox: The way to the store.
    """

    def __init__(
        self, outbox: Outbox, store: Store, *, id: str, experiment_id: str, commit: str | None
    ) -> None:
        self.id = id
        self.experiment_id = experiment_id
        self.store = store
        self.commit = commit
        self.outbox = outbox
        self._metrics: dict[str, dict[str, Any]] = {}
        self._params: dict[str, str] = {}
        self._datasets: dict[str, tuple[str, str]] = {}
        self._tables: list[str] = []

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
        """
        now = _now()
        rows = {
            name: self._metric(name, value, step=step or 0, when=now)
            for name, value in metrics.items()
        }
        self.outbox.post(Batch(metrics=list(rows.values())))
        self._metrics.update(rows)

    def log_params(self, config: Mapping[str, Any]) -> None:
        """Record a nested configuration as flat parameters; see `names.flatten`.

        Raises:
            InputError: A parameter was recorded before with another value.
        """
        params = names.flatten(config)
        for name, value in params.items():
            if self._params.get(name, value) != value:
                raise InputError(
                    f"parameter {name!r} is recorded as {self._params[name]!r} already; "
                    f"it cannot become {value!r}"
                )
        self.outbox.post(Batch(params=params))
        self._params.update(params)

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
        """
        digest = digest or _digest(path)
        if len(digest) > names.LONGEST_DIGEST:
            raise InputError(f"digest {digest!r}: at most {names.LONGEST_DIGEST} characters")
        source = json.dumps({"uri": path.absolute().as_uri()})
        profile = json.dumps({"num_rows": rows})
        self.outbox.post(DataSet(name, digest, source, profile, split))
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
        """
        path = names.artifact_path(path)
        if not path.endswith(".json"):
            raise InputError(f"table {path!r}: the name must end in .json")
        if path in self._tables:
            raise InputError(f"table {path!r} is logged already; a second would replace it")
        pandas = require("pandas", extra="tracking")
        cells = [names.plain(row) for row in rows]
        columns = list(dict.fromkeys(column for row in cells for column in row))
        frame = pandas.DataFrame(cells, columns=columns, dtype=object)
        text = frame.to_json(orient="split", index=False, force_ascii=False)
        self.outbox.post(Artifact(path, text))
        self._tables.append(path)
        listed = [{"path": table, "type": "table"} for table in self._tables]
        self.outbox.post(Batch(tags={"mlflow.loggedArtifacts": json.dumps(listed)}))

    def log_figure(self, figure: Any, path: str) -> None:
        """Record a matplotlib figure as a picture, `figures/confusion_matrix.png`."""
        path = names.artifact_path(path)
        picture = io.BytesIO()
        figure.savefig(picture, format="png")
        self.outbox.post(Artifact.of_bytes(path, picture.getvalue()))

    def log_text(self, text: str, path: str) -> None:
        """Record a text as a UTF-8 file; half a surrogate pair is written as its escape."""
        self.outbox.post(Artifact(names.artifact_path(path), names.writable(text)))

    def log_yaml(self, content: Mapping[str, Any], path: str) -> None:
        """Record nested settings as a YAML file that people can read."""
        text = yaml.safe_dump(names.plain(content), allow_unicode=True, sort_keys=False)
        self.log_text(text, path)

    def set_tags(self, tags: Mapping[str, str]) -> None:
        """Set tags of the run.

        Raises:
            InputError: A value is longer than 8000 characters.
        """
        self.outbox.post(Batch(tags=names.safe_tags(tags)))

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
    ) -> ModelVersion | None:
        """Record a model folder as an MLflow model, and register it; see `model.log_model`.

        Args:
            folder: A govtext model folder.
            task: classifier or summarizer.
            registered_name: The name in the model registry; None registers nothing.
            alias: The alias that the new version gets, None for none.
            metrics: The model's results, shown on its own page with their data set.
            example: A text to show how the model is called; it is predicted once, as a check.

        Returns:
            What was registered; None where the store did not take it, which is kept and said.

        Raises:
            InputError: The name or the alias is not allowed.
            ModelError: The folder holds no such model, or the logged model does not answer.
        """
        check_names(registered_name, alias)
        rows = [self._model_metric(name, value) for name, value in (metrics or {}).items()]
        where = str(folder.absolute())
        return self.outbox.post(
            LoggedModel(where, task, self.commit, registered_name, alias, rows, example)
        )

    def close(self, status: Status, *, patience: float = 0.0) -> None:
        """End the run; `start_run` does.

        Args:
            status: How it ended.
            patience: Seconds to wait for a store that is away.
        """
        self.outbox.post(Ending(status, _now()))
        self.outbox.finish(patience)

    def _model_metric(self, name: str, value: float) -> dict[str, Any]:
        """Return a result of the model; one that the run has already is not recorded twice."""
        known = self._metrics.get(name)
        row = self._metric(name, value, step=0, when=_now())
        return known if known is not None and known["value"] == row["value"] else row

    def _metric(self, name: str, value: float, *, step: int, when: int) -> dict[str, Any]:
        """Return a metric as the store and JSON take it; those have no word for infinity."""
        dataset, digest = self._datasets.get(name.partition("/")[0], (None, None))
        number = names.metric_value(name, value)
        return {
            "key": names.safe_name(name),
            "value": number if math.isfinite(number) else str(number),
            "timestamp": when,
            "step": step,
            "dataset_name": dataset,
            "dataset_digest": digest,
        }


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
