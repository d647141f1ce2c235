"""Extractive baselines: what a summary must beat to be worth training."""

from __future__ import annotations

import re

import numpy as np

from govtext.evaluation.summaries import rouge
from govtext.text.ngrams import char_ngrams
from govtext.text.sentences import split_sentences


def lead(text: str, max_chars: int) -> str:
    """Return the first `max_chars` characters, line breaks left out."""
    return re.sub(r"\s+", "", text)[:max_chars]


def first_clause(text: str, max_chars: int) -> str:
    """Return the first clause, up to a comma or a final mark, within `max_chars`."""
    return re.split(r"[，。；：！？,;\n]", text.strip(), maxsplit=1)[0][:max_chars]


def textrank(text: str, max_chars: int) -> str:
    """Return the sentences most alike to all others, in reading order, within `max_chars`.

    The one best sentence is cut where even that is too long.
    Source: Mihalcea, Tarau, "TextRank: Bringing Order into Texts", EMNLP 2004; similarity on
    character bigrams.
    """
    sentences = _sentences(text)
    if not sentences:
        return ""
    ranks = _pagerank(_similarities(sentences))
    return _fill(sentences, list(np.argsort(-ranks, kind="stable")), max_chars)


def oracle(text: str, reference: str, max_chars: int) -> str:
    """Return the sentence with the highest ROUGE-L to the reference: the extractive ceiling."""
    sentences = _sentences(text)
    best = max(sentences, key=lambda sentence: rouge(sentence, reference)[2], default="")
    return best[:max_chars]


def _sentences(text: str) -> list[str]:
    return [sentence for line in text.splitlines() for sentence in split_sentences(line)]


def _similarities(sentences: list[str]) -> np.ndarray:
    grams = [char_ngrams(sentence, 2) for sentence in sentences]
    size = len(sentences)
    matrix = np.zeros((size, size))
    for i in range(size):
        for j in range(i):
            norm = np.log(len(grams[i]) + 1) + np.log(len(grams[j]) + 1)
            matrix[i, j] = matrix[j, i] = len(grams[i] & grams[j]) / norm if norm else 0.0
    return matrix


def _pagerank(weights: np.ndarray, *, damping: float = 0.85, rounds: int = 50) -> np.ndarray:
    size = len(weights)
    totals = weights.sum(axis=0)
    transition = np.divide(weights, totals, out=np.full_like(weights, 1 / size), where=totals > 0)
    ranks = np.full(size, 1 / size)
    for _ in range(rounds):
        ranks = (1 - damping) / size + damping * transition @ ranks
    return ranks


def _fill(sentences: list[str], order: list[int], max_chars: int) -> str:
    chosen: list[int] = []
    used = 0
    for i in order:
        if used + len(sentences[i]) <= max_chars:
            chosen.append(i)
            used += len(sentences[i])
    if not chosen:
        return sentences[order[0]][:max_chars]
    return "".join(sentences[i] for i in sorted(chosen))
