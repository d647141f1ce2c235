"""The topic sentence that opens a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_CHARS = 30
# What stands before the words: the number of a section or the dash of a list.
_MARK = re.compile(
    r"(?:[（(]?[〇零一二三四五六七八九十百]+[）)、．.]|[（(]?[0-9０-９]{1,2}[）)、．.](?![0-9０-９])"
    r"|[—－─―-]+)\s*"
)
_QUOTED = re.compile(r"“[^“”]*”|《[^《》]*》")
_FIGURE = re.compile(r"[0-9０-９]")
_ADDRESS = re.compile(r"各位(?:代表|委员)|同志们|(?:现在，)?(?:我代表|我受|受)")


def topic_sentence(sentences: Sequence[str]) -> str | None:
    """Return the topic sentence of a paragraph, None where it has none.

    A topic sentence opens a paragraph of at least two sentences, has at most 30 characters, ends
    with 。 and announces what the rest says. The number of a section (（一）) is not counted. A
    sentence that gives figures outside “” and 《》, or addresses the audience (各位代表, 我代表…),
    announces nothing.

    Args:
        sentences: The sentences of the paragraph.
    """
    if len(sentences) < 2:
        return None
    first = sentences[0]
    words = _MARK.sub("", first, count=1) if _MARK.match(first) else first
    if not words.endswith("。") or not 1 < len(words) <= MAX_CHARS:
        return None
    if _FIGURE.search(_QUOTED.sub("", words)) or _ADDRESS.match(words):
        return None
    return first
