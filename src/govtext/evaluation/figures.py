"""Precision and recall of key figures against marked ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_QUOTES = str.maketrans("", "", '“”"《》 ')


class Figure(NamedTuple):
    """What is compared of a figure."""

    printed: str
    unit: str
    object: str
    action: str | None


@dataclass(frozen=True, slots=True)
class FigureScores:
    """How many figures agree, of those marked and of those found.

    Attributes:
        marked: Figures marked by a person.
        found: Figures found by the program.
        quantity: Pairs that agree in the printed quantity and its unit.
        object: Pairs among them that agree in the object too, quotation marks aside.
        nearly: Pairs among the first whose objects agree, or one begins or ends with the other:
            the right thing, cut wider or narrower.
        action: Pairs among the first that agree in the action.
    """

    marked: int
    found: int
    quantity: int
    object: int
    nearly: int
    action: int

    def precision(self, agreeing: int) -> float:
        """Return the share of the found figures that agree, 0 to 1."""
        return agreeing / self.found if self.found else 0.0

    def recall(self, agreeing: int) -> float:
        """Return the share of the marked figures that agree, 0 to 1."""
        return agreeing / self.marked if self.marked else 0.0


def score_figures(
    sentences: Iterable[tuple[Sequence[Figure], Sequence[Figure]]],
) -> FigureScores:
    """Compare marked and found figures, sentence by sentence.

    A marked figure is paired with the first unpaired found one of its sentence that has the same
    printed quantity and unit.

    Args:
        sentences: Of each sentence the marked and the found figures in reading order.
    """
    marked = found = quantity = objects = nearly = actions = 0
    for truth, guess in sentences:
        marked += len(truth)
        found += len(guess)
        for a, b in _pairs(truth, guess):
            quantity += 1
            objects += _bare(a.object) == _bare(b.object)
            nearly += _nearly(_bare(a.object), _bare(b.object))
            actions += (a.action or "") == (b.action or "")
    return FigureScores(marked, found, quantity, objects, nearly, actions)


def _pairs(truth: Sequence[Figure], guess: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    rest = list(guess)
    pairs = []
    for figure in truth:
        twin = next((other for other in rest if other[:2] == figure[:2]), None)
        if twin is not None:
            rest.remove(twin)
            pairs.append((figure, twin))
    return pairs


def _bare(text: str) -> str:
    return text.translate(_QUOTES)


def _nearly(a: str, b: str) -> bool:
    if not a or not b:
        return a == b
    longer, shorter = (a, b) if len(a) >= len(b) else (b, a)
    return longer.startswith(shorter) or longer.endswith(shorter)
