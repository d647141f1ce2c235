"""`govtext.key_figures`: from a report or a text to its key figures."""

from __future__ import annotations

from govtext.errors import InputError, InputTypeError
from govtext.keyfigures.binding import bind
from govtext.keyfigures.quantities import find_quantities
from govtext.reports import read_reports
from govtext.types import KeyFigure, Report, Sentence


def key_figures(report_or_text: Report | str) -> list[KeyFigure]:
    """Find every quantity of a report with its unit, its object and its action.

    What counts as a quantity, and how objects are cut, is the guideline of `data/keyfigures`.
    Two objects that share a quantity (制定、修改法规8件, 条例和决定共6件) give one figure.

    Args:
        report_or_text: A report from `govtext.read_reports`, or a string that holds one report
            or any part of one; offsets then count in the text of the report that
            `govtext.read_reports(text=…)` makes of it.

    Returns:
        The figures in reading order.

    Raises:
        InputTypeError: It is neither a report nor a string.
        InputError: The text is empty, has no Chinese character or holds several reports.
    """
    report = _report(report_or_text)
    return [f for sentence in report.iter_sentences() for f in figures_of_sentence(sentence)]


def figures_of_sentence(sentence: Sentence) -> list[KeyFigure]:
    """Return the figures of one sentence in reading order."""
    quantities = find_quantities(sentence.text)
    return [
        KeyFigure(
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
        for quantity, (action, what) in zip(
            quantities, bind(sentence.text, quantities), strict=True
        )
    ]


def _report(report_or_text: Report | str) -> Report:
    if isinstance(report_or_text, Report):
        return report_or_text
    if not isinstance(report_or_text, str):
        raise InputTypeError(
            f"cannot find key figures in {type(report_or_text).__name__}; expected a string or a "
            "report from govtext.read_reports"
        )
    reports = read_reports(text=report_or_text)
    if len(reports) > 1:
        raise InputError(
            f"the text holds {len(reports)} reports; read them with "
            "govtext.read_reports(text=…) and pass one"
        )
    return reports[0]
