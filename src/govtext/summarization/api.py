"""`summarize`: from a text or a report to a summary with its evidence."""

from __future__ import annotations

from pathlib import Path

from govtext.bundle.cache import read_once
from govtext.errors import InputError, InputTypeError
from govtext.reports import read_reports
from govtext.summarization.condense import Condenser
from govtext.summarization.engine import TASK, Engine
from govtext.summarization.faithful import find_evidence
from govtext.summarization.source import Labels, Source, labelled, whole_report
from govtext.types import Report, Summary

DEFAULT_MODEL = "base"
MIN_CHARS = 10


def summarize(
    text_or_report: str | Report,
    *,
    max_chars: int = 120,
    focus: str | None = None,
    model: str | Path = DEFAULT_MODEL,
    labels: Labels | None = None,
) -> Summary:
    """Sum up a text or a report.

    A text that is no longer than `max_chars` comes back as it is. Sentences that only address
    the audience or submit the report are left out; the notes say so.

    Args:
        text_or_report: A string that holds one report or any part of one, or a report from
            `govtext.read_reports`.
        max_chars: Most characters of the summary, at least 10.
        focus: A label: only the sentences that have it are summed up. Where none has, the
            summary is empty and a note says so.
        model: A shipped model (`"base"`), a model folder, or an MLflow URI such as
            `models:/govtext-summarizer@champion`.
        labels: Gives the label of each sentence of a report, in order; needed with `focus`.

    Raises:
        InputTypeError: The text is neither a string nor a report, or `max_chars` is no whole
            number.
        InputError: The text is empty, has no Chinese character or holds several reports, or
            an argument is out of range.
        ModelError: The model cannot be found or is incomplete.
    """
    _check_max_chars(max_chars)
    source = _source(_as_report(text_or_report), focus, labels)
    plain = "".join(sentence.text for sentence in source.sentences)
    text, notes = plain, list(source.notes)
    if len(plain) > max_chars:
        condenser = Condenser(load_engine(model))
        text = condenser.condense(source.sections, max_chars=max_chars)
        notes += condenser.notes
    elif plain:
        notes.append("the text is no longer than max_chars and was returned as it is")
    evidence = find_evidence(text, source.sentences)
    notes += [
        f"no sentence of the source was found that says {item.statement!r}"
        for item in evidence
        if not item.sentences
    ]
    return Summary(text, evidence, focus, tuple(dict.fromkeys(notes)))


def load_engine(model: str | Path = DEFAULT_MODEL) -> Engine:
    """Return a summarizer, read once and kept as long as its manifest does not change.

    Raises:
        ModelError: The model cannot be found or is incomplete.
        MissingFileError: There is no such folder.
    """
    return _find(model)


_find = read_once(Engine.load, task=TASK, most=2)


def _source(report: Report, focus: str | None, labels: Labels | None) -> Source:
    if focus is None:
        return whole_report(report)
    if not isinstance(focus, str):
        raise InputTypeError(f"focus is {type(focus).__name__}, expected a label or None")
    if labels is None:
        raise InputError(
            "focus needs labels, a function that labels the sentences of a report; "
            "govtext.summarize brings one"
        )
    return labelled(report, focus, labels)


def _as_report(text_or_report: str | Report) -> Report:
    if isinstance(text_or_report, Report):
        if not text_or_report.sentences():
            raise InputError("the report has no sentence; expected one with text to sum up")
        return text_or_report
    if not isinstance(text_or_report, str):
        raise InputTypeError(
            f"cannot summarize {type(text_or_report).__name__}; expected a string or a report "
            "from govtext.read_reports"
        )
    reports = read_reports(text=text_or_report)
    if len(reports) > 1:
        raise InputError(
            f"the text holds {len(reports)} reports; summarize them one by one: "
            "[summarize(report) for report in read_reports(text=…)]"
        )
    if not reports[0].sentences():
        raise InputError("the text has no sentence to sum up, only headings or captions")
    return reports[0]


def _check_max_chars(max_chars: int) -> None:
    if isinstance(max_chars, bool) or not isinstance(max_chars, int):
        raise InputTypeError(
            f"max_chars is {type(max_chars).__name__}, expected a whole number of characters"
        )
    if max_chars < MIN_CHARS:
        raise InputError(f"max_chars is {max_chars}, expected at least {MIN_CHARS}")
