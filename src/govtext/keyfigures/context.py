"""What stands around a quantity in its clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from govtext.keyfigures.lexicon import CHANGES, NOUNS, VERBS
from govtext.keyfigures.quantities import Quantity
from govtext.keyfigures.tokens import Token, tokenize

# A share of something; figures of these units speak of the same thing one after another.
SHARES = frozenset(("%", "％", "‰", "个百分点", "百分点", "倍", ""))
# Endings of verbs that say what something became: 增至, 降到.
BECOMES = ("到", "至", "为", "达", "计", "是")
_CLAUSE_MARK = re.compile(r"[，。；：！？,;:!?\n—]")


@dataclass(frozen=True, slots=True)
class Context:
    """The words of a clause before and behind a quantity, up to the next quantity.

    Attributes:
        before: The words between the last mark or quantity and this one.
        behind: The words up to the next mark or quantity.
        unit: Its unit.
    """

    before: list[Token]
    behind: list[Token]
    unit: str


def context_of(sentence: str, quantities: Sequence[Quantity], i: int) -> Context:
    """Return the words around the i-th quantity of a sentence."""
    quantity = quantities[i]
    left = quantities[i - 1].end if i else 0
    right = quantities[i + 1].start if i + 1 < len(quantities) else len(sentence)
    before = _CLAUSE_MARK.split(_shield(sentence[left : quantity.start]))[-1]
    behind = _CLAUSE_MARK.split(_shield(sentence[quantity.end : right]))[0]
    return Context(
        tokenize(sentence[quantity.start - len(before) : quantity.start]),
        tokenize(sentence[quantity.end : quantity.end + len(behind)]),
        quantity.unit,
    )


def _shield(text: str) -> str:
    """Hide the marks inside quotations and titles, which end no clause."""
    return re.sub(r"“[^”]*”|《[^》]*》", lambda match: "□" * len(match[0]), text)


def is_verbal(token: Token) -> bool:
    """Tell whether a word names an action, as verb or noun."""
    return token.part == "nominal" and token.word not in NOUNS


def is_event(token: Token) -> bool:
    """Tell whether a bare verb before 三次 is what took place (面商两轮)."""
    word = token.word
    return (
        token.part == "verb"
        and len(word) == 2
        and word not in VERBS | CHANGES
        and not word.endswith(BECOMES)
    )
