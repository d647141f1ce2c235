"""`govtext.key_figures`: from a report or a text to its key figures."""

from __future__ import annotations

from collections.abc import Iterator

from govtext.errors import InputTypeError
from govtext.keyfigures.binding import bind
from govtext.keyfigures.quantities import find_quantities
from govtext.reports import read_reports
from govtext.types import KeyFigure, Report, Sentence


def key_figures(report_or_text: Report | str) -> list[KeyFigure]:
    """Find every quantity of a report with its unit, its object and its action.

    Args:
        report_or_text: A report from `govtext.read_reports`, or a string that holds one or
            more reports or any part of one; offsets then count in the text of the report that
            `govtext.read_reports(text=…)` makes of it.

    Returns:
        The figures in reading order. Dates, durations, ordinals, titles and slogans are none.

    Raises:
        InputTypeError: It is neither a report nor a string.
        InputError: The text is empty or has no Chinese character.
    """
    if isinstance(report_or_text, Report):
        reports = [report_or_text]
    elif isinstance(report_or_text, str):
        reports = read_reports(text=report_or_text)
    else:
        raise InputTypeError(
            f"cannot find key figures in {type(report_or_text).__name__}; expected a string or a "
            "report from govtext.read_reports"
        )
    return [
        figure
        for report in reports
        for sentence in report.iter_sentences()
        for figure in _figures(sentence)
    ]


def _figures(sentence: Sentence) -> Iterator[KeyFigure]:
    quantities = find_quantities(sentence.text)
    for quantity, (action, what) in zip(quantities, bind(sentence.text, quantities), strict=True):
        yield KeyFigure(
            action=action,
            object=what,
            printed=quantity.printed,
            value=quantity.value,
            high=quantity.high,
            unit=quantity.unit,
            qualifier=quantity.qualifier,
            start=sentence.start + quantity.start,
            end=sentence.start + quantity.end,
            sentence=sentence,
        )
