"""Read a model once, and again when it was written anew."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from govtext.bundle.locate import locate_model
from govtext.bundle.manifest import MANIFEST_NAME

Model = TypeVar("Model")


def read_once(
    load: Callable[[Path], Model], *, task: str, most: int
) -> Callable[[str | Path], Model]:
    """Return a function from what a caller names as `model=` to the model, kept once it is read.

    Args:
        load: Reads a model folder.
        task: classifier or summarizer.
        most: Models that are kept; of more, the one that was not used for longest goes.
    """

    @functools.lru_cache(maxsize=most)
    def load_folder(folder: Path, changed: int) -> Model:
        # `changed` is part of the key, so a model written anew is read anew.
        return load(folder)

    def find(model: str | Path) -> Model:
        folder = locate_model(model, task=task).resolve()
        manifest = folder / MANIFEST_NAME
        return load_folder(folder, manifest.stat().st_mtime_ns if manifest.is_file() else 0)

    return find
