"""Give back to generated text the Chinese marks that the tokenizer's NFKC made half-width."""

from __future__ import annotations

import re

_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_MARK = re.compile(r"(?<![0-9])[,:]|[,:](?![0-9])|[;?!()]")
# A point between a number and its unit: 2.件.
_STRAY = re.compile(r"(?<=[0-9])[.](?=[件个项部次名人家条份篇场亿万元%])")
_SPACE = re.compile(r"(?<![!-~])\s+|\s+(?![!-~])")


def restore_marks(text: str) -> str:
    """Return a text with full-width marks, except within numbers, and no space at 汉字.

    A point between a number and its unit goes.
    """
    text = _SPACE.sub("", text).replace("......", "……").replace("...", "……")
    text = _STRAY.sub("", text)
    return _MARK.sub(lambda match: _FULL_WIDTH[match[0]], text)
