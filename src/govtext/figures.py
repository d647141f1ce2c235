"""Key figures by function: `key_figures` and `predict` together."""

from __future__ import annotations

from pathlib import Path

from govtext.classify import DEFAULT_MODEL, load_classifier, predict
from govtext.errors import InputError
from govtext.keyfigures import figures_of_sentence
from govtext.types import KeyFigure, Report


def figures_by_function(
    report: Report, *, label: str | None = None, model: str | Path = DEFAULT_MODEL
) -> list[tuple[str | None, KeyFigure]]:
    """Find the key figures of a report, each with the label of its sentence.

    Args:
        report: A report from `govtext.read_reports`.
        label: Only the figures of sentences with this label; all where it is None.
        model: What labels the sentences; as for `govtext.predict`.

    Returns:
        Label and figure in reading order.

    Raises:
        InputError: The model does not know the label.
        ModelError: The model cannot be found or is incomplete.
    """
    known = load_classifier(model).labels
    if label is not None and label not in known:
        raise InputError(f"label is {label!r}; the classifier's labels are {', '.join(known)}")
    return [
        (prediction.label, figure)
        for sentence, prediction in zip(
            report.iter_sentences(), predict(report, model=model), strict=True
        )
        if label is None or prediction.label == label
        for figure in figures_of_sentence(sentence)
    ]
