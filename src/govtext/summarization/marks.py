"""Give back to generated text the Chinese marks that the tokenizer's NFKC made half-width."""

from __future__ import annotations

import re

_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_MARK = re.compile(r"(?<![0-9])[,:]|[,:](?![0-9])|[;?!()]")
_SPACE = re.compile(r"(?<![!-~])\s+|\s+(?![!-~])")


def restore_marks(text: str) -> str:
    """Return a text with full-width marks, except within numbers, and no space at 汉字."""
    text = _SPACE.sub("", text).replace("......", "……").replace("...", "……")
    return _MARK.sub(lambda match: _FULL_WIDTH[match[0]], text)
