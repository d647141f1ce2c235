"""What stands around a quantity in its clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from govtext.keyfigures.quantities import Quantity
from govtext.keyfigures.tokens import QUOTED, Token, tokenize

CLAUSE_MARK = re.compile(r"[，。；：！？,;:!?\n—]")
_QUOTED = re.compile(QUOTED)
# In place of a mark, where a piece ends at another quantity, or at the end of the sentence.
QUANTITY, EDGE = "Q", "^"


@dataclass(frozen=True, slots=True)
class Context:
    """The words of a clause before and behind a quantity, up to the next quantity.

    Attributes:
        quantity: The quantity.
        before: The words between the last mark or quantity and this one.
        behind: The words up to the next mark or quantity.
        opening: The mark before `before`; `QUANTITY` or `EDGE` where there is none.
        closing: The mark behind `behind`, likewise.
    """

    quantity: Quantity
    before: tuple[Token, ...]
    behind: tuple[Token, ...]
    opening: str
    closing: str


def context_of(sentence: str, quantities: Sequence[Quantity], i: int) -> Context:
    """Return the words around the i-th quantity of a sentence."""
    quantity = quantities[i]
    left = quantities[i - 1].end if i else 0
    right = quantities[i + 1].start if i + 1 < len(quantities) else len(sentence)
    before = CLAUSE_MARK.split(_shield(sentence[left : quantity.start]))[-1]
    behind = CLAUSE_MARK.split(_shield(sentence[quantity.end : right]))[0]
    begin, end = quantity.start - len(before), quantity.end + len(behind)
    opening = QUANTITY if begin == left else sentence[begin - 1]
    closing = QUANTITY if end == right else sentence[end]
    return Context(
        quantity,
        tokenize(sentence[begin : quantity.start]),
        tokenize(sentence[quantity.end : end]),
        EDGE if begin == 0 else opening,
        EDGE if end == len(sentence) else closing,
    )


def _shield(text: str) -> str:
    """Hide the marks inside quotations and titles, which end no clause."""
    return _QUOTED.sub(lambda match: "□" * len(match[0]), text)
