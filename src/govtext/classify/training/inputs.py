"""What a classifier sees of a labelled sentence while it is trained."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from govtext.config.schema import Context
from govtext.corpus.examples import LabelledSentence
from govtext.features.context import TextInContext


def in_context(sentence: LabelledSentence) -> TextInContext:
    """Return the part of a labelled sentence that a model may see."""
    return TextInContext(
        sentence.text, sentence.heading, sentence.topic, sentence.before, sentence.after
    )


def with_some_alone(
    train: Sequence[LabelledSentence], context: Context, seed: int
) -> tuple[list[TextInContext], list[str]]:
    """Return inputs and labels, a share of the sentences a second time without context.

    Args:
        train: The sentences.
        context: What is read besides the sentences, and how many are repeated.
        seed: Decides which.
    """
    share = context.dropout if context.parts else 0.0
    drawn = np.random.default_rng(seed).random(len(train)) < share
    alone = [s for s, chosen in zip(train, drawn, strict=True) if chosen]
    inputs = [*map(in_context, train), *(TextInContext(s.text) for s in alone)]
    return inputs, [s.label for s in (*train, *alone)]
