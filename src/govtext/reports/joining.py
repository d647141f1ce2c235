"""Join the lines that columns, page breaks and wrapping broke inside a paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from govtext.reports.lines import Line
from govtext.reports.marks import (
    MAX_NOTE,
    MAX_NUMBERED,
    MAX_PLAIN,
    enumerates,
    is_ended,
    is_number,
    is_prose,
    is_running,
    number_of,
    opens_item,
)
from govtext.reports.phrases import is_formal_title, is_front, is_session
from govtext.reports.wrapping import Wrap, learn_wrap
from govtext.text.sentences import CLOSERS, OPENERS, TERMINATORS, closing_mark, unify

# Characters that no line ends with, or begins with, unless it was broken.
_NO_END = frozenset("，,、；;—-") | frozenset(OPENERS)
_NO_START = frozenset("，,、；;：:·…%％‰") | TERMINATORS | CLOSERS
# Words that need another behind them, and the least length at which they tell a broken line.
_LINKING = re.compile(r"[的或]$|(?<![人祥温调总饱缓平柔共随])和$|(?<!参)与$|(?<![普涉以])及$")
_MIN_LINKING = 12
# A single character before the first mark: the end of a word, unless it is one of these.
_REMNANT = re.compile(r"[^\W\d_a-zA-Z今昔故然但而且则如即又另][，,。]")
_COUNTED = re.compile(r"[年月日个名件次项万亿千百位部场家条份多余%％]")
# Shortest heading, but for these.
_MIN_HEADING = 4
# fmt: off
_SHORT_HEADINGS = frozenset((
    "前言", "引言", "序言", "序", "概况", "概述", "综述", "结语", "结束语", "尾声", "后记", "附件",
))
# fmt: on
_AHEAD = 3
_AHEAD_CHARS = 400


@dataclass(slots=True)
class _Piece:
    """The lines joined so far."""

    first: Line
    last: Line = field(init=False)
    texts: list[str] = field(default_factory=list)
    tail: str = ""
    chars: int = 0
    running: bool = False
    unclosed: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.add(self.first)

    def add(self, line: Line) -> None:
        self.last, text = line, line.text
        if self.texts and _is_latin(self.texts[-1][-1:]) and _is_latin(text[:1]):
            self.texts.append(" ")
        self.texts.append(text)
        self.chars += len(text)
        self.running = self.running or is_running(text) or is_ended(self.tail)
        self.tail = (self.tail + text)[-MAX_NOTE:]
        for char in text:
            if char in OPENERS:
                self.unclosed[closing_mark(char)] += 1
            elif char in CLOSERS and self.unclosed[unify(char)]:
                self.unclosed[unify(char)] -= 1

    @property
    def is_ended(self) -> bool:
        """Whether a sentence ends here."""
        return is_ended(self.tail)

    @property
    def text(self) -> str:
        """What was joined so far, as far as a heading or a date line may go."""
        return "".join(self.texts) if self.chars <= MAX_NUMBERED else ""

    def is_prose(self, following: str) -> bool:
        """Tell whether this is no heading, given the line that follows."""
        if self.running or self.chars > MAX_NUMBERED:
            return True
        is_long = self.chars > MAX_PLAIN and number_of(self.first.text) is None
        return is_prose(self.text) and (is_long or is_ended(following) or is_running(following))

    def line(self) -> Line:
        return Line("".join(self.texts), gap=self.first.gap, indent=self.first.indent)


def join_lines(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with those joined that belong to one paragraph or heading.

    Two lines are joined where the first cannot end as it does (a comma, an opening mark, a
    quotation that the second closes, text that goes on after a sentence), where the second cannot
    begin as it does, and, in text wrapped at some width, where the first fills that width. A line
    that opens like an item (a number, a dash, 一是) begins a paragraph. White space between Latin
    letters is put back.
    """
    joiner = _Joiner(lines)
    joined: list[Line] = []
    piece: _Piece | None = None
    for i, line in enumerate(lines):
        if piece is not None and joiner.continues(piece, i):
            piece.add(line)
            continue
        if piece is not None:
            joined.append(piece.line())
            piece = None
        if line.depth:
            joined.append(line)
        else:
            piece = _Piece(line)
    return [*joined, piece.line()] if piece is not None else joined


class _Joiner:
    """Judges the places between the lines of one text."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        indented = sum(line.indent > 0 for line in lines)
        self._indents_tell = 0 < indented < len(lines)
        self._wrap: Wrap | None = None
        self._wrap = learn_wrap(lines, self._surely_broken())

    def continues(self, piece: _Piece, i: int) -> bool:
        """Tell whether line `i` goes on with what was joined so far."""
        line = self._lines[i]
        if line.depth:
            return False
        if is_session(piece.text + line.text) and _completes_session(piece.text, line.text):
            return True
        if is_front(piece.text) or is_formal_title(piece.text):
            return False
        if self._begins(piece, line):
            return False
        if self._is_cut(piece, i):
            return True
        if self._indents_tell and line.indent:
            return False
        if piece.is_ended:
            return self._fills(piece, line) and (is_ended(line.text) or self._is_full(line))
        if piece.last.text[-1] in "：:":
            return self._fills(piece, line)
        if piece.is_prose(line.text):
            return True
        if self._fills(piece, line) or _REMNANT.match(line.text):
            return True
        return self._is_scrap(piece, i) and (is_ended(line.text) or is_running(line.text))

    def _begins(self, piece: _Piece, line: Line) -> bool:
        """Tell whether a line begins something new, whatever stands before it."""
        if is_front(line.text):
            return True
        fills = self._fills(piece, line)
        if opens_item(line.text):
            return not (fills and piece.running and not piece.is_ended)
        return enumerates(line.text) and not (fills or piece.tail[-1] in "，,、")

    def _is_cut(self, piece: _Piece, i: int) -> bool:
        """Tell whether the characters on both sides show that a sentence was cut here."""
        last, following = piece.last.text, self._lines[i].text
        if last[-1] in _NO_END or following[0] in _NO_START or is_number(piece.text):
            return True
        if _LINKING.search(last[-2:]) and piece.chars >= _MIN_LINKING:
            return True
        if last[-1].isdigit() and _COUNTED.match(following):
            return True
        return self._closes(piece, i)

    def _is_scrap(self, piece: _Piece, i: int) -> bool:
        """Tell whether the line before line `i` is too short for a heading, below a paragraph."""
        short = piece.chars < _MIN_HEADING and piece.text not in _SHORT_HEADINGS
        return short and i > 1 and is_ended(self._lines[i - 2].text)

    def _closes(self, piece: _Piece, i: int) -> bool:
        """Tell whether a mark that is still open is closed in the next lines."""
        awaited = +piece.unclosed
        if not awaited:
            return False
        ahead = "".join(line.text for line in self._lines[i : i + _AHEAD])[:_AHEAD_CHARS]
        for char in ahead:
            if char in OPENERS:
                awaited.pop(closing_mark(char), None)
            elif unify(char) in awaited:
                return True
        return False

    def _fills(self, piece: _Piece, line: Line) -> bool:
        """Tell whether a line stands right below one that fills the width."""
        return not line.gap and self._is_full(piece.last)

    def _is_full(self, line: Line) -> bool:
        return self._wrap is not None and self._wrap.fills(line)

    def _surely_broken(self) -> list[Line]:
        """Return the lines whose end or next line shows, without a width, that they go on."""
        broken = []
        for i in range(1, len(self._lines)):
            piece = _Piece(self._lines[i - 1])
            ended = piece.is_ended or piece.last.text[-1] in "：:；;"
            if not piece.first.depth and not ended and self.continues(piece, i):
                broken.append(piece.last)
        return broken


def _completes_session(session: str, following: str) -> bool:
    """Tell whether a session line needs the next; the name of the speaker it does not need."""
    if is_session(session):
        return following.startswith(("上", "通过"))
    return not is_session(following)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
