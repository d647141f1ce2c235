"""Which sentences of a source say what a summary states."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from govtext.summarization.clauses import MARKS, split_clauses
from govtext.summarization.marks import restore_marks
from govtext.summarization.openings import opening
from govtext.text.ngrams import bare
from govtext.types import Sentence

MOST_SENTENCES = 2
# Of the statements of reference summaries, 97 of 100 find a sentence that has this share of them.
_LEAST = 0.2


class EvidenceFinder:
    """Finds the sentences that support a statement.

    Sentences are compared with a statement by the share of its characters and bigrams that they
    have, rare ones weighing more. Source of the weights: Sparck Jones, "A Statistical
    Interpretation of Term Specificity and its Application in Retrieval", 1972.

    Args:
        sentences: The sentences of the source.
    """

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._texts = [restore_marks(sentence.text) for sentence in sentences]
        self._grams = [_grams(sentence.text) for sentence in sentences]
        self._counts = Counter(gram for grams in self._grams for gram in grams)

    def find(self, statement: str) -> tuple[Sentence, ...]:
        """Return the sentences that say a statement, at most two, the best first."""
        weights = {gram: self._weight(gram) for gram in _grams(statement)}
        total = sum(weights.values()) or 1.0
        shares = [
            (sum(weight for gram, weight in weights.items() if gram in grams) / total, -i)
            for i, grams in enumerate(self._grams)
        ]
        best = sorted(shares, reverse=True)[:MOST_SENTENCES]
        return tuple(self._sentences[-i] for share, i in best if share >= _LEAST)

    def quotes(self, statement: str) -> bool:
        """Tell whether a statement is, word for word, what a sentence begins with or part of it.

        What a sentence begins with is its `opening`, and the part one or more of its clauses.
        """
        words = _words(statement)
        size = len(words)
        return size > 0 and any(
            words == begun[start : start + size]
            for text in self._texts
            # What a sentence begins with takes long to find: words are tagged.
            if words[0] in text
            for begun in [_words(opening(text))]
            for start in range(len(begun) - size + 1)
        )

    def _weight(self, gram: str) -> float:
        return math.log((len(self._sentences) + 1) / (self._counts[gram] + 0.5))


def _words(text: str) -> list[str]:
    """Return the clauses of a text without their marks."""
    return [clause.strip(MARKS) for clause in split_clauses(text)]


def _grams(text: str) -> set[str]:
    characters = bare(text)
    return {*characters, *(characters[i : i + 2] for i in range(len(characters) - 1))}
