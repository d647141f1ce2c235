"""Find the key figures of marked sentences and compare."""

from __future__ import annotations

from collections.abc import Sequence

from govtext.corpus.marked_figures import MarkedSentence
from govtext.evaluation.figures import Figure, FigureScores, score_figures
from govtext.keyfigures import figures_of_sentence
from govtext.types import Sentence


def judge_figures(sentences: Sequence[MarkedSentence]) -> FigureScores:
    """Find the figures of sentences and compare them with the marked ones."""
    return score_figures(
        (
            [Figure(f.printed, f.unit, f.object, f.action) for f in marked.figures],
            [
                Figure(f.printed, f.unit, f.object, f.action)
                for f in figures_of_sentence(Sentence(marked.text, 0, len(marked.text)))
            ],
        )
        for marked in sentences
    )
