"""Split Chinese text into sentences without touching a character of it."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence

TERMINATORS = frozenset("。！？!?｡")
# Opening mark to closing mark. Full-width and half-width forms pair with each other.
OPENERS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "(": ")",
    "【": "】",
    "［": "］",
    "[": "]",
    "〔": "〕",
    "〖": "〗",
}
CLOSERS = frozenset(OPENERS.values())
_STRAIGHT = frozenset('"＂')
_HALF_WIDTH = {"）": ")", "］": "]"}
_MARK = re.compile("[" + re.escape("".join([*TERMINATORS, *OPENERS, *CLOSERS, *_STRAIGHT])) + "]")
# A mark and its position.
_Mark = tuple[int, str]


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Find the sentences of a paragraph.

    A sentence ends with 。！？ or their half-width forms, except inside quotation marks or
    brackets; ；, … and the points of numbers end none. A run of such marks ends one sentence, and
    closing marks right behind it belong to it. A mark that is opened and never closed protects
    nothing. What follows the last terminator is a sentence too. Marks without any letter or digit
    (……) belong to the sentence before them, or to the one behind where they open the paragraph.

    Args:
        text: One paragraph.

    Returns:
        Spans `(start, end)` in order, without surrounding white space; every character that
        is not white space between sentences lies in exactly one span.
    """
    spans = []
    start = 0
    for end in _ends(text):
        spans.append((start, end))
        start = end
    spans.append((start, len(text)))
    trimmed = [t for span in spans if (t := _trim(text, *span)) is not None]
    return _joined(text, trimmed)


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph; see `sentence_spans`."""
    return [text[start:end] for start, end in sentence_spans(text)]


def sentences_by_line(text: str) -> list[str]:
    """Return the sentences of a text of several lines; none runs on into the next line."""
    return [sentence for line in text.split("\n") for sentence in split_sentences(line)]


def closing_mark(opener: str) -> str:
    """Return the half-width or only form of the mark that closes an opening mark."""
    return unify(OPENERS[opener])


def unify(closer: str) -> str:
    """Return the form of a closing mark that stands for both of its widths."""
    return _HALF_WIDTH.get(closer, closer)


def _ends(text: str) -> Iterator[int]:
    """Yield the positions behind the sentences that a terminator ends."""
    marks = [(match.start(), match[0]) for match in _MARK.finditer(text)]
    if not marks:
        return
    depth_change: Counter[int] = Counter()
    for opened, closed in (*_pairs(marks), *_straight_pairs(marks)):
        depth_change[opened] += 1
        depth_change[closed] -= 1
    depth = end = 0
    for i, char in marks:
        depth += depth_change[i]
        if char in TERMINATORS and not depth and i >= end:
            end = _run_end(text, i + 1)
            yield end


def _run_end(text: str, end: int) -> int:
    """Return the end of the run of terminators and closing marks that follows a terminator."""
    for i in range(end, len(text)):
        if text[i] in TERMINATORS or text[i] in CLOSERS:
            end = i + 1
        elif not text[i].isspace():
            break
    return end


def _pairs(marks: Sequence[_Mark]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of directed marks; a closing mark without an opening one is passed over."""
    stack: list[_Mark] = []
    awaited: Counter[str] = Counter()
    for i, char in marks:
        if char in OPENERS:
            stack.append((i, closing_mark(char)))
            awaited[closing_mark(char)] += 1
        elif char in CLOSERS and awaited[unify(char)]:
            closer = ""
            while closer != unify(char):
                opened, closer = stack.pop()
                awaited[closer] -= 1
            yield opened, i


def _straight_pairs(marks: Sequence[_Mark]) -> list[tuple[int, int]]:
    """Return the pairs of straight quotation marks, which do not say which way they point.

    Of an odd number one is stray: the first or the last, whichever leaves fewer ends of
    sentences inside quotations.
    """
    quotes = [i for i, char in marks if char in _STRAIGHT]
    ends = [i for i, char in marks if char in TERMINATORS]
    readings = (quotes[:-1], quotes[1:]) if len(quotes) % 2 else (quotes,)
    pairings = [list(zip(reading[::2], reading[1::2], strict=True)) for reading in readings]
    return min(pairings, key=lambda pairs: sum(bisect(ends, b) - bisect(ends, a) for a, b in pairs))


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans of which each has a letter or digit, as far as any has."""
    joined: list[tuple[int, int]] = []
    lettered = False
    for start, end in spans:
        now = any(map(str.isalnum, text[start:end]))
        if joined and not (lettered and now):
            joined[-1] = (joined[-1][0], end)
            lettered |= now
        else:
            joined.append((start, end))
            lettered = now
    return joined


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def neighbours(sentences: Sequence[str]) -> list[tuple[str | None, str | None]]:
    """Return what stands before and after each sentence of a paragraph, None at its ends."""
    padded = [None, *sentences, None]
    return list(zip(padded[:-2], padded[2:], strict=True))
