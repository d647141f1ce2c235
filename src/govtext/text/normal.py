"""The normal form that features are counted on; never shown to a user."""

from __future__ import annotations

import re
import unicodedata

_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
# Normalizing is ten times faster where nothing is left to normalize: these are what mostly is.
_NARROW = {wide: narrow for narrow, wide in _WIDE.items()} | {"（": "(", "）": ")", "％": "%"}
_DIGITS = re.compile(r"[0-9]+(?:[.,，][0-9]+)*")


def normal_form(text: str) -> str:
    """Return a text with one form for each character and one sign for each number.

    Compatibility forms are unified (NFKC), Latin letters lowered, the common marks of
    punctuation made full-width, white space dropped, and every number written in digits becomes
    `0`: how many reports were heard says nothing about what hearing them is.
    """
    for wide, narrow in _NARROW.items():
        text = text.replace(wide, narrow)
    text = "".join(unicodedata.normalize("NFKC", text).lower().split())
    for narrow, wide in _WIDE.items():
        text = text.replace(narrow, wide)
    return _DIGITS.sub("0", text)
