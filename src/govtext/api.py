"""`govtext.summarize`: what needs both a summarizer and a classifier."""

from __future__ import annotations

from pathlib import Path

from govtext import classify, summarization
from govtext.errors import InputError
from govtext.types import Report, Summary


def summarize(
    text_or_report: str | Report,
    *,
    max_chars: int = 120,
    focus: str | None = None,
    model: str | Path = summarization.DEFAULT_MODEL,
    classifier: str | Path = classify.DEFAULT_MODEL,
) -> Summary:
    """Sum up a text or a report.

    A text that is no longer than `max_chars` comes back as it is. Sentences that only address
    the audience or submit the report are left out; the notes say so.

    Args:
        text_or_report: A string that holds one report or any part of one, or a report from
            `govtext.read_reports`.
        max_chars: Most characters of the summary, at least 10.
        focus: A label of the classifier: only the sentences that it gives this label are summed
            up. Where it gives it to none, the summary is empty and a note says so.
        model: A shipped model (`"base"`), a model folder, or an MLflow URI such as
            `models:/govtext-summarizer@champion`.
        classifier: What labels the sentences where there is a `focus`; as for `predict`.

    Raises:
        InputTypeError: The text is neither a string nor a report, or `max_chars` is no whole
            number.
        InputError: The text is empty, has no Chinese character or holds several reports, or
            an argument is out of range.
        ModelError: A model cannot be found or is incomplete.
    """
    if focus is not None:
        known = classify.load_classifier(classifier).labels
        if focus not in known:
            raise InputError(f"focus is {focus!r}; the classifier's labels are {', '.join(known)}")

    def labels(report: Report) -> list[str | None]:
        return [prediction.label for prediction in classify.predict(report, model=classifier)]

    return summarization.summarize(
        text_or_report, max_chars=max_chars, focus=focus, model=model, labels=labels
    )
