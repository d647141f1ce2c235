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
    return _score(([(figure,) for figure in truth], guess) for truth, guess in sentences)


def score_by_either(
    sentences: Iterable[tuple[Sequence[Figure], Sequence[Figure], Sequence[Figure]]],
) -> FigureScores:
    """Compare found figures with those of two people: right is what agrees with either.

    A figure that only one of them marked counts as marked where it was found; so neither finding
    nor leaving out what they disagree on is a fault.

    Args:
        sentences: Of each sentence the figures marked by the first, those marked by the second,
            and those found, each in reading order.
    """
    return _score(
        (_undisputed(_marks_of_both(first, second), guess), guess)
        for first, second, guess in sentences
    )


# A figure as marked: by one person, or by two.
_Marks = tuple[Figure, ...]


def _score(sentences: Iterable[tuple[Sequence[_Marks], Sequence[Figure]]]) -> FigureScores:
    marked = found = quantity = objects = nearly = actions = 0
    for truth, guess in sentences:
        marked += len(truth)
        found += len(guess)
        for marks, twin in _pairs(truth, guess):
            quantity += 1
            objects += any(_bare(mark.object) == _bare(twin.object) for mark in marks)
            nearly += any(_nearly(_bare(mark.object), _bare(twin.object)) for mark in marks)
            actions += any((mark.action or "") == (twin.action or "") for mark in marks)
    return FigureScores(marked, found, quantity, objects, nearly, actions)


def _marks_of_both(first: Sequence[Figure], second: Sequence[Figure]) -> list[_Marks]:
    rest = list(second)
    marks: list[_Marks] = []
    for figure in first:
        twin = next((other for other in rest if other[:2] == figure[:2]), None)
        if twin is None:
            marks.append((figure,))
        else:
            rest.remove(twin)
            marks.append((figure, twin))
    return marks + [(figure,) for figure in rest]


def _undisputed(truth: Sequence[_Marks], guess: Sequence[Figure]) -> list[_Marks]:
    """Leave out what only one person marked and the program did not find."""
    matched = {id(marks) for marks, _ in _pairs(truth, guess)}
    return [marks for marks in truth if len(marks) > 1 or id(marks) in matched]


def _pairs(truth: Sequence[_Marks], guess: Sequence[Figure]) -> list[tuple[_Marks, Figure]]:
    rest = list(guess)
    pairs = []
    for marks in truth:
        twin = next((other for other in rest if other[:2] == marks[0][:2]), None)
        if twin is not None:
            rest.remove(twin)
            pairs.append((marks, twin))
    return pairs


def _bare(text: str) -> str:
    return text.translate(_QUOTES)


def _nearly(a: str, b: str) -> bool:
    if not a or not b:
        return a == b
    longer, shorter = (a, b) if len(a) >= len(b) else (b, a)
    return longer.startswith(shorter) or longer.endswith(shorter)
