"""Train the model that binds quantities on marked sentences.

Both rankers are conditional log-linear models: of the candidates of a quantity, those that read as
the mark does are right. Fitted by L-BFGS with a squared penalty; nothing is left to chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from govtext.corpus.marked_figures import MarkedFigure, MarkedSentence
from govtext.errors import DataError
from govtext.keyfigures.candidates import NONE, Bound, Candidate, actions, objects
from govtext.keyfigures.context import context_of
from govtext.keyfigures.quantities import Quantity, find_quantities
from govtext.keyfigures.ranker import Binder, Ranker
from govtext.keyfigures.traits import Traits

_QUOTES = str.maketrans("", "", '“”"《》 ')
_LARGEST = 127


@dataclass(slots=True)
class _Choices:
    """The candidates of many quantities, one quantity after another."""

    slots: int
    traits: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=lambda: [0])
    right: list[bool] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def add(self, candidates: Sequence[Candidate], traits: Traits, mark: str) -> Candidate:
        """Add a quantity; return its right candidate, `NONE` where no candidate is right."""
        right = [_bare(candidate.text) == _bare(mark) for candidate in candidates]
        if not any(right):
            return NONE
        self.starts.append(len(self.right))
        for candidate in candidates:
            self.traits.extend(traits.of(candidate))
            self.ends.append(len(self.traits))
        self.right.extend(right)
        # Where the words stand in the clause, they are no loan from an earlier figure.
        return next(c for c, is_right in zip(candidates, right, strict=True) if is_right)


def train_binder(
    sentences: Iterable[MarkedSentence],
    *,
    object_slots: int = 2**19,
    action_slots: int = 2**18,
    penalty: float = 1.0,
    steps: int = 100,
) -> Binder:
    """Fit both rankers.

    Args:
        sentences: Sentences with marked figures.
        object_slots: Slots for the traits of objects, a power of two.
        action_slots: Slots for those of actions, a power of two.
        penalty: Weight of half the sum of the squared weights.
        steps: Most steps of the optimizer.

    Raises:
        DataError: No sentence has a marked figure that is found.
    """
    of_objects, of_actions = _Choices(object_slots), _Choices(action_slots)
    for sentence in sentences:
        _add(sentence, of_objects, of_actions)
    if not of_objects.right or not of_actions.right:
        raise DataError("no marked figure to learn from; expected sentences with figures")
    return Binder(_fit(of_objects, penalty, steps), _fit(of_actions, penalty, steps))


def _add(sentence: MarkedSentence, of_objects: _Choices, of_actions: _Choices) -> None:
    quantities = find_quantities(sentence.text)
    marks = _paired(sentence.figures, quantities)
    bound: list[Bound] = []
    for i, quantity in enumerate(quantities):
        mark = marks.get(i)
        what = action = NONE
        if mark is not None:
            around = context_of(sentence.text, quantities, i)
            traits = Traits(around, bound, sentence.text, slots=of_objects.slots)
            what = of_objects.add(objects(around, bound), traits, mark.object)
            traits = Traits(around, bound, sentence.text, slots=of_actions.slots, bound_to=what)
            action = of_actions.add(actions(around, bound), traits, mark.action or "")
        bound.append(Bound(quantity, what, action))


def _paired(
    marks: Sequence[MarkedFigure], quantities: Sequence[Quantity]
) -> dict[int, MarkedFigure]:
    """Return the mark of each quantity that has one, by the quantity's place."""
    rest = list(marks)
    paired = {}
    for i, quantity in enumerate(quantities):
        form = (quantity.printed, quantity.unit)
        mark = next((mark for mark in rest if (mark.printed, mark.unit) == form), None)
        if mark is not None:
            rest.remove(mark)
            paired[i] = mark
    return paired


def _fit(choices: _Choices, penalty: float, steps: int) -> Ranker:
    used, columns = np.unique(np.array(choices.traits), return_inverse=True)
    ends = np.array(choices.ends)
    ones = np.ones(len(columns), dtype=np.float32)
    table = csr_matrix((ones, columns, ends), shape=(len(ends) - 1, len(used)))
    turned = table.T.tocsr()
    starts, right = np.array(choices.starts), np.array(choices.right)
    sizes = np.diff([*starts, len(right)])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        sums = (table @ weights.astype(np.float32)).astype(np.float64)
        sums -= np.repeat(np.maximum.reduceat(sums, starts), sizes)
        odds = np.exp(sums)
        total, hit = np.add.reduceat(odds, starts), np.add.reduceat(odds * right, starts)
        hit = np.maximum(hit, 1e-300)
        slope = odds / np.repeat(total, sizes) - odds * right / np.repeat(hit, sizes)
        value = np.sum(np.log(total) - np.log(hit)) + penalty / 2 * weights @ weights
        return float(value), turned @ slope.astype(np.float32) + penalty * weights

    fitted = minimize(
        loss, np.zeros(len(used)), jac=True, method="L-BFGS-B", options={"maxiter": steps}
    )
    weights = np.zeros(choices.slots, dtype=np.int8)
    scale = _LARGEST / max(np.abs(fitted.x).max(), np.finfo(np.float32).tiny)
    weights[used] = np.round(fitted.x * scale).astype(np.int8)
    return Ranker(weights)


def _bare(text: str) -> str:
    return text.translate(_QUOTES)
