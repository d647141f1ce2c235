"""How probable it is that a source says what a statement says.

Judged by a few signs: how far the words of the statement stand together in the source, whether they
end where a clause of it ends, and how likely the model that wrote it finds it, given the sentences
of the source that are nearest to it. What the signs weigh is learned from statements that readers
judged.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from govtext.summarization.chunks import split_long
from govtext.summarization.clauses import BREAKS, MARKS, split_clauses
from govtext.summarization.generation import Question, Steps, ask
from govtext.text.ngrams import bare, char_ngrams
from govtext.text.sentences import CLOSERS

# Most characters of the source that are read with a statement, and of a piece of a long sentence.
_READ_CHARS, _PIECE_CHARS = 240, 160
_LEAST_LIKELY = 3
_CLOSING = re.compile(f"[{re.escape(''.join(CLOSERS))}]")
# Log probabilities below this say no more.
_FLOOR = -8.0


@dataclass(frozen=True, slots=True)
class Entailment:
    """A logistic regression on the signs of `Reading`.

    Attributes:
        weights: What each sign counts, by its name.
        bias: What is added.
    """

    weights: Mapping[str, float]
    bias: float

    def probability(self, signs: Mapping[str, float]) -> float:
        """Return how probable it is that the source says a statement, from 0 to 1."""
        total = self.bias + sum(weight * signs[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-total))


class Reading:
    """A source, as statements are compared with it.

    Args:
        sentences: The sentences of the source.
        limit: Most tokens that the model reads; a character is hardly ever more than one.

    Attributes:
        pieces: The sentences, long ones in pieces.
    """

    def __init__(self, sentences: Iterable[str], limit: int) -> None:
        self._read_chars = min(_READ_CHARS, limit)
        piece_chars = min(_PIECE_CHARS, self._read_chars)
        self.pieces = [
            piece for sentence in sentences for piece in split_long(sentence, piece_chars, len)
        ]
        self._bigrams = [char_ngrams(piece, 2) for piece in self.pieces]
        self._clauses = [
            char_ngrams(clause, 2) for piece in self.pieces for clause in split_clauses(piece)
        ]
        self._all = set().union(*self._bigrams)
        self._text = _CLOSING.sub("", "\n".join([*self.pieces, ""]))

    def question(self, statement: str) -> Question:
        """Return what the model is asked: how likely a statement is, given what is nearest to it.

        Nearest are the sentences that share most of its character bigrams, in their order.
        """
        chosen: list[int] = []
        for i in self._by_nearness(statement):
            if chosen and sum(len(self.pieces[j]) for j in [*chosen, i]) > self._read_chars:
                break
            chosen.append(i)
        return Question(statement.rstrip(MARKS), "\n".join(self.pieces[i] for i in sorted(chosen)))

    def nearest(self, statement: str) -> str:
        """Return the sentence, or piece of a long one, that is nearest to a statement."""
        return self.pieces[self.place(statement)]

    def place(self, statement: str) -> int:
        """Return where in the source the sentence stands that is nearest to a statement."""
        return self._by_nearness(statement)[0]

    def position(self, statement: str) -> tuple[int, int]:
        """Return where that sentence stands, and where in it the statement's first words do."""
        place = self.place(statement)
        return place, self.pieces[place].find(statement[:2])

    def signs(self, statement: str, likelihood: Sequence[float]) -> dict[str, float]:
        """Return the signs of a statement, by name.

        Args:
            statement: The statement.
            likelihood: The log probability of each of its tokens, as the model was asked.
        """
        own = char_ngrams(statement, 2)
        size = max(1, len(own))
        tokens = sorted(max(_FLOOR, token) for token in likelihood) or [_FLOOR]
        return {
            "sentence": max((len(own & other) for other in self._bigrams), default=0) / size,
            "clause": max((len(own & other) for other in self._clauses), default=0) / size,
            "source": len(own & self._all) / size,
            "characters": len(bare(statement)) / 10,
            "likelihood": sum(tokens) / len(tokens),
            "least": tokens[0],
            "unlikely": sum(tokens[:_LEAST_LIKELY]) / len(tokens[:_LEAST_LIKELY]),
            "ends": float(self._ends(_CLOSING.sub("", statement).rstrip(MARKS))),
        }

    def _ends(self, words: str) -> bool:
        """Tell whether the source, where it has the last words of a statement, ends a clause."""
        for start in range(len(words) - 1):
            end = words[start:]
            if end in self._text:
                return any(end + mark in self._text for mark in BREAKS)
        return False

    def _by_nearness(self, statement: str) -> list[int]:
        own = char_ngrams(statement, 2)
        return sorted(range(len(self.pieces)), key=lambda i: (-len(own & self._bigrams[i]), i))


def probabilities(
    statements: Sequence[tuple[Reading, Sequence[str]]], entailment: Entailment
) -> Steps[list[dict[str, float]]]:
    """Have statements judged.

    Args:
        statements: Sources, each with what was stated of it.
        entailment: How they are judged.

    Returns:
        For each source the probability of each statement.
    """
    likelihoods = iter(
        (
            yield from ask(
                [reading.question(one) for reading, stated in statements for one in stated]
            )
        )
    )
    return [
        {one: entailment.probability(reading.signs(one, next(likelihoods))) for one in stated}
        for reading, stated in statements
    ]
