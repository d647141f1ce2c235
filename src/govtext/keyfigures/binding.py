"""Bind a quantity to what it counts and to what was done.

What is counted stands behind its quantity (18项报告) or before it (报告18项), with a verb between
where the clause says what became of it (积案压到7件). Where the clause does not name it, it is
that of the figure before with the same unit (提出意见9条，采纳5条).
"""

from __future__ import annotations

from collections.abc import Sequence

from govtext.keyfigures.before import object_before
from govtext.keyfigures.behind import object_behind
from govtext.keyfigures.context import SHARES, Context, context_of
from govtext.keyfigures.lexicon import TIMES
from govtext.keyfigures.phrases import first_verb, last_verb
from govtext.keyfigures.quantities import Quantity

Bound = tuple[str | None, str]


def bind(sentence: str, quantities: Sequence[Quantity]) -> list[Bound]:
    """Return action and object of each quantity of a sentence, in their order."""
    bound: list[Bound] = []
    for i, quantity in enumerate(quantities):
        around = context_of(sentence, quantities, i)
        listed = bool(bound and around.before) and around.before[0].part == "link"
        if listed and not around.behind and all(t.part == "link" for t in around.before):
            # 培训代表5期、320人次: two figures of one object.
            bound.append(bound[-1])
            continue
        action, what = _bind(around, bound[-1][1] if bound else "")
        if what is None:
            what = _carried(quantities[:i], bound, quantity.unit)
        bound.append((bound[-1][0] if listed and action is None else action, what))
    return bound


def _bind(around: Context, earlier: str) -> tuple[str | None, str | None]:
    """Return action and object; None for an object that the clause does not name."""
    behind = object_behind(around)
    if behind is not None:
        return last_verb(around.before) or first_verb(around.behind), behind
    return object_before(around, earlier)


def _carried(earlier: Sequence[Quantity], bound: Sequence[Bound], unit: str) -> str:
    """Return the object of the last figure before that counts in the same unit."""
    for quantity, (_, what) in zip(reversed(earlier), reversed(bound), strict=True):
        alike = quantity.unit == unit or {quantity.unit, unit} <= SHARES
        if alike and what and unit not in TIMES:
            return what
    return ""
