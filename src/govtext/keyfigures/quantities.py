"""Find the quantities of a sentence: number, unit, range and qualifier."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from govtext.keyfigures.numerals import (
    ARABIC,
    CHINESE_CHARS,
    NUMBER,
    parse_approximate,
    parse_number,
)
from govtext.keyfigures.units import (
    DURATION,
    IDIOM,
    MEASURED_TIME,
    MEASURES,
    TENTHS_AFTER,
    UNIT,
)
from govtext.types import Qualifier

_BEFORE: dict[str, Qualifier] = {
    "不超过": "under", "不高于": "under", "不多于": "under", "不足": "under", "不到": "under",
    "将近": "under", "接近": "under", "少于": "under", "低于": "under", "最多": "under",
    "至多": "under", "近": "under",
    "不少于": "over", "不低于": "over", "超过": "over", "高于": "over", "多于": "over",
    "至少": "over", "最少": "over", "超": "over", "逾": "over", "上": "over",
    "大约": "about", "大概": "about", "约": "about",
}  # fmt: skip
_MORE: dict[str, Qualifier] = {"余": "over", "多": "over", "来": "about"}
_AFTER: dict[str, Qualifier] = {
    "以上": "over", "以下": "under", "以内": "under", "左右": "about", "上下": "about",
}  # fmt: skip
# 上百, 上千 and 上万 say at least that much; elsewhere 上 says where.
_PREFIX = "|".join(
    [
        *sorted(set(_BEFORE) - {"上", "不足"}, key=len, reverse=True),
        "上(?=[百千万])",
        # 指出不足41处: there 不足 is what was pointed out.
        "(?<![出的在查])不足",
    ]
)
_TO = r" ?(?:至|到|[-—－–~～]+) ?"
# Ordinals (第三次), names (G15, A4) and the inside of a number begin no quantity.
_START = (
    rf"(?<![第几数A-Za-z0-9０-９万亿/])(?<![0-9０-９][.．])"
    rf"(?:(?=[0-9０-９])|(?<![{CHINESE_CHARS}]))"
)
_QUANTITY = re.compile(
    rf"(?P<prefix>{_PREFIX})?{_START}(?P<low>{NUMBER})(?P<more>[余多来])?"
    rf"(?:(?:{UNIT})?{_TO}(?P<high>{NUMBER})(?P<more_high>[余多])?)?"
    rf"(?P<gap>[ \u3000]?)(?P<unit>{UNIT}|{DURATION})(?P<suffix>{'|'.join(_AFTER)})?"
)
# 常住人口六万八: what is counted stands right before the number, and nothing follows.
_BARE = re.compile(
    rf"(?<=[\u4e00-\u9fff])(?P<prefix>{_PREFIX})?{_START}"
    rf"(?P<low>{ARABIC}[万亿]|[0-9]{{2,}}|[{CHINESE_CHARS}]*[百千万亿][{CHINESE_CHARS}万亿]*)"
    r"(?P<more>[余多])?(?=[，。；、,;）)]|$)"
)
# Shares whose sign stands before the number or is part of it: 百分之六点七, 三分之二, 八成三.
_SHARE = re.compile(
    rf"(?P<prefix>{_PREFIX})?{_START}(?P<parts>{NUMBER})分之(?P<low>{NUMBER}(?:点{NUMBER})?)"
)
_TENTHS = re.compile(
    rf"(?P<prefix>{_PREFIX})?{_START}(?P<low>[一两二三四五六七八九])成"
    r"(?P<rest>[一二三四五六七八九半](?![个名项件家户人]))?(?P<more>[多])?" + TENTHS_AFTER
)
_PROTECTED = re.compile(rf"《[^》]*》|“[^”]*”|「[^」]*」|{IDIOM}")
# 五届三次会议: which session, not how many.
_SESSION = re.compile(r"届[^，。；、]{0,12}$")
_MEETING = re.compile(r"(?:会议|全会|大会|全体会议|常委会|主任会议|主席会议)")
# 前三名, 末位三人: which ones, not how many.
_RANK = re.compile(r"(?:^|[，。；、,;名位票分数序列居])(?:前|后)$|(?:末|末位)$")
_CLAUSE_MARKS = "，。；：！？,;:!?"
_ONCE_BEFORE = re.compile(
    r"[\u4e00-\u9fff”》](?<![了的过这那每某同逐有是又再另坐站办开去来做干走哪们到])$"
)
_ONCE_AFTER = re.compile(r"[，。；、！？,;）)]|$")
_REGULAR = re.compile(r"每|一[年月季周日天][^，]{0,3}$|一季度$|一人$")
_ADVERBIAL = frozenset(["遍", "趟", "回", "顿", "步", "把", "起", "声"])


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity and where it stands in its sentence; see `govtext.types.KeyFigure`."""

    printed: str
    value: float
    high: float | None
    unit: str
    qualifier: Qualifier | None
    start: int
    end: int


def find_quantities(sentence: str) -> list[Quantity]:
    """Return the quantities of a sentence in reading order.

    Not among them: dates, years, durations (unless the sentence names the time measured),
    ordinals, sessions (五届三次会议), what stands in 《》 or “”, slogans, numbers without a unit,
    and 一 before its noun, which is an article.
    """
    masked = _PROTECTED.sub(lambda match: "□" * len(match[0]), sentence)
    found: list[Quantity] = []
    for quantity in (*_shares(masked), *_tenths(masked), *_counts(masked), *_bare(masked)):
        if all(quantity.end <= other.start or other.end <= quantity.start for other in found):
            found.append(quantity)
    return sorted(found, key=lambda quantity: quantity.start)


def _shares(text: str) -> Iterator[Quantity]:
    for match in _SHARE.finditer(text):
        parts, low = parse_number(match["parts"]), _decimal(match["low"])
        if not parts or low is None:
            continue
        percent = match["parts"] == "百"
        yield Quantity(
            match[0], low if percent else low / parts, None, "%" if percent else "",
            _BEFORE.get(match["prefix"] or ""), match.start(), match.end(),
        )  # fmt: skip


def _tenths(text: str) -> Iterator[Quantity]:
    for match in _TENTHS.finditer(text):
        low, rest = parse_number(match["low"]) or 0, match["rest"]
        ones = 5.0 if rest == "半" else parse_number(rest or "") or 0.0
        yield Quantity(
            match[0], low * 10 + ones, None, "%", _qualifier(match), match.start(), match.end()
        )


def _bare(text: str) -> Iterator[Quantity]:
    for match in _BARE.finditer(text):
        value = parse_number(match["low"])
        if value is not None:
            qualifier = _BEFORE.get(match["prefix"] or "") or _MORE.get(match["more"] or "")
            yield Quantity(match[0], value, None, "", qualifier, match.start(), match.end())


def _decimal(form: str) -> float | None:
    whole, point, places = form.partition("点")
    low = parse_number(whole)
    if low is None or not point:
        return low
    decimals = "".join(f"{parse_number(char):.0f}" for char in places)
    return float(f"{low:.0f}.{decimals}")


def _counts(text: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(text):
        if _says_how_much(text, match):
            quantity = _quantity(match)
            if quantity is not None:
                yield quantity


def _quantity(match: re.Match[str]) -> Quantity | None:
    bounds = parse_approximate(match["low"])
    if bounds is None:
        return None
    low, high = bounds
    if match["high"]:
        high = parse_number(match["high"])
    if match["high"] and match["high"][-1] in "万亿" and match["low"][-1] not in "万亿":
        low *= 10**4 if match["high"][-1] == "万" else 10**8
    return Quantity(
        match.string[match.start() : match.start("gap")], low, high,
        match["unit"], _qualifier(match), match.start(), match.end("unit"),
    )  # fmt: skip


def _qualifier(match: re.Match[str]) -> Qualifier | None:
    said = match.groupdict()
    return (
        _BEFORE.get(said.get("prefix") or "")
        or _MORE.get(said.get("more_high") or said.get("more") or "")
        or _AFTER.get(said.get("suffix") or "")
    )


def _says_how_much(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end("unit") :]
    clause = before[max(before.rfind(mark) for mark in _CLAUSE_MARKS) + 1 :]
    if re.fullmatch(DURATION, match["unit"]):
        return re.search(rf"{MEASURED_TIME}[^，。；]{{0,12}}$", clause) is not None
    if _RANK.search(before):
        return False
    if match["unit"] == "次" and _SESSION.search(before) and _MEETING.match(after):
        return False
    if _REGULAR.search(clause) and match["unit"] == "次" and _ONCE_AFTER.match(after):
        return False
    if match["low"] == "一" and match["unit"] not in MEASURES:
        return (
            match["unit"] not in _ADVERBIAL
            and _ONCE_BEFORE.search(before) is not None
            and _ONCE_AFTER.match(after) is not None
            and not _REGULAR.search(clause)
        )
    return match["low"][0] not in "零〇"
