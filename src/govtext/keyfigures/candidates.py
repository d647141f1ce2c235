"""What the object or the action of a quantity may be: runs of words around it, and more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from govtext.keyfigures.context import Context
from govtext.keyfigures.quantities import Quantity
from govtext.keyfigures.tokens import Token, join

Kind = Literal["none", "before", "behind", "earlier"]

_LONGEST = 8
# How many of the figures before in the sentence may lend their object or action.
_BACK = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible object or action.

    Attributes:
        kind: A run of words before or behind the quantity, that of an earlier figure, or none.
        text: As printed; empty for none.
        begin: First word of a run; the place of an earlier figure in the sentence.
        end: Behind the last word of a run.
        cut: Characters that are left out of a run of one word: at its beginning, or, negative, at
            its end.
    """

    kind: Kind
    text: str
    begin: int = 0
    end: int = 0
    cut: int = 0


NONE = Candidate("none", "")


@dataclass(frozen=True, slots=True)
class Bound:
    """A quantity with the candidates that were chosen for it."""

    quantity: Quantity
    object: Candidate
    action: Candidate


def objects(context: Context, earlier: Sequence[Bound]) -> list[Candidate]:
    """Return the possible objects of a quantity; those of the earlier figures among them."""
    found = [NONE, *_runs("before", context.before), *_runs("behind", context.behind)]
    # The tagger may take for one word what is two: 抽村25个, 两件事常委会.
    for i in range(max(len(context.before) - 2, 0), len(context.before)):
        word = context.before[i].word
        found += [Candidate("before", word[cut:], i, i + 1, cut) for cut in range(1, len(word))]
    for token in context.behind[:1]:
        found += [
            Candidate("behind", token.word[:-cut], 0, 1, -cut) for cut in range(1, len(token.word))
        ]
    return [*found, *_lent([bound.object for bound in earlier])]


def actions(context: Context, earlier: Sequence[Bound]) -> list[Candidate]:
    """Return the possible actions of a quantity; those of the earlier figures among them."""
    return [
        NONE,
        *_runs("before", context.before, longest=5),
        *_runs("behind", context.behind, longest=5),
        *_lent([bound.action for bound in earlier]),
    ]


def _runs(
    kind: Literal["before", "behind"], tokens: tuple[Token, ...], longest: int = _LONGEST
) -> Iterator[Candidate]:
    """Yield the runs of words; behind a quantity those that begin near it."""
    starts = range(len(tokens) if kind == "before" else min(len(tokens), _LONGEST))
    for begin in starts:
        if tokens[begin].tag.startswith("x:"):
            continue
        for end in range(begin + 1, min(begin + longest, len(tokens)) + 1):
            yield Candidate(kind, join(tokens[begin:end]), begin, end)


def _lent(chosen: Sequence[Candidate]) -> Iterator[Candidate]:
    seen: set[str] = set()
    for i in range(len(chosen) - 1, max(len(chosen) - 1 - _BACK, -1), -1):
        text = chosen[i].text
        if text and text not in seen:
            seen.add(text)
            yield Candidate("earlier", text, i)
