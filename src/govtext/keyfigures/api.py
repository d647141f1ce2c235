"""`govtext.key_figures`: from a report or a text to its key figures."""

from __future__ import annotations

from govtext.errors import InputError, InputTypeError
from govtext.keyfigures.binding import bind
from govtext.keyfigures.quantities import find_quantities
from govtext.keyfigures.ranker import Binder, shipped_binder
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
    """Return the figures of one sentence in reading order, bound by the shipped model."""
    return bound_figures(sentence, shipped_binder())


def bound_figures(sentence: Sentence, binder: Binder) -> list[KeyFigure]:
    """Return the figures of one sentence in reading order, bound by a model of one's own."""
    quantities = find_quantities(sentence.text)
    return [
        KeyFigure(
            action=bound.action.text or None,
            object=bound.object.text,
            printed=bound.quantity.printed,
            value=bound.quantity.value,
            high=bound.quantity.high,
            unit=bound.quantity.unit,
            qualifier=bound.quantity.qualifier,
            start=sentence.start + bound.quantity.start,
            end=sentence.start + bound.quantity.end,
            sentence=sentence,
        )
        for bound in bind(sentence.text, quantities, binder)
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
