"""`govtext.predict`: from what a caller has to predictions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol, overload

import numpy as np
from numpy.typing import NDArray

from govtext.bundle.cache import read_once
from govtext.classify.linear import LinearClassifier
from govtext.errors import InputError, InputTypeError
from govtext.features.tfidf import TextInContext
from govtext.types import Prediction, Report, Sentence

DEFAULT_MODEL = "fast"


class Classifier(Protocol):
    """What every kind of classifier can do."""

    labels: tuple[str, ...]

    def probabilities(self, inputs: Sequence[TextInContext]) -> NDArray[np.float64]:
        """Return the probability of each label, shape (inputs, labels)."""


# A string is an iterable of strings too; the first match is the one that holds.
@overload
def predict(  # type: ignore[overload-overlap]
    items: str | Sentence, *, model: str | Path = ..., min_score: float | None = ...
) -> Prediction: ...
@overload
def predict(
    items: Report | Iterable[str | Sentence],
    *,
    model: str | Path = ...,
    min_score: float | None = ...,
) -> list[Prediction]: ...
def predict(
    items: str | Sentence | Report | Iterable[str | Sentence],
    *,
    model: str | Path = DEFAULT_MODEL,
    min_score: float | None = None,
) -> Prediction | list[Prediction]:
    """Label sentences.

    Args:
        items: One sentence; several, as strings or as `Sentence`s with their context; or a
            report, whose sentences are labelled in context.
        model: A shipped model (`"fast"`), a model folder, or an MLflow URI such as
            `models:/govtext-classifier@champion`.
        min_score: Score from 0 to 1 under which `Prediction.label` is None.

    Returns:
        A prediction for one sentence, else a list of them in the order of the sentences.

    Raises:
        InputTypeError: An item is neither a string nor a `Sentence`; the message names its index.
        InputError: An item has no letter, or `min_score` is not from 0 to 1.
        ModelError: The model cannot be found or is incomplete.
    """
    if isinstance(min_score, bool) or not isinstance(min_score, int | float | None):
        raise InputTypeError(f"min_score is {type(min_score).__name__}, expected a number or None")
    if min_score is not None and not 0 <= min_score <= 1:
        raise InputError(f"min_score is {min_score!r}, expected a number from 0 to 1")
    if isinstance(items, str | Sentence):
        return _predict([_input(items, "the text")], model, min_score)[0]
    inputs = [_input(item, f"item {i}") for i, item in enumerate(_sequence(items))]
    return _predict(inputs, model, min_score)


def load_classifier(model: str | Path = DEFAULT_MODEL) -> Classifier:
    """Return a classifier, read once and kept as long as its manifest does not change.

    Args:
        model: As for `predict`.

    Raises:
        ModelError: The model cannot be found or is incomplete.
        MissingFileError: There is no such folder.
    """
    return _find(model)


_find = read_once(LinearClassifier.load, task="classifier", most=4)


def _predict(
    inputs: Sequence[TextInContext], model: str | Path, min_score: float | None
) -> list[Prediction]:
    if not inputs:
        return []
    classifier = load_classifier(model)
    predictions = []
    for item, row in zip(inputs, classifier.probabilities(inputs), strict=True):
        probabilities = dict(zip(classifier.labels, row.tolist(), strict=True))
        label, score = max(probabilities.items(), key=lambda pair: pair[1])
        sure = min_score is None or score >= min_score
        predictions.append(Prediction(item.text, label if sure else None, score, probabilities))
    return predictions


def _sequence(items: Report | Iterable[str | Sentence]) -> Iterable[object]:
    if isinstance(items, Report):
        return items.iter_sentences()
    if isinstance(items, bytes | dict) or not isinstance(items, Iterable):
        raise InputTypeError(
            f"cannot label {type(items).__name__}; expected a string, a list of strings, or a "
            "report from govtext.read_reports"
        )
    return items


def _input(item: object, where: str) -> TextInContext:
    if isinstance(item, Sentence):
        text, heading, topic = item.text, item.heading, item.topic
    elif isinstance(item, str):
        text, heading, topic = item, None, None
    else:
        raise InputTypeError(
            f"{where} is {type(item).__name__}, expected a string or a govtext.Sentence"
        )
    if not any(char.isalnum() for char in text):
        raise InputError(f"{where} is empty or has no letter; expected a sentence")
    return TextInContext(text, heading, topic)
