"""Which lines of a report are headings, which are paragraphs, and at which level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from govtext.reports.lines import Line
from govtext.reports.marks import (
    MAX_MARKED,
    MAX_NUMBERED,
    STYLES,
    is_ended,
    is_prose,
    is_running,
    number_of,
)
from govtext.reports.phrases import is_address, is_aside, is_signature
from govtext.text.characters import count_han

Kind = Literal["heading", "paragraph", "aside"]
_MARKDOWN = "markdown"
_PLAIN = "plain"
_MIN_HAN = 2
_LIST = 3


@dataclass(frozen=True, slots=True)
class Block:
    """A line of a report and what it is; `level` is 0 for all but headings."""

    text: str
    kind: Kind
    level: int = 0


def outline(lines: Sequence[Line]) -> list[Block]:
    """Return the lines of a report as headings, paragraphs and asides.

    An aside (a salutation, a caption, a byline, a signature, a line of marks only) is part of the
    text and of no paragraph.
    """
    kinds = [_kind(lines, i) for i in range(len(lines))]
    _demote_lists(lines, kinds)
    _demote_endings(lines, kinds)
    levels = _levels(lines, kinds)
    return [
        Block(line.text, kind, level)
        for line, kind, level in zip(lines, kinds, levels, strict=True)
    ]


def _kind(lines: Sequence[Line], i: int) -> Kind:
    line = lines[i]
    if line.depth:
        return "paragraph" if is_running(line.text) and is_ended(line.text) else "heading"
    if is_address(line.text) or is_aside(line.text) or not any(map(str.isalnum, line.text)):
        return "aside"
    if is_running(line.text):
        return "paragraph"
    number = number_of(line.text)
    if number is not None:
        return _numbered_kind(lines, i, line.text[number[1] :])
    is_open = not is_ended(line.text) and line.text[-1] not in "：:；;，,、"
    if is_open and not is_prose(line.text) and count_han(line.text) >= _MIN_HAN:
        return "heading"
    return "paragraph"


def _numbered_kind(lines: Sequence[Line], i: int, words: str) -> Kind:
    if not is_ended(words):
        return (
            "heading" if len(words) <= MAX_NUMBERED and words[-1] not in "；;，,、" else "paragraph"
        )
    # With a final mark it is a heading only where text follows that has no number of its own.
    followed = i + 1 < len(lines) and _style(lines[i + 1]) == _PLAIN and not lines[i + 1].depth
    return "heading" if followed and len(words) <= MAX_MARKED else "paragraph"


def _style(line: Line) -> str:
    """Return the kind of number that a line has, `plain` for none."""
    if line.depth:
        return f"{_MARKDOWN}{line.depth}"
    number = number_of(line.text)
    return number[0] if number is not None else _PLAIN


def _demote_lists(lines: Sequence[Line], kinds: list[Kind]) -> None:
    """Make paragraphs of headings that only follow each other: they are a list."""
    start = 0
    for end in range(1, len(lines) + 1):
        same = (
            end < len(lines)
            and kinds[end] == "heading"
            and _style(lines[end]) == _style(lines[start])
        )
        if same and kinds[start] == "heading":
            continue
        least = _LIST if _style(lines[start]) == _PLAIN else _LIST - 1
        if kinds[start] == "heading" and not lines[start].depth and end - start >= least:
            kinds[start:end] = ["paragraph"] * (end - start)
        start = end


def _demote_endings(lines: Sequence[Line], kinds: list[Kind]) -> None:
    """Make asides of signatures at the end, and a paragraph of a heading without text below."""
    has_text = "paragraph" in kinds
    for i in range(len(lines) - 1, -1, -1):
        if kinds[i] == "aside":
            continue
        if kinds[i] != "heading" or lines[i].depth:
            return
        kinds[i] = "aside" if has_text and is_signature(lines[i].text) else "paragraph"


def _levels(lines: Sequence[Line], kinds: Sequence[Kind]) -> list[int]:
    """Return the level of each heading: 1 for the outermost kind of the report, else 2."""
    styles = [_style(line) for line, kind in zip(lines, kinds, strict=True) if kind == "heading"]
    top = _top_style(styles)
    return [
        0 if kind != "heading" else 1 if _style(line) == top else 2
        for line, kind in zip(lines, kinds, strict=True)
    ]


def _top_style(styles: Sequence[str]) -> str | None:
    """Return the outermost kind of heading.

    Markdown ranks by its depth, numbers by convention (第一章, 一、, （一）, 1.). Plain headings
    are outermost where they come first and are more than one, or where no 一、 or 第一章 is.
    """
    markdown = [style for style in styles if style.startswith(_MARKDOWN)]
    if markdown:
        return min(markdown)
    numbered = [style for style in STYLES if style in styles]
    if _PLAIN not in styles:
        return numbered[0] if numbered else None
    if styles[0] == _PLAIN and styles.count(_PLAIN) > 1:
        return _PLAIN
    return numbered[0] if numbered and numbered[0] in STYLES[:3] else _PLAIN
