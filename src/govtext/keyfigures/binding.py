"""Bind a quantity to what it counts and to what was done.

What is counted stands behind its quantity (18项报告) or before it (报告18项), with a verb between
where the clause says what became of it (积案压到7件). Where the clause does not name it, it is
that of a figure before (提出意见9条，采纳5条), or nothing. A linear model, trained on marked
figures, chooses among these and where the words begin and end; likewise for the action.
"""

from __future__ import annotations

from collections.abc import Sequence

from govtext.keyfigures.candidates import Bound, actions, objects
from govtext.keyfigures.context import context_of
from govtext.keyfigures.quantities import Quantity
from govtext.keyfigures.ranker import Binder
from govtext.keyfigures.traits import Traits


def bind(sentence: str, quantities: Sequence[Quantity], binder: Binder) -> list[Bound]:
    """Return each quantity of a sentence with its object and its action, in their order."""
    bound: list[Bound] = []
    for i, quantity in enumerate(quantities):
        around = context_of(sentence, quantities, i)
        traits = Traits(around, bound, sentence, slots=binder.object.slots)
        what = binder.object.best(objects(around, bound), traits)
        traits = Traits(around, bound, sentence, slots=binder.action.slots, bound_to=what)
        bound.append(Bound(quantity, what, binder.action.best(actions(around, bound), traits)))
    return bound
