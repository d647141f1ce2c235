"""`govtext.predict`: from what a caller has to predictions."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from govtext.classify.explain import explain_decision
from govtext.classify.loading import DEFAULT_MODEL, load_classifier
from govtext.errors import InputError, InputTypeError
from govtext.features.context import TextInContext
from govtext.types import Prediction, Report, Sentence


@dataclass(frozen=True, slots=True)
class PredictedColumns:
    """What a classifier says of many sentences, as arrays.

    Attributes:
        labels: All labels of the model, in the order of the columns of `probabilities`.
        label: The most probable label of each sentence, None where its score is below the
            `min_score` asked for, shape (sentences,).
        score: Calibrated probability of that label, 0 to 1, shape (sentences,).
        probabilities: Shape (sentences, labels); rows sum to 1.
    """

    labels: tuple[str, ...]
    label: NDArray[Any]
    score: NDArray[np.float64]
    probabilities: NDArray[np.float64]


# A string is an iterable of strings too; the first match is the one that holds.
@overload
def predict(  # type: ignore[overload-overlap]
    items: str | Sentence,
    *,
    model: str | Path = ...,
    min_score: float | None = ...,
    threads: int | None = ...,
) -> Prediction: ...
@overload
def predict(
    items: Report | Iterable[str | Sentence],
    *,
    model: str | Path = ...,
    min_score: float | None = ...,
    threads: int | None = ...,
) -> list[Prediction]: ...
def predict(
    items: str | Sentence | Report | Iterable[str | Sentence],
    *,
    model: str | Path = DEFAULT_MODEL,
    min_score: float | None = None,
    threads: int | None = None,
) -> Prediction | list[Prediction]:
    """Label sentences.

    Args:
        items: One sentence; several, as strings or with their context as `Sentence`; or a
            report, whose sentences are labelled in context.
        model: A shipped model (`"fast"`: tens of thousands of sentences a second; `"accurate"`:
            an encoder that reads the sentences around it), a model folder, or an MLflow URI such
            as `models:/govtext-classifier@champion`.
        min_score: Score from 0 to 1 under which `Prediction.label` is None.
        threads: Processor threads for an encoder, None for as many as there are processors;
            linear models use one.

    Returns:
        A prediction for one sentence, else a list of them in the order of the sentences.

    Raises:
        InputTypeError: An item is neither a string nor a `Sentence`; the message names its index.
        InputError: An item has no letter, `min_score` is not from 0 to 1, or `threads` is under 1.
        ModelError: The model cannot be found or is incomplete.
    """
    _check_options(min_score, threads)
    if isinstance(items, str | Sentence):
        return _predict([_input(items, "the text")], model, min_score, threads)[0]
    return _predict(_inputs(items), model, min_score, threads)


def predict_columns(
    items: str | Sentence | Report | Iterable[str | Sentence],
    *,
    model: str | Path = DEFAULT_MODEL,
    min_score: float | None = None,
    threads: int | None = None,
) -> PredictedColumns:
    """Label many sentences, and return arrays rather than a record a sentence.

    For tables of millions of rows, where making the records of `predict` takes longer than
    labelling. Arguments and errors are those of `predict`; one sentence gives one row.
    """
    _check_options(min_score, threads)
    several = [items] if isinstance(items, str | Sentence) else items
    return _columns(_inputs(several), model, min_score, threads)


def _check_options(min_score: float | None, threads: int | None) -> None:
    if isinstance(min_score, bool) or not isinstance(min_score, int | float | None):
        raise InputTypeError(f"min_score is {type(min_score).__name__}, expected a number or None")
    if threads is not None and (isinstance(threads, bool) or not isinstance(threads, int)):
        raise InputTypeError(f"threads is {type(threads).__name__}, expected a whole number")
    if threads is not None and threads < 1:
        raise InputError(f"threads is {threads}, expected at least 1")
    if min_score is not None and not 0 <= min_score <= 1:
        raise InputError(f"min_score is {min_score!r}, expected a number from 0 to 1")


def _columns(
    inputs: Sequence[TextInContext],
    model: str | Path,
    min_score: float | None,
    threads: int | None,
) -> PredictedColumns:
    classifier = load_classifier(model, threads=threads)
    empty = np.zeros((0, len(classifier.labels)))
    probabilities = classifier.probabilities(inputs) if inputs else empty
    score = probabilities.max(axis=1)
    label = np.array(classifier.labels, dtype=object)[probabilities.argmax(axis=1)]
    if min_score is not None:
        label[score < min_score] = None
    return PredictedColumns(classifier.labels, label, score, probabilities)


def _predict(
    inputs: Sequence[TextInContext],
    model: str | Path,
    min_score: float | None,
    threads: int | None,
) -> list[Prediction]:
    if not inputs:
        return []
    found = _columns(inputs, model, min_score, threads)
    rows = zip(
        inputs,
        found.label.tolist(),
        found.score.tolist(),
        found.probabilities.tolist(),
        strict=True,
    )
    return [
        Prediction(
            item.text,
            label,
            score,
            dict(zip(found.labels, row, strict=True)),
            functools.partial(explain_decision, item, model, threads),
        )
        for item, label, score, row in rows
    ]


def _inputs(items: Report | Iterable[str | Sentence]) -> list[TextInContext]:
    return [_input(item, f"item {i}") for i, item in enumerate(_sequence(items))]


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
        found = TextInContext(item.text, item.heading, item.topic, item.before, item.after)
    elif isinstance(item, str):
        found = TextInContext(item)
    else:
        raise InputTypeError(
            f"{where} is {type(item).__name__}, expected a string or a govtext.Sentence"
        )
    if not any(map(str.isalnum, found.text)):
        raise InputError(f"{where} is empty or has no letter; expected a sentence")
    return found
