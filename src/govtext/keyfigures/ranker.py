"""The model that binds quantities: two linear rankers, of objects and of actions."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from govtext.bundle.locate import locate_model
from govtext.bundle.manifest import read_manifest, write_manifest
from govtext.errors import ModelError
from govtext.keyfigures.candidates import Candidate
from govtext.keyfigures.traits import Traits

_TASK, _KIND, _SHIPPED = "keyfigures", "linear-ranker", "binder"
_ARRAYS = "arrays.safetensors"


@dataclass(frozen=True, slots=True)
class Ranker:
    """A linear model over traits.

    Attributes:
        weights: The weight of each slot, shape (slots,), whole numbers from -127 to 127.
    """

    weights: NDArray[np.int8]

    @property
    def slots(self) -> int:
        """How many slots there are, a power of two."""
        return len(self.weights)

    def best(self, candidates: Sequence[Candidate], traits: Traits) -> Candidate:
        """Return the candidate whose weights have the largest sum; the first where several do."""
        sums = [int(self.weights[traits.of(c)].sum(dtype=np.int64)) for c in candidates]
        return candidates[sums.index(max(sums))]


@dataclass(frozen=True, slots=True)
class Binder:
    """What chooses the object and the action of a quantity."""

    object: Ranker
    action: Ranker


def save_binder(binder: Binder, folder: Path) -> None:
    """Write a model folder; files that are there are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {"object": binder.object.weights, "action": binder.action.weights}
    save_file(arrays, folder / _ARRAYS)
    write_manifest(folder, task=_TASK, kind=_KIND, settings={})


def read_binder(folder: Path) -> Binder:
    """Read a model folder.

    Raises:
        MissingFileError: There is no such folder.
        ModelError: It holds no binder, or is incomplete.
    """
    manifest = read_manifest(folder, task=_TASK)
    if manifest.kind != _KIND:
        raise ModelError(f"{folder}: kind {manifest.kind!r}; this govtext reads {_KIND!r}")
    arrays = load_file(folder / _ARRAYS)
    if set(arrays) != {"object", "action"}:
        raise ModelError(f"{folder / _ARRAYS}: expected the arrays object and action")
    return Binder(Ranker(arrays["object"]), Ranker(arrays["action"]))


@functools.cache
def shipped_binder() -> Binder:
    """Return the binder that comes with the package."""
    return read_binder(locate_model(_SHIPPED, task=_TASK))
