"""Text to clean lines: line ends, control characters, page numbers, running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from govtext.text.characters import print_width

PAGE_BREAK = "\f"
_LINE_END = re.compile(r"\r\n|[\n\r\v\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\ufeff]")
# Two ideographic spaces behind the end of a sentence are the indent of the next paragraph.
_INNER_INDENT = re.compile(r"(?<=[。！？”）])\u3000{2,}")
# Rules and page numbers that cannot be anything else.
_FURNITURE = re.compile(
    r"[-—–=_*＊~#·.\s]+"
    r"|[-—–－─―~·•]\s*\d{1,4}\s*[-—–－─―~·•]"
    r"|第\s*\d{1,4}\s*页(?:\s*[，,/]?\s*共\s*\d{1,4}\s*页)?|共\s*\d{1,4}\s*页\s*第\s*\d{1,4}\s*页"
    r"|[Pp]age\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?"
)
_BARE_NUMBER = re.compile(r"(\d{1,3})(?:\s*/\s*\d{1,3})?")
_DIGITS = re.compile(r"[\d\s]+")
_MAX_RUNNING_CHARS = 40
_MIN_PAGES = 3
_EDGE = 2
_MAX_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a report.

    Attributes:
        text: Its text without surrounding white space; never empty.
        gap: Whether a blank line stands before it; a page break is none.
        indent: How far it was indented, in Chinese characters.
        depth: Number of `#` that mark it as a heading, 0 where none does.
    """

    text: str
    gap: bool = False
    indent: float = 0.0
    depth: int = 0


def clean_lines(text: str) -> list[Line]:
    """Return the lines of a text.

    Control characters (except line ends and tabs), zero-width spaces and byte order marks are
    dropped, and so are rules and, where that is certain, page numbers and running heads. All
    other characters stay as they are.
    """
    text = _INNER_INDENT.sub("\n\u3000\u3000", _CONTROL.sub("", text))
    pages = _without_running_lines([_LINE_END.split(page) for page in text.split(PAGE_BREAK)])
    numbers = _page_numbers(pages)
    lines: list[Line] = []
    gap = True
    for page in pages:
        for row in page:
            stripped = row.strip()
            if not stripped:
                gap = True
            elif not (stripped in numbers or _FURNITURE.fullmatch(stripped)):
                lines.append(_line(row, gap=gap))
                gap = False
    return lines


def _line(row: str, *, gap: bool) -> Line:
    text = row.strip()
    indent = print_width(row[: len(row) - len(row.lstrip())])
    words = text.lstrip("#")
    depth = len(text) - len(words)
    # Without a space behind it, a # is a heading mark only where no other follows (#话题#).
    if 0 < depth <= _MAX_DEPTH and (words[0].isspace() or "#" not in words):
        return Line(words.rstrip("#").strip(), gap=gap, indent=indent, depth=depth)
    return Line(text, gap=gap, indent=indent)


def _page_numbers(pages: list[list[str]]) -> set[str]:
    """Return the lines that are bare numbers and, taken together, count the pages."""
    bare = [
        (int(match[1]), match[0])
        for page in pages
        for row in page
        if (match := _BARE_NUMBER.fullmatch(row.strip()))
    ]
    counts = [number for number, _ in bare]
    rising = all(b - a == 1 for a, b in pairwise(counts))
    return {text for _, text in bare} if rising and len(bare) > 1 else set()


def _without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """Return the pages without what most of them have at their top or foot, digits aside.

    The top of the first page stays: a running head may repeat the title.
    """
    pages = [_trimmed(page) for page in pages]
    if len(pages) < _MIN_PAGES:
        return pages
    counts = Counter(key for page in pages for key in set(_edge_keys(page)))
    running = {key for key, count in counts.items() if count >= max(_MIN_PAGES, len(pages) / 2)}
    for number, page in enumerate(pages):
        for _ in range(_EDGE):
            if number and page and _running_key(page[0]) in running:
                page[:] = _trimmed(page[1:])
            if page and _running_key(page[-1]) in running:
                page[:] = _trimmed(page[:-1])
    return pages


def _trimmed(page: list[str]) -> list[str]:
    """Return a page without blank lines at its top and foot."""
    filled = [i for i, row in enumerate(page) if row.strip()]
    return page[filled[0] : filled[-1] + 1] if filled else []


def _edge_keys(page: list[str]) -> Iterator[str]:
    rows = [row for row in page if row.strip()]
    for row in [*rows[:_EDGE], *rows[-_EDGE:]]:
        if len(row.strip()) <= _MAX_RUNNING_CHARS:
            yield _running_key(row)


def _running_key(row: str) -> str:
    return _DIGITS.sub("", row)
