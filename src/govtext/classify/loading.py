"""From what a caller names as `model=` to a classifier."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path

from govtext.bundle.cache import read_once
from govtext.bundle.manifest import read_manifest
from govtext.classify.classifier import Classifier
from govtext.classify.folder import TASK
from govtext.errors import ModelError

DEFAULT_MODEL = "fast"


def load_classifier(model: str | Path = DEFAULT_MODEL, *, threads: int | None = None) -> Classifier:
    """Return a classifier, read once and kept as long as its manifest does not change.

    Args:
        model: As for `predict`.
        threads: As for `predict`.

    Raises:
        ModelError: The model cannot be found or is incomplete.
        MissingFileError: There is no such folder.
    """
    return _reader(threads or os.cpu_count() or 1)(model)


@functools.cache
def _reader(threads: int) -> Callable[[str | Path], Classifier]:
    return read_once(functools.partial(read_classifier, threads=threads), task=TASK, most=4)


def read_classifier(folder: Path, *, threads: int = 0) -> Classifier:
    """Read a model folder of any kind; only the code of its kind is imported.

    Args:
        folder: The model folder.
        threads: Processor threads that an encoder may use, 0 for what it thinks best; linear
            models use one.

    Raises:
        MissingFileError: The folder is not there.
        ModelError: It is no classifier, is incomplete, or is of a kind that this govtext does not
            know.
    """
    kind = read_manifest(folder, task=TASK).kind
    if kind == "hashed-linear":
        from govtext.classify.hashed import HashedClassifier

        return HashedClassifier.load(folder)
    if kind == "tfidf-linear":
        from govtext.classify.tfidf import TfidfClassifier

        return TfidfClassifier.load(folder)
    if kind == "encoder":
        from govtext.classify.encoder import EncoderClassifier

        return EncoderClassifier.load(folder, threads=threads)
    if kind == "ensemble":
        from govtext.classify.ensemble import EnsembleClassifier

        return EnsembleClassifier.load(folder, functools.partial(read_classifier, threads=threads))
    raise ModelError(f"{folder}: a classifier of kind {kind!r}, which this govtext does not know")
