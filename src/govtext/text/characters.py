"""What kind of characters a text is made of."""

from __future__ import annotations

import re
import unicodedata

_HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_NARROW = frozenset(("N", "Na", "H"))
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def has_han(text: str) -> bool:
    """Tell whether a text has a Chinese character."""
    return _HAN.search(text) is not None


def count_han(text: str) -> int:
    """Return the number of Chinese characters of a text."""
    return sum(1 for _ in _HAN.finditer(text))


def lone_surrogate(text: str) -> int | None:
    """Return the position of the first lone surrogate, None where there is none."""
    match = _SURROGATE.search(text)
    return match.start() if match else None


def print_width(text: str) -> float:
    """Return how wide a text is printed, in Chinese characters: Latin ones take half of one."""
    return sum(0.5 if unicodedata.east_asian_width(char) in _NARROW else 1.0 for char in text)
