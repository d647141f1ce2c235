"""From what a caller names as `model=` to a folder on disk."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

from govtext.bundle.manifest import MANIFEST_NAME
from govtext.errors import MissingFileError, ModelError

_SHIPPED = Path(__file__).parent.parent / "models"
_SOURCES = "govtext.model_sources"


def shipped_models(task: str) -> list[str]:
    """Return the names of the models for a task that come with the package."""
    return sorted(path.name for path in (_SHIPPED / task).glob("*") if path.is_dir())


def locate_model(model: str | Path, *, task: str) -> Path:
    """Return the folder of a model.

    Args:
        model: The name of a shipped model, a model folder or the output folder of a training
            (which has the model in `model/`), or a URI such as
            `models:/govtext-classifier@champion`. The scheme of a URI is looked up among the
            entry points of the group `govtext.model_sources`; each is a function that takes
            the URI and returns a folder.
        task: classifier or summarizer.

    Raises:
        ModelError: The name is not known, or no entry point handles the URI's scheme.
        MissingFileError: The folder is not there.
    """
    name = str(model)
    if isinstance(model, str) and name in shipped_models(task):
        return _SHIPPED / task / name
    scheme, colon, _ = name.partition(":/")
    if colon and len(scheme) > 1:
        return _fetch(name, scheme)
    if Path(name).is_dir():
        trained = Path(name) / "model"
        return trained if (trained / MANIFEST_NAME).is_file() else Path(name)
    if isinstance(model, str) and "/" not in name and "\\" not in name:
        known = ", ".join(shipped_models(task)) or "none"
        raise ModelError(
            f"unknown {task} model {name!r}; shipped: {known}; or name a folder "
            "or an MLflow URI such as models:/NAME@champion"
        )
    raise MissingFileError(f"{name}: no such model folder")


def _fetch(uri: str, scheme: str) -> Path:
    for source in entry_points(group=_SOURCES):
        if source.name == scheme:
            return Path(source.load()(uri))
    raise ModelError(f"{uri}: nothing installed reads {scheme}:/ URIs")
