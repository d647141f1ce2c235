"""Where a model comes from: what the run and the model card say of data, code and settings."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import yaml
from pydantic import BaseModel

import govtext
from govtext.config.schema import ClassifierConfig, Data, SummarizerConfig
from govtext.corpus.examples import digest
from govtext.corpus.splits import Splits
from govtext.errors import TrackingError
from govtext.tracking import Run, start_run, usage_in

_LIBRARIES = ("scikit-learn", "jieba", "torch", "transformers", "ctranslate2", "mlflow")


@contextmanager
def start_recorded(config: ClassifierConfig | SummarizerConfig, *, task: str) -> Iterator[Run]:
    """Open the run of an experiment, under the names that its configuration gives.

    Raises:
        TrackingError: The store refuses; the message says where what was trained is.
    """
    kind = getattr(config.model, "kind", task)
    try:
        with (
            start_run(
                experiment=config.tracking.experiment,
                name=f"{config.name} seed={config.seed}",
                config=config.model_dump(mode="json"),
                seed=config.seed,
                tags={"govtext.task": task, "govtext.kind": kind},
                output=config.output,
            ) as run,
            usage_in(run),
        ):
            yield run
    except TrackingError as error:
        if not any(config.output.glob("*/*")):
            raise
        raise TrackingError(f"{error}; what was trained is kept in {config.output}") from error


def log_splits(run: Run, data: Data, splits: Splits[Any]) -> None:
    """Record in a run which examples each split has, and one version of all three together."""
    digests = {name: digest(examples)[:16] for name, examples in _parts(splits).items()}
    for name, examples in _parts(splits).items():
        path = getattr(data, name) or data.train
        shown = path.name if path.is_absolute() else path.as_posix()
        run.log_dataset(path, name=shown, split=name, rows=len(examples), digest=digests[name])
    together = hashlib.sha256("".join(digests.values()).encode()).hexdigest()
    run.set_tags({"govtext.data_version": together[:12]})


def data_rows(splits: Splits[Any]) -> list[tuple[str, str, str]]:
    """Return split, number of examples and SHA-256 as rows of a model card."""
    return [(name, str(len(part)), digest(part)) for name, part in _parts(splits).items()]


def _parts(splits: Splits[Any]) -> dict[str, list[Any]]:
    return {"train": splits.train, "validation": splits.validation, "test": splits.test}


def provenance(config: BaseModel, commit: str | None) -> dict[str, str]:
    """Return seed, commit, versions and configuration as rows of a model card."""
    versions = [f"{name} {found}" for name in _LIBRARIES if (found := _version(name))]
    return {
        "govtext": govtext.__version__,
        "commit": commit or "unknown: not trained in a git repository",
        "python": platform.python_version(),
        "libraries": ", ".join(versions),
        "configuration": "`" + _one_line(config) + "`",
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _one_line(config: BaseModel) -> str:
    values = config.model_dump(mode="json")
    return yaml.safe_dump(values, default_flow_style=True, allow_unicode=True, width=10**6).strip()


def metrics_callback(run: Run) -> Any:
    """Return a callback of transformers' trainer that records what it reports."""
    from transformers import TrainerCallback

    names = {"loss": "train/loss", "eval_loss": "validation/loss", "learning_rate": "train/rate"}

    class MetricsToRun(TrainerCallback):  # type: ignore[misc]
        def on_log(
            self, args: Any, state: Any, control: Any, logs: dict[str, Any] | None = None, **_: Any
        ) -> None:
            metrics = {names[k]: float(v) for k, v in (logs or {}).items() if k in names}
            if metrics and state.is_world_process_zero:
                run.log_metrics(metrics, step=state.global_step)

    return MetricsToRun()
