"""A model folder as an MLflow model: what is packed, what it takes, what it answers."""

from __future__ import annotations

import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import Any

import govtext
from govtext.bundle.locate import locate_model
from govtext.bundle.manifest import read_manifest
from govtext.errors import InputError, ModelError
from govtext.extras import require
from govtext.features.context import CONTEXT_PARTS
from govtext.tracking.backend import reason, store_errors

TASKS = ("classifier", "summarizer")
# What `pip install govtext` brings; the versions installed here are pinned in the logged model.
BASE_DEPENDENCIES = (
    "charset-normalizer",
    "ctranslate2",
    "jieba",
    "jinja2",
    "lxml",
    "numpy",
    "pydantic",
    "pypdf",
    "python-docx",
    "pyyaml",
    "rich",
    "safetensors",
    "scikit-learn",
    "scipy",
    "threadpoolctl",
    "tokenizers",
    "typer",
)
_CODE = Path(__file__).with_name("pyfunc_model.py")
_PACKAGE = Path(govtext.__file__).parent
_EXAMPLES = {
    "classifier": "听取和审议了关于全市供水设施建设情况的报告。",
    "summarizer": "一年来，听取和审议专项工作报告十二项。组织代表视察供水工程三次。",
}


def log_model(
    client: Any,
    folder: Path,
    *,
    task: str,
    run_id: str,
    git_commit: str | None,
    example: str | None = None,
) -> str:
    """Pack a model folder as an MLflow model of a run, and return the model's id.

    The packed model is loaded and asked once before anything is stored. It holds the folder, the
    code of this package without the shipped models, and the pinned base dependencies; a
    summarizer also the default classifier, which finds the sentences of a `focus`.

    Args:
        client: MLflow's client.
        folder: A govtext model folder.
        task: classifier or summarizer.
        run_id: The run that made it.
        git_commit: The commit of the code, for the record.
        example: The text of the example request; None takes a built-in one.

    Raises:
        InputError: There is no such task.
        ModelError: The folder holds no such model, or the packed model does not answer.
        TrackingError: The store fails.
    """
    if task not in TASKS:
        raise InputError(f"unknown task {task!r}; expected {' or '.join(TASKS)}")
    read_manifest(folder, task=task)
    models = require("mlflow.models", extra="tracking")
    version = {"govtext_version": govtext.__version__, "git_commit": git_commit or "unknown"}
    draft = models.Model(run_id=run_id, metadata={**version, "task": task})
    with tempfile.TemporaryDirectory() as scratch, store_errors(f"the {task} model"):
        packed = _pack(draft, folder, task, example or _EXAMPLES[task], Path(scratch))
        _prove(packed, task, example or _EXAMPLES[task])
        return _upload(client, draft, packed, task, run_id)


def pinned_requirements() -> list[str]:
    """Return the base dependencies and MLflow's, pinned to the versions installed here."""
    needed = (*BASE_DEPENDENCIES, "mlflow", "pandas", "pyarrow")
    names = [name for name in needed if _installed(name)]
    return [f"{name}=={metadata.version(name).partition('+')[0]}" for name in names]


def _installed(name: str) -> bool:
    return any(True for _ in metadata.distributions(name=name))


def _pack(draft: Any, folder: Path, task: str, example: str, scratch: Path) -> Path:
    pyfunc = require("mlflow.pyfunc", extra="tracking")
    code = scratch / "govtext"
    shutil.copytree(_PACKAGE, code, ignore=_not_code)
    packed = scratch / "model"
    with _quiet():
        pyfunc.save_model(
            path=str(packed),
            python_model=str(_CODE),
            artifacts=_artifacts(folder, task),
            code_paths=[str(code)],
            signature=_signature(task),
            input_example=_frame(example),
            pip_requirements=pinned_requirements(),
            mlflow_model=draft,
        )
    return packed


def _artifacts(folder: Path, task: str) -> dict[str, str]:
    from govtext.classify import DEFAULT_MODEL

    found = {"model": str(folder.absolute())}
    if task == "summarizer":
        found["classifier"] = str(locate_model(DEFAULT_MODEL, task="classifier"))
    return found


def _not_code(folder: str, names: list[str]) -> set[str]:
    return {"__pycache__"} | ({"models"} if Path(folder) == _PACKAGE else set())


def _prove(packed: Path, task: str, example: str) -> None:
    """Load the packed model and ask it the example, as its users will."""
    pyfunc = require("mlflow.pyfunc", extra="tracking")
    try:
        with _quiet():
            pyfunc.load_model(str(packed), suppress_warnings=True).predict(_frame(example))
    except Exception as error:
        raise ModelError(f"the packed {task} does not answer: {reason(error)}") from error
    for cache in list(packed.rglob("__pycache__")):
        shutil.rmtree(cache)


def _upload(client: Any, draft: Any, packed: Path, task: str, run_id: str) -> str:
    entities = require("mlflow.entities", extra="tracking")
    run = client.get_run(run_id)
    logged = client.create_logged_model(
        run.info.experiment_id,
        name=task,
        source_run_id=run_id,
        params=run.data.params,
        model_type=task,
    )
    draft.model_id = draft.model_uuid = logged.model_id
    draft.artifact_path = logged.artifact_location
    draft.save(str(packed / "MLmodel"))
    client.log_model_artifacts(logged.model_id, str(packed))
    client.finalize_logged_model(logged.model_id, "READY")
    client.log_outputs(run_id, [entities.LoggedModelOutput(logged.model_id, step=0)])
    return str(logged.model_id)


def _signature(task: str) -> Any:
    models = require("mlflow.models", extra="tracking")
    types = require("mlflow.types", extra="tracking")
    columns, answers, params = _SCHEMAS[task]
    return models.ModelSignature(
        inputs=types.Schema(
            [types.ColSpec("string", name, required=name == "text") for name in columns]
        ),
        outputs=types.Schema(
            [types.ColSpec(kind, name, required=name != "label") for name, kind in answers.items()]
        ),
        params=types.ParamSchema(
            [types.ParamSpec(name, kind, default) for name, (kind, default) in params.items()]
        ),
    )


_SCHEMAS: dict[str, tuple[tuple[str, ...], dict[str, str], dict[str, tuple[str, Any]]]] = {
    "classifier": (
        ("text", *CONTEXT_PARTS),
        {"label": "string", "score": "double", "probabilities": "string"},
        {"min_score": ("double", 0.0)},
    ),
    "summarizer": (
        ("text",),
        {
            "text": "string",
            "extractive": "boolean",
            "evidence": "string",
            "checks": "string",
            "notes": "string",
        },
        {"max_chars": ("long", 120), "focus": ("string", "")},
    ),
}


def _frame(example: str) -> Any:
    return require("pandas", extra="tracking").DataFrame({"text": [example]})


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep advice for authors of MLflow models off the terminal, and the import path as it is."""
    path = list(sys.path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
    sys.path[:] = path
