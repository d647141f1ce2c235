"""How years and months are written in reports."""

from __future__ import annotations

import re
from collections.abc import Iterator

# The last ones are letters and marks that stand in for 〇.
_CHINESE = "一二三四五六七八九〇零○ＯOοΟ"
FOUR_DIGITS = rf"(?:(?:19|20|１９|２０)[0-9０-９]{{2}}|[一二][{_CHINESE}]{{3}})"
YEAR = rf"{FOUR_DIGITS}\s*年"
_DIGITS = str.maketrans("０１２３４５６７８９" + _CHINESE, "0123456789" + "123456789" + "0" * 7)
_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_MONTH = r"(?:[0-9０-９]{1,2}|十[一二]?|[一二三四五六七八九])"
_DATE = re.compile(rf"(?P<year>{FOUR_DIGITS})\s*年\s*(?P<month>{_MONTH})\s*月")
_SPAN = re.compile(
    rf"(?<![0-9０-９])(?P<year>{FOUR_DIGITS})(?:年?(?:[—－–~～-]+|至)(?P<last>{FOUR_DIGITS}))?\s*年"
)


def number(form: str) -> int:
    """Return the number that digits of any kind (2023, ２０２３, 二〇二三) write."""
    return int(form.translate(_DIGITS))


def years(text: str) -> Iterator[int]:
    """Yield the years of a text; of a span of years the last; none that is part of a date."""
    dated = {match.start() for match in _DATE.finditer(text)}
    for match in _SPAN.finditer(text):
        if match.start() not in dated:
            yield number(match["last"] or match["year"])


def dates(text: str) -> Iterator[tuple[int, int]]:
    """Yield year and month of the dates of a text."""
    for match in _DATE.finditer(text):
        month = match["month"]
        is_chinese = month in _MONTHS
        yield number(match["year"]), _MONTHS.index(month) + 1 if is_chinese else number(month)
