"""Why a classifier decided as it did: what happens when a span is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from govtext.classify.loading import load_classifier
from govtext.features.context import CONTEXT_PARTS, TextInContext
from govtext.features.words import cut_words
from govtext.types import Reason

_TINY = 1e-9


def explain_decision(item: TextInContext, model: str | Path, threads: int | None) -> list[Reason]:
    """Return what moved the decision for the most probable label, heaviest first.

    Args:
        item: The sentence and its context.
        model: What decided; as for `predict`.
        threads: As for `predict`.
    """
    classifier = load_classifier(model, threads=threads)
    spans = [*_words(item.text), *_context(item, classifier.context)]
    without = [_leave_out(item, part, start, end) for part, start, end in spans]
    rows = classifier.probabilities([item, *without])
    probabilities = rows[:, rows[0].argmax()]
    odds = np.log(probabilities + _TINY) - np.log(1 - probabilities + _TINY)
    reasons = [
        Reason(getattr(item, part)[start:end], part, start, end, float(odds[0] - left))
        for (part, start, end), left in zip(spans, odds[1:], strict=True)
    ]
    return sorted(reasons, key=lambda reason: -abs(reason.weight))


def _words(text: str) -> list[tuple[str, int, int]]:
    """Return the places of the words that have a letter; a single word explains nothing."""
    spans, start = [], 0
    for word in cut_words(text):
        start = text.index(word, start)
        if any(map(str.isalnum, word)):
            spans.append(("text", start, start + len(word)))
        start += len(word)
    return spans if len(spans) > 1 else []


def _context(item: TextInContext, read: Sequence[str]) -> list[tuple[str, int, int]]:
    known = [part for part in CONTEXT_PARTS if part in read and getattr(item, part)]
    return [(part, 0, len(getattr(item, part))) for part in known]


def _leave_out(item: TextInContext, part: str, start: int, end: int) -> TextInContext:
    rest = getattr(item, part)[:start] + getattr(item, part)[end:]
    return replace(item, **{part: rest})
