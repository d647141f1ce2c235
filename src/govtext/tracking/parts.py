"""Runs that are part of another: trials of a sweep, folds of a cross-validation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Part:
    """What a run that is started belongs to.

    Attributes:
        parent_id: The run that it is part of, None for a run of its own.
        tags: Tags that say which part it is.
    """

    parent_id: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


_NONE = Part()
_part: ContextVar[Part] = ContextVar("part", default=_NONE)


@contextmanager
def parts_of(parent_id: str, tags: Mapping[str, str]) -> Iterator[None]:
    """Make the runs that this thread starts inside the block parts of a run.

    Args:
        parent_id: The run that they are part of.
        tags: Tags that they get.
    """
    token = _part.set(Part(parent_id, tags))
    try:
        yield
    finally:
        _part.reset(token)


def part() -> Part:
    """Return what a run that is started now belongs to."""
    return _part.get()
