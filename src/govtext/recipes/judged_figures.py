"""Find the key figures of marked sentences and compare."""

from __future__ import annotations

from collections.abc import Sequence

from govtext.corpus.marked_figures import MarkedSentence
from govtext.errors import DataError
from govtext.evaluation.figures import Figure, FigureScores, score_by_either, score_figures
from govtext.keyfigures.api import bound_figures
from govtext.keyfigures.ranker import Binder, shipped_binder
from govtext.types import Sentence


def judge_figures(sentences: Sequence[MarkedSentence]) -> FigureScores:
    """Find the figures of sentences and compare them with the marked ones."""
    return score_figures(
        (marked_figures(sentence), found_figures(sentence, shipped_binder()))
        for sentence in sentences
    )


def judge_figures_by_either(
    first: Sequence[MarkedSentence], second: Sequence[MarkedSentence]
) -> FigureScores:
    """Find the figures of sentences and compare them with the marks of two people.

    Raises:
        DataError: The two did not mark the same sentences.
    """
    return score_by_either(
        (marked_figures(one), marked_figures(other), found_figures(one, shipped_binder()))
        for one, other in _beside(first, second)
    )


def compare_marks(
    first: Sequence[MarkedSentence], second: Sequence[MarkedSentence]
) -> FigureScores:
    """Compare the marks of two people as if the second were the program.

    Raises:
        DataError: The two did not mark the same sentences.
    """
    return score_figures(
        (marked_figures(one), marked_figures(other)) for one, other in _beside(first, second)
    )


def _beside(
    first: Sequence[MarkedSentence], second: Sequence[MarkedSentence]
) -> list[tuple[MarkedSentence, MarkedSentence]]:
    others = {sentence.id: sentence for sentence in second}
    for sentence in first:
        if sentence.id not in others or others[sentence.id].text != sentence.text:
            raise DataError(
                f"the second marks lack the sentence {sentence.id}; both files must mark the same "
                "sentences"
            )
    if len(first) != len(second):
        raise DataError(
            f"the first marks hold {len(first)} sentences, the second {len(second)}; both files "
            "must mark the same sentences"
        )
    return [(sentence, others[sentence.id]) for sentence in first]


def marked_figures(sentence: MarkedSentence) -> list[Figure]:
    """Return the figures that a person marked, as they are compared."""
    return [Figure(f.printed, f.unit, f.object, f.action) for f in sentence.figures]


def found_figures(sentence: MarkedSentence, binder: Binder) -> list[Figure]:
    """Return the figures that the program finds, as they are compared."""
    return [
        Figure(f.printed, f.unit, f.object, f.action)
        for f in bound_figures(Sentence(sentence.text, 0, len(sentence.text)), binder)
    ]
