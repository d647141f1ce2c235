"""The normal form that features are counted on; never shown to a user."""

from __future__ import annotations

import re
import unicodedata

_PUNCTUATION = str.maketrans({",": "，", ";": "；", ":": "：", "?": "？", "!": "！"})
_DIGITS = re.compile(r"[0-9]+(?:[.,，][0-9]+)*")


def normal_form(text: str) -> str:
    """Return a text with one form for each character and one sign for each number.

    Compatibility forms are unified (NFKC), Latin letters lowered, the common marks of
    punctuation made full-width, white space dropped, and every number written in digits becomes
    `0`: how many reports were heard says nothing about what hearing them is.
    """
    text = "".join(unicodedata.normalize("NFKC", text).lower().split())
    return _DIGITS.sub("0", text.translate(_PUNCTUATION))
