"""What every kind of classifier does when it is read from a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from govtext.bundle.manifest import Manifest, read_manifest
from govtext.errors import ModelError
from govtext.features.context import CONTEXT_PARTS

TASK = "classifier"

Model = TypeVar("Model")


def read_folder(folder: Path, kind: str, assemble: Callable[[Path, Manifest], Model]) -> Model:
    """Read a classifier, and say of a damaged one what does not fit.

    Args:
        folder: The model folder.
        kind: The kind of model that it must hold.
        assemble: Makes the model of the folder's files and its manifest.

    Raises:
        MissingFileError: The folder is not there.
        ModelError: It holds another kind of model, is incomplete, or its parts do not fit
            together.
    """
    manifest = read_manifest(folder, task=TASK)
    if manifest.kind != kind:
        raise ModelError(f"{folder}: a classifier of kind {manifest.kind!r}, expected {kind}")
    try:
        _check_settings(manifest)
        return assemble(folder, manifest)
    except (KeyError, ValueError, OSError, TypeError, AttributeError, IndexError) as error:
        raise ModelError(f"{folder}: the model's files do not fit together: {error}") from error
    except Exception as error:
        if type(error).__module__.startswith("safetensors"):
            raise ModelError(f"{folder}: not valid arrays: {error}") from error
        raise


def _check_settings(manifest: Manifest) -> None:
    settings = manifest.settings
    labels = settings["labels"]
    if len(set(labels)) != len(labels) or len(labels) < 2:
        raise ValueError(f"expected two or more different labels, got {labels}")
    if not settings["temperature"] > 0:
        raise ValueError(f"temperature is {settings['temperature']}, expected more than 0")
    unknown = set(settings["context"]) - set(CONTEXT_PARTS)
    if unknown:
        raise ValueError(f"context is none that this govtext knows: {', '.join(sorted(unknown))}")
