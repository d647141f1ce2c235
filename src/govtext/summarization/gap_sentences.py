"""Pairs made by rule: a paragraph and the sentence that shares most with the rest of it.

Headings teach what a summary sounds like; these teach where its facts come from.
Source: Zhang et al., "PEGASUS: Pre-training with Extracted Gap-sentences", ICML 2020.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from govtext.summarization.pretraining_pairs import Pair
from govtext.text.facts import numbers, unsupported
from govtext.text.ngrams import char_ngrams
from govtext.text.sentences import split_sentences

FIRST_YEAR = 2008
PARAGRAPH_CHARS = (90, 260)
SENTENCES = (3, 9)
SENTENCE_CHARS = (14, 60)
HEADLINE_CHARS = 32
# Percent of the paragraphs that are used, and of those that keep the sentence.
USED = 12
KEPT = 70
MAX_CLAUSES = 3

_FIGURE_BONUS = 0.15


def gap_pairs(row: Mapping[str, Any]) -> Iterator[Pair]:
    """Yield a share of the paragraphs of a government report, each with its main sentence.

    Some texts keep the sentence, so that it is to be found; others lose it, so that it is to be
    said anew, unless it gives facts that the rest does not.
    """
    if int(row["year"]) < FIRST_YEAR or row["level"] == "state_council":
        return
    for paragraph in row["text"].split("\n"):
        sentences = split_sentences(paragraph)
        if not _fits(len(paragraph), PARAGRAPH_CHARS) or not _fits(len(sentences), SENTENCES):
            continue
        chance = hashlib.sha256(paragraph.encode("utf-8")).digest()
        main = _main_sentence(sentences) if chance[0] * 100 < USED * 256 else None
        if main is not None:
            yield _pair(sentences, main, str(row["region"]), keep=chance[1] * 100 < KEPT * 256)


def _pair(sentences: Sequence[str], main: int, region: str, *, keep: bool) -> Pair:
    said = sentences[main].rstrip("。！")
    rest = "".join(s for i, s in enumerate(sentences) if i != main)
    text = "".join(sentences) if keep or unsupported(said, rest) else rest
    summary = "，".join(said.split("，")[:MAX_CLAUSES])
    return Pair(text, summary, "headline" if len(summary) <= HEADLINE_CHARS else "section", region)


def _main_sentence(sentences: Sequence[str]) -> int | None:
    weights = {
        i: _weight(sentence, "".join(s for j, s in enumerate(sentences) if j != i))
        for i, sentence in enumerate(sentences)
        if _fits(len(sentence), SENTENCE_CHARS)
    }
    return max(weights, key=weights.__getitem__, default=None)


def _weight(sentence: str, rest: str) -> float:
    bigrams = char_ngrams(sentence, 2)
    shared = len(bigrams & char_ngrams(rest, 2)) / max(1, len(bigrams))
    return shared + (_FIGURE_BONUS if numbers(sentence) else 0.0)


def _fits(size: int, limits: tuple[int, int]) -> bool:
    return limits[0] <= size <= limits[1]
