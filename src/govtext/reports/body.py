"""Whose report it is."""

from __future__ import annotations

import re

from govtext.reports.openings import Opened
from govtext.reports.phrases import is_address, is_session
from govtext.types import Body

_NAMES: dict[Body, re.Pattern[str]] = {
    "government": re.compile(r"政府|国务院|总理|[省市县区州盟旗镇乡]\s*长|自治区代?主席"),
    "cppcc": re.compile(r"政协|政治协商"),
    "people_congress": re.compile(r"人大|人民代表大会"),
}
_ON_BEHALF = re.compile(r"(?:代表|受)(?P<whom>[^，。；：]{2,40}?)(?:委托|[，,]?向|，|作)")
_OPENING_CHARS = 1500
# How often a text speaks of one body, and how much more often than of the other, to be its report.
_MIN_MENTIONS = 4
_DOMINANCE = 3


def body_of(opened: Opened) -> Body | None:
    """Return whose report it is, None where the report does not say.

    Asked in this order: subtitle and speaker, title, 我代表…, the session and the salutation of a
    CPPCC, and what the text speaks of by far the most.
    """
    front = [line.text for line in opened.front]
    sessions = [text for text in front if is_session(text)]
    named = [text for text in front if text not in sessions and not is_address(text)]
    text = "\n".join(line.text for line in opened.body)
    on_behalf = _ON_BEHALF.search(text[:_OPENING_CHARS])
    for place in (*named, opened.title or "", on_behalf["whom"] if on_behalf else ""):
        body = _named_first(place)
        if body is not None:
            return body
    if any("政协" in line for line in sessions) or any("各位委员" in line for line in front):
        return "cppcc"
    return _named_most(text)


def _named_first(text: str) -> Body | None:
    found = [(match.start(), body) for body, p in _NAMES.items() if (match := p.search(text))]
    return min(found)[1] if found else None


def _named_most(text: str) -> Body | None:
    cppcc, congress = text.count("政协"), text.count("人大")
    if cppcc >= max(_MIN_MENTIONS, _DOMINANCE * congress):
        return "cppcc"
    if congress >= max(_MIN_MENTIONS, _DOMINANCE * cppcc):
        return "people_congress"
    return None
