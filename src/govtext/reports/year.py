"""On which year a report reports."""

from __future__ import annotations

import re

from govtext.reports.openings import Opened
from govtext.reports.phrases import is_session
from govtext.reports.year_forms import FOUR_DIGITS, dates, number, years

_REVIEW = re.compile(
    rf"(?P<year>{FOUR_DIGITS})\s*年(?:度|以来)?[^，。；！？\n]{{0,28}}?"
    r"(?:回顾|总结|综述|回眸|完成情况|工作情况)"
)
_REVIEW_CHARS = 80
_KINDS_OF_REPORT = re.compile(r"综述|总结|要点|回顾|回眸|纪实|侧记|履职|计划|安排")
_OPENS_WITH = re.compile(rf"(?:^|[。！!：:])(?P<year>{FOUR_DIGITS})年(?:[，,]|是|以来|度|里|的)")
_OPENING_LINES = 3
_OPENING_CHARS = 1500
_LAST_SPRING_MONTH = 6
_NO_YEAR = 9999


def year_of(opened: Opened) -> int | None:
    """Return the year that is reported on, None where the report does not say.

    Asked in this order: a title or subtitle that names the year and a review or plan, a heading
    such as 2023年工作回顾, an earlier year of the title than that of the session, the date of the
    session (a report given in the first half of a year is on the year before), and the first
    sentence of the text that opens with a year.
    """
    front = [line.text for line in opened.front]
    titles = [opened.title or "", *(text for text in front if not is_session(text))]
    session = next((date for text in front for date in dates(text)), None)
    latest = session[0] if session is not None else _NO_YEAR
    named = [(year, text) for text in titles for year in years(text) if year <= latest]
    for year, text in named:
        if _KINDS_OF_REPORT.search(text):
            return year
    reviewed = _reviewed_year(opened)
    if reviewed is not None:
        return reviewed
    if session is None:
        return named[0][0] if named else _opening_year(opened)
    year, month = session
    before = year - 1 if month <= _LAST_SPRING_MONTH else year
    return next((earlier for earlier, _ in named if earlier < year), before)


def _reviewed_year(opened: Opened) -> int | None:
    for line in (*opened.front, *opened.body):
        match = _REVIEW.search(line.text[:_REVIEW_CHARS])
        if match:
            return number(match["year"])
    return None


def _opening_year(opened: Opened) -> int | None:
    for line in opened.body[:_OPENING_LINES]:
        match = _OPENS_WITH.search(line.text[:_OPENING_CHARS])
        if match:
            return number(match["year"])
    return None
