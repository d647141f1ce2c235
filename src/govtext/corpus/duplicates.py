"""Sentences of different reports that say nearly the same in the same words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from govtext.text.ngrams import char_ngrams, jaccard

MIN_SIMILARITY = 0.6
_GRAM = 5


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Two sentences, by their positions, and the Jaccard similarity of their 5-grams."""

    first: int
    second: int
    similarity: float


def near_duplicates(texts: Sequence[str], groups: Sequence[str]) -> list[NearDuplicate]:
    """Find the pairs of sentences of different groups whose 5-grams overlap by over 0.6.

    Sentences of fewer than five characters have no 5-gram and no duplicate.

    Args:
        texts: The sentences.
        groups: The report of each.
    """
    grams = [char_ngrams(text, _GRAM) for text in texts]
    seen: dict[str, list[int]] = defaultdict(list)
    found = []
    for i, own in enumerate(grams):
        for j in {j for gram in own for j in seen[gram]}:
            similarity = jaccard(own, grams[j])
            if similarity > MIN_SIMILARITY and groups[i] != groups[j]:
                found.append(NearDuplicate(j, i, similarity))
        for gram in own:
            seen[gram].append(i)
    return found
