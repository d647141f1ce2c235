"""Character n-grams: how much of one text is in another."""

from __future__ import annotations

import re

_IGNORED = re.compile(r"[\W_]+")


def bare(text: str) -> str:
    """Return the text without white space, punctuation and symbols."""
    return _IGNORED.sub("", text)


def char_ngrams(text: str, n: int) -> set[str]:
    """Return the set of the n-grams of the bare characters of a text."""
    chars = bare(text)
    return {chars[i : i + n] for i in range(len(chars) - n + 1)}


def novel_bigrams(summary: str, source: str) -> tuple[int, int]:
    """Count the different character bigrams of a summary that its source does not have.

    Returns:
        The number of new bigrams and the number of all bigrams of the summary.
    """
    bigrams = char_ngrams(summary, 2)
    return len(bigrams - char_ngrams(source, 2)), len(bigrams)


def jaccard(a: set[str], b: set[str]) -> float:
    """Return the share of the elements of either set that are in both, 0 for two empty sets."""
    union = len(a | b)
    return len(a & b) / union if union else 0.0
