"""Pairs made by rule: sentences with gaps and out of order, and the sentences as they were.

They teach a decoder to take over what it reads, and to write whole sentences.
Source: Lewis et al., "BART: Denoising Sequence-to-Sequence Pre-training", ACL 2020.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Mapping
from typing import Any

from govtext.corpus.examples import ORIGINAL
from govtext.summarization.pretraining_pairs import (
    FIRST_YEAR,
    Pair,
    cut_at_sentence,
    region_of,
)
from govtext.text.sentences import split_sentences

CHARS = (40, 110)
# Percent of the paragraphs that are used.
USED = 4
# A gap for so many characters, and its length.
CHARS_A_GAP = 25
GAP_CHARS = (2, 6)
GAP = "…"

# Facts stay, titles and terms as a whole: a model must not learn to guess them.
_FACTS = re.compile(r"《[^》]*》?|“[^”]*”?|[0-9〇零一二三四五六七八九十百千万亿%％．.]+")


def denoising_pairs(row: Mapping[str, Any]) -> Iterator[Pair]:
    """Yield a share of the paragraphs of a government report, each as one pair."""
    if int(row["year"]) < FIRST_YEAR:
        return
    for paragraph in row["text"].split("\n"):
        if hashlib.sha256(paragraph.encode("utf-8")).digest()[2] * 100 < USED * 256:
            pair = denoising_pair(paragraph, region_of(row))
            if pair is not None:
                yield pair


def denoising_pair(paragraph: str, group: str) -> Pair | None:
    """Return the first sentences of a paragraph and what noise left of them.

    Args:
        paragraph: A text on one line.
        group: Where it is from; see `Pair`.

    Returns:
        The pair, of the kind original; None where no sentences have the length. The same
        paragraph gives the same pair.
    """
    original = cut_at_sentence(paragraph, CHARS[1])
    if len(original) < CHARS[0]:
        return None
    chance = random.Random(paragraph)  # noqa: S311
    left = [_with_gaps(sentence, chance) for sentence in split_sentences(original)]
    chance.shuffle(left)
    # One that ends with no mark would run into the next.
    left.sort(key=lambda sentence: sentence[-1:].isalnum())
    return Pair("".join(left), original, ORIGINAL, group)


def _with_gaps(sentence: str, chance: random.Random) -> str:
    """Return a sentence with a mark in place of some of its words."""
    for _ in range(len(sentence) // CHARS_A_GAP):
        size = chance.randint(*GAP_CHARS)
        start = chance.randrange(max(1, len(sentence) - size))
        end = start + size
        facts = (fact.span() for fact in _FACTS.finditer(sentence))
        if all(end <= first or last <= start for first, last in facts):
            sentence = sentence[:start] + GAP + sentence[end:]
    return sentence
