"""Whether a number of a summary counts what it counts in the source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govtext.text.quantities import Quantity, quantities
from govtext.types import Outcome

# What is compared: the characters within this reach of a number that are not mere grammar, nearer
# to it in the summary than in the source.
_NEAR, _REACH = 4, 6
_GRAMMAR = frozenset("的了和与及等共均已并各其中对就为在把被将从到向以也都多余近约达至全年本")
# How much better another number of the source must fit the words around a number to contradict it.
_MARGIN = 0.2
# A name of what is counted, as long as this, that the source has but nowhere near the number.
_NAME = 3
_CLEAR = 0.34
# How well a number of the source must fit to stand in for a wrong one.
_CLEAR_FIT = 0.5
_CLAUSE_END = re.compile(r"[。！？!?\n，；,;]")


class Bindings:
    """The quantities of a source, each with its words.

    Args:
        source: The text that was summed up.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._quantities = quantities(source)

    def has(self, quantity: Quantity) -> bool:
        """Tell whether the source has a number with its unit."""
        return bool(self._same(quantity))

    def outcome(self, quantity: Quantity) -> Outcome | None:
        """Tell whether the source binds a number to the same thing.

        The words around the number are compared with those around the same number in the source
        and those around others with a like unit.

        Returns:
            `missing` where another number of the source fits the words better, or what is
            counted stands only in other clauses; `unclear` where the number is there among
            other words; None where the source lacks the number or the summary says nothing of
            what it counts.
        """
        same = self._same(quantity)
        sides = _sides(quantity)
        if not same or not sides:
            return None
        own = max(_fit(sides, other) for other in same)
        others = [
            other
            for other in self._quantities
            if other.value != quantity.value and other.counts_like(quantity)
        ]
        best = max((_fit(sides, other) for other in others), default=0.0)
        if best - own >= _MARGIN or self._is_named_elsewhere(quantity, same):
            return "missing"
        return "found" if own >= _CLEAR else "unclear"

    def correction(self, quantity: Quantity) -> Quantity | None:
        """Return the number of the source that counts what a wrong number is said to count.

        Returns:
            The quantity of a like unit that fits the words best; None where none fits them well,
            or where several fit as well.
        """
        sides = _sides(quantity)
        if not sides:
            return None
        fits: dict[str, tuple[float, Quantity]] = {}
        for other in self._quantities:
            fit = _fit(sides, other)
            if (
                other.unit
                and other.counts_like(quantity)
                and fit > fits.get(other.value, (0.0,))[0]
            ):
                fits[other.value] = fit, other
        best, *rest = sorted(fits.values(), key=lambda pair: -pair[0]) or [(0.0, quantity)]
        is_clear = best[0] >= _CLEAR_FIT and (not rest or best[0] - rest[0][0] >= _MARGIN)
        return best[1] if is_clear else None

    def _same(self, quantity: Quantity) -> list[Quantity]:
        return [
            other
            for other in self._quantities
            if other.value == quantity.value and other.counts_like(quantity)
        ]

    def _is_named_elsewhere(self, quantity: Quantity, same: Sequence[Quantity]) -> bool:
        name = _longest_start(quantity.after[:8], self._source)
        return len(name) >= _NAME and not any(name in self._clause(other) for other in same)

    def _clause(self, quantity: Quantity) -> str:
        start = max(
            (m.end() for m in _CLAUSE_END.finditer(self._source, 0, quantity.start)), default=0
        )
        end = _CLAUSE_END.search(self._source, quantity.start)
        return self._source[start : end.start() if end else None]


def _sides(quantity: Quantity) -> list[set[str]]:
    """Return the characters right after and right before a quantity, where there are any."""
    sides = (quantity.after[:_NEAR], quantity.before[-_NEAR:])
    return [characters for side in sides if (characters := _characters(side))]


def _fit(sides: Sequence[set[str]], other: Quantity) -> float:
    """Return the largest share of one side's characters that stand around another number."""
    around = _characters(other.before[-_REACH:] + other.after[:_REACH])
    return max(len(wanted & around) / len(wanted) for wanted in sides)


def _characters(words: str) -> set[str]:
    return set(words) - _GRAMMAR


def _longest_start(words: str, text: str) -> str:
    return next((words[:n] for n in range(len(words), 0, -1) if words[:n] in text), "")
