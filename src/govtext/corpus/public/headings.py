"""Numbered sections of government reports with the headings that their authors gave them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

HEADING_CHARS = (6, 40)
BODY_CHARS = (120, 1500)

_NUMBERED = re.compile(
    r"(?:(?P<first>[一二三四五六七八九十]{1,3}) ?、"
    r"|[（(] ?(?P<second>[一二三四五六七八九十]{1,3}) ?[）)])\s*"
    r"(?P<heading>[^。]*)。?(?P<rest>.*)"
)
# A heading that only says which part of the report this is sums nothing up.
_FORMAL = re.compile(
    "工作回顾|工作安排$|重点工作|总体要求|主要任务|主要目标|预期目标|工作建议|年.{0,6}工作部署$|："
)


def section_headings(report: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the sections of a report that begin with 一、 (depth 1) or （一） (depth 2).

    A heading is what stands between the number and the first 。 or the end of the line; the body
    is what follows, up to the next numbered line of either kind. Sections whose heading or body is
    very short or long (`HEADING_CHARS`, `BODY_CHARS`), and headings that are a formality, are left
    out.

    Args:
        report: A record of the government reports: level, region, year, text.
    """
    about = {name: report[name] for name in ("level", "region", "year")}
    for depth, heading, body in _sections(report["text"]):
        fits = _within(heading, HEADING_CHARS) and _within(body, BODY_CHARS)
        if fits and not _FORMAL.search(heading):
            yield {**about, "depth": depth, "heading": heading, "body": body}


def _sections(text: str) -> Iterator[tuple[int, str, str]]:
    depth, heading = 0, ""
    body: list[str] = []
    for line in [*text.split("\n"), "一、"]:
        match = _NUMBERED.fullmatch(line)
        if match is None:
            body.append(line)
            continue
        if depth:
            yield depth, heading, "\n".join(body).strip()
        depth, heading = (1 if match["first"] else 2), match["heading"].strip()
        body = [match["rest"]] if match["rest"] else []


def _within(text: str, limits: tuple[int, int]) -> bool:
    return limits[0] <= len(text) <= limits[1]
