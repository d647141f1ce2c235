"""Quantities: a number with its unit and the words around it that say what is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from govtext.text.facts import NUMBER, normal_number

_UNITS = (
    "人次 件次 场次 家次 户次 万元 亿元 元 公里 千米 平方米 平方公里 立方米 米 公顷 亩 吨 "
    "公斤 千瓦 小时 分钟 个月 个工作日 天 周 年 月 日 岁 届 次 项 件 个 名 人 条 部 篇 期 家 "
    "处 起 场 户 所 份 位 辆 台 座 门 册 倍 成 级 分 批 轮 间 只 头 片 段 宗 例 封 幢 栋 套 "
    "支 桩 笔 类 道 卷 张 村 镇 乡 县 区 组 队 站 点 棵 株 盏 块 步 节 课 堂 页 字 遍 回 趟 "
    "艘 根 面 本 款 章 编 档 对"
)
# Units that count the same: 31名委员 are 31人.
_ALIKE = ("名人位", "个处家所座", "件项")
_CHINESE = re.compile(
    "(?:[〇零一二两三四五六七八九十百千]{2,}|[二两三四五六七八九十])(?=["
    + "".join(dict.fromkeys(unit[0] for unit in _UNITS.split()))
    + "])"
)
_UNIT = re.compile("|".join(sorted(_UNITS.split(), key=len, reverse=True)))
_HAN = re.compile(r"[\u3400-\u9fff]*")
_HAN_BEFORE = re.compile(r"[\u3400-\u9fff]*$")
_DIGITS = {char: i for i, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
# After these a numeral belongs to a number that is no exact one: 十余次, 3.5千.
_UNFINISHED = tuple("0123456789０１２３４５６７８９.多余几数")
_REACH = 12


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number where it stands.

    Attributes:
        value: The number in digits, 万, 亿 and percent sign included, after 第 where it is a rank.
        unit: Its measure word, the empty string where it has none.
        before: The words before it, back to a mark or another number, at most twelve characters.
        after: The words after its unit, in the same way.
        text: Number and unit as they stand.
        start: Offset of `text`.
    """

    value: str
    unit: str
    before: str
    after: str
    text: str
    start: int

    def counts_like(self, other: Quantity) -> bool:
        """Tell whether two quantities may count the same kind of thing, by their units."""
        units = {self.unit, other.unit}
        return len(units) == 1 or "" in units or any(units <= set(alike) for alike in _ALIKE)


def quantities(text: str) -> list[Quantity]:
    """Return the quantities of a text in order, those in Chinese numerals (十二次) too.

    A lone 一 (一批) is no quantity.
    """
    numbers = [(match.span(), normal_number(match.group())) for match in NUMBER.finditer(text)]
    taken = {i for (start, end), _ in numbers for i in range(start, end)}
    numbers += [
        (match.span(), str(_value(match.group())))
        for match in _CHINESE.finditer(text)
        if not taken.intersection(range(*match.span()))
        and not text[: match.start()].endswith(_UNFINISHED)
    ]
    numbers.sort()
    edges = [0, *(end for (_, end), _ in numbers)], [*(start for (start, _), _ in numbers), None]
    return [
        _quantity(text, span, value, after_number, next_number)
        for (span, value), after_number, next_number in zip(
            numbers, edges[0], edges[1][1:], strict=False
        )
    ]


def _quantity(
    text: str, span: tuple[int, int], value: str, floor: int, ceiling: int | None
) -> Quantity:
    start, end = span
    unit = _UNIT.match(text, end)
    end = unit.end() if unit else end
    before = text[max(floor, start - _REACH) : start]
    is_rank = before.endswith("第")
    return Quantity(
        value=f"第{value}" if is_rank else value,
        unit=unit.group() if unit else "",
        before=_group(_HAN_BEFORE.search(before.removesuffix("第"))),
        after=_group(_HAN.match(text[end : min(end + _REACH, ceiling or len(text))])),
        text=text[start - is_rank : end],
        start=start - is_rank,
    )


def _group(match: re.Match[str] | None) -> str:
    return match.group() if match else ""


def _value(numeral: str) -> int:
    """Return the value of a Chinese numeral below ten thousand; 二〇二三 is read by digits."""
    if not any(char in _TENS for char in numeral):
        return int("".join(str(_DIGITS[char]) for char in numeral))
    total, digit = 0, 0
    for i, char in enumerate(numeral):
        if char in _TENS:
            total += (digit or int(i == 0 or numeral[i - 1] in "零〇")) * _TENS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit
