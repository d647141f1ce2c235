"""Choose, among what a model wrote, what its source supports."""

from __future__ import annotations

from collections.abc import Sequence

from govtext.summarization.clauses import close, drop_repeated, fit, split_clauses
from govtext.summarization.engine import Candidate
from govtext.text.facts import unsupported
from govtext.text.ngrams import bare, char_ngrams
from govtext.text.sentences import split_sentences
from govtext.types import Evidence, Sentence

_MIN_WORDS = 6
_MIN_OVERLAP = 0.25
# How much a candidate's likelihood may lose to one all of whose words are the source's.
_GROUNDING = 1.0
# Least share of the character bigrams that are the source's, of a summary and of a statement in
# it: every summary that people wrote for the training data has the first, 99 of 100 statements
# the second.
_MIN_GROUNDED = 0.3
_MIN_STATEMENT = 0.1
_QUOTED_CHARS = 60
_MOST_SENTENCES = 2


def choose(
    candidates: Sequence[Candidate], source: str, *, max_chars: int
) -> tuple[str, tuple[str, ...]]:
    """Return the best candidate that speaks of its source and invents nothing, and notes.

    Candidates without numbers, titles and quoted terms that the source lacks come first, then
    those that need no cutting, then those that are likelier and say more in the source's words.
    Statements with such inventions, or with next to no words of the source, are left out; where
    too little is left of every candidate, the source is quoted.

    Args:
        candidates: What the model wrote; may be empty.
        source: What it wrote it from.
        max_chars: Most characters.
    """
    texts = {drop_repeated(candidate.text): candidate.score for candidate in candidates}
    for text in sorted(texts, key=lambda text: _rank(text, texts[text], source, max_chars)):
        supported = _supported_statements(text, source)
        is_enough = len(bare(supported)) >= _MIN_WORDS
        if is_enough and _grounded(supported, source) >= _MIN_GROUNDED:
            return fit(supported, max_chars), ()
    return _quote(source, max_chars), ("the first words of the source were taken over",)


def find_evidence(summary: str, sentences: Sequence[Sentence]) -> tuple[Evidence, ...]:
    """Find, for each statement of a summary, the source sentences that say it.

    A statement is a clause. Sentences are compared by the share of the statement's character
    bigrams that they have; at most two are named, and none that has less than a quarter.
    """
    bigrams = [char_ngrams(sentence.text, 2) for sentence in sentences]
    return tuple(
        Evidence(statement, tuple(sentences[i] for i in _closest(statement, bigrams)))
        for statement in split_statements(summary)
    )


def split_statements(summary: str) -> list[str]:
    """Split a summary into its clauses; those of few words go with the next."""
    statements: list[str] = []
    waiting = ""
    for clause in split_clauses(summary):
        waiting += clause
        if len(bare(waiting)) >= _MIN_WORDS:
            statements.append(waiting)
            waiting = ""
    if waiting and statements:
        statements[-1] += waiting
    elif waiting:
        statements.append(waiting)
    return statements


def _rank(text: str, score: float, source: str, max_chars: int) -> tuple[int, bool, float]:
    is_long = len(close(text)) > max_chars
    preference = score + _GROUNDING * _grounded(text, source)
    return len(unsupported(text, source)), is_long, -preference


def _grounded(text: str, source: str) -> float:
    """Return the share of a text's character bigrams that its source has."""
    bigrams = char_ngrams(text, 2)
    return len(bigrams & char_ngrams(source, 2)) / max(1, len(bigrams))


def _supported_statements(text: str, source: str) -> str:
    return "".join(
        statement
        for statement in split_statements(text)
        if not unsupported(statement, source) and _grounded(statement, source) >= _MIN_STATEMENT
    )


def _quote(source: str, max_chars: int) -> str:
    return fit(split_sentences(source)[0], min(max_chars, _QUOTED_CHARS))


def _closest(statement: str, bigrams: Sequence[set[str]]) -> list[int]:
    wanted = char_ngrams(statement, 2)
    if not wanted:
        return []
    shares = [(len(wanted & found) / len(wanted), -i) for i, found in enumerate(bigrams)]
    best = sorted(shares, reverse=True)[:_MOST_SENTENCES]
    return [-i for share, i in best if share >= _MIN_OVERLAP]
