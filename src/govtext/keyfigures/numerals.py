"""Numbers as Chinese reports print them: digits of both widths, Chinese numerals, 万 and 亿."""

from __future__ import annotations

import re

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8,
    "玖": 9,
}  # fmt: skip
_UNITS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.", ",， ")

ARABIC = r"[0-9０-９]+(?:[,，][0-9０-９]{3}(?![0-9０-９]))*(?:[.．][0-9０-９]+)?"
CHINESE_CHARS = "".join([*_DIGITS, *_UNITS])
CHINESE = f"[{CHINESE_CHARS}]+"
NUMBER = rf"(?:{ARABIC}(?:[{''.join(_UNITS)}]?[万亿]+|[{''.join(_UNITS)}])?|(?:{CHINESE}[万亿]*)+)"
# 两三个, 七八十份: two neighbouring digits are a range.
_NEIGHBOURS = re.compile(
    r"(?P<head>.*?)(?P<low>[一二两三四五六七八])(?P<high>[二三四五六七八九])(?P<tail>[十百千万亿]*)"
)
_MIXED = re.compile(rf"(?P<digits>{ARABIC})(?P<scale>.*)", re.DOTALL)


def parse_number(form: str) -> float | None:
    """Return the number that a form writes, None where it writes none.

    It may be written in digits of either width, with thousands separators and a decimal point,
    in Chinese numerals (二百零三, 一万二, 二〇三), or in digits before 万 and 亿 (1.2亿, 3千万).
    """
    mixed = _MIXED.fullmatch(form)
    if mixed is None:
        return _chinese(form)
    value = float(mixed["digits"].translate(_HALF_WIDTH))
    for char in mixed["scale"]:
        scale = _UNITS.get(char) or _MYRIADS.get(char)
        if scale is None:
            return None
        value = round(value * scale, 6)
    return value


def parse_approximate(form: str) -> tuple[float, float | None] | None:
    """Return a number and, for a range of neighbouring digits (两三, 七八十), its upper end."""
    match = _NEIGHBOURS.fullmatch(form)
    if match is not None and not match["head"].endswith(tuple(_DIGITS)):
        low, high = (
            parse_number(match["head"] + match[end] + match["tail"]) for end in ("low", "high")
        )
        if (
            low is not None
            and high is not None
            and _DIGITS[match["high"]] - _DIGITS[match["low"]] == 1
        ):
            return low, high
    value = parse_number(form)
    return None if value is None else (value, None)


def _chinese(form: str) -> float | None:
    if not form:
        return None
    if len(form) > 1 and all(char in _DIGITS for char in form):
        return float("".join(str(_DIGITS[char]) for char in form))
    total = section = digit = 0
    scale = 10
    for char in form:
        if char in _DIGITS:
            digit, scale = _DIGITS[char], 1 if _DIGITS[char] == 0 else scale
        elif char in _UNITS:
            section += (digit or 1) * _UNITS[char]
            digit, scale = 0, _UNITS[char]
        elif char in _MYRIADS:
            total = _close_myriad(total, section + digit, char)
            section, digit, scale = 0, 0, _MYRIADS[char]
        else:
            return None
    # The last digit after 百, 千, 万 or 亿 leaves its place out: 一万二 is 12000.
    tail = digit * scale // 10 if digit and scale >= 100 else digit
    return float(total + section + tail)


def _close_myriad(total: int, section: int, char: str) -> int:
    if char == "亿":
        return (total + section or 1) * _MYRIADS[char]
    return total + (section or 1) * _MYRIADS[char]
