"""Bind a quantity to what it counts and to what was done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govtext.keyfigures.quantities import Quantity

_BEFORE = re.compile(r"(?P<action>听取和审议|[^，。；：、]{0,2}?)(?P<object>[^，。；：的了等]*)$")
_AFTER = re.compile(r"[^，。；：、的了被]*")


def bind(sentence: str, quantities: Sequence[Quantity]) -> list[tuple[str | None, str]]:
    """Return action and object of each quantity of a sentence, in their order."""
    return [_bind(sentence, quantity) for quantity in quantities]


def _bind(sentence: str, quantity: Quantity) -> tuple[str | None, str]:
    before = _BEFORE.search(sentence[: quantity.start])
    after = _AFTER.match(sentence[quantity.end :])
    action, what = (before["action"], before["object"]) if before else ("", "")
    if after and after[0]:
        what = after[0]
    return action or None, what
