"""Label a split and measure the labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from govtext.classify.classifier import Classifier
from govtext.classify.training import in_context
from govtext.corpus.examples import LabelledSentence
from govtext.evaluation.classification import (
    Bin,
    ClassificationScores,
    reliability_bins,
    score_labels,
)
from govtext.features.context import CONTEXT_PARTS
from govtext.taxonomy import FUNCTIONAL_IDS, label_order


@dataclass(frozen=True, slots=True)
class JudgedClassifier:
    """A classifier's answers on a split.

    Attributes:
        scores: Their figures.
        reliability: How often it is right where it says that it is.
        rows: A row a sentence: id, text, label, predicted, right, score, its context (heading,
            topic, before, after) and group.
    """

    scores: ClassificationScores
    reliability: list[Bin]
    rows: list[dict[str, object]]


def judge_classifier(
    classifier: Classifier, sentences: Sequence[LabelledSentence], *, seed: int = 0
) -> JudgedClassifier:
    """Label sentences in context and compare with their labels."""
    probabilities = classifier.probabilities([in_context(s) for s in sentences])
    predicted = [classifier.labels[i] for i in probabilities.argmax(axis=1)]
    scores = probabilities.max(axis=1).tolist()
    figures = score_labels(
        [s.label for s in sentences],
        predicted,
        scores,
        labels=label_order([*classifier.labels, *(s.label for s in sentences)]),
        groups=[s.group for s in sentences],
        functional=FUNCTIONAL_IDS,
        seed=seed,
    )
    rows: list[dict[str, object]] = [
        {
            "id": s.id, "text": s.text, "label": s.label, "predicted": guess,
            "right": s.label == guess, "score": round(score, 4),
            **{part: getattr(s, part) or "" for part in CONTEXT_PARTS}, "group": s.group,
        }
        for s, guess, score in zip(sentences, predicted, scores, strict=True)
    ]  # fmt: skip
    right = [s.label == guess for s, guess in zip(sentences, predicted, strict=True)]
    return JudgedClassifier(figures, reliability_bins(scores, right), rows)
