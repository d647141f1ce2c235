"""What the wording of a line tells of its place: numbered, an item, ended, running, prose."""

from __future__ import annotations

import re

from govtext.reports.year_forms import YEAR
from govtext.text.characters import has_han
from govtext.text.sentences import CLOSERS, TERMINATORS, sentence_spans

# Longest plain heading, numbered heading, and numbered heading with a final mark, in characters.
MAX_PLAIN = 45
MAX_NUMBERED = 70
MAX_MARKED = 35
# What of a line is looked at behind the end of its last sentence.
MAX_NOTE = 100
_MAX_QUESTION = 30

_CHINESE = "〇零一二三四五六七八九十百"
_NUMBERS = {
    "chapter": re.compile(rf"第[{_CHINESE}0-9]+(?:部分|[章编篇])[、：:\s]*"),
    "part": re.compile(rf"第[{_CHINESE}0-9]+节[、：:\s]*"),
    "chinese": re.compile(rf"[{_CHINESE}]+\s*[、．.]\s*"),
    "bracketed": re.compile(rf"[（(]\s*[{_CHINESE}]+\s*[）)][、．.]?\s*"),
    "arabic": re.compile(r"[0-9０-９]{1,2}\s*[、．.](?![0-9０-９])\s*"),
    "bracketed_arabic": re.compile(r"[（(]?\s*[0-9０-９]{1,2}\s*[）)][、．.]?\s*|[①-⑳]\s*"),
}
# Styles from the outermost inwards.
STYLES = tuple(_NUMBERS)
_BULLET = re.compile(r"[●■◆★▲○◇□•]")
DASH = re.compile(r"(?:[—－─―–]+|--+)\s*")
_ENUMERATION = re.compile(
    rf"[—－─―–-]|[{_CHINESE}][是要]|第[{_CHINESE}]+[，,、]|其[{_CHINESE}][，,]|另一方面"
)

_TERMINATOR = re.compile(f"[{''.join(sorted(TERMINATORS))}]")
_NOTE = re.compile(r"[。！？!?][”’」』]?[（(【][^（）()【】]*[）)】]$")

_PROSE = re.compile(
    rf"(?:各位(?:代表|委员)|{YEAR}|[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?|[一全]年来|今年|去年|同时|此外)[，,：:]"
)
_FIGURES = re.compile(r"[0-9][万亿]?(?:[个名件次项条家场份人户里篇期处]|公里|万元|亿元|余)")
_MAX_FIGURES = 20


def number_of(text: str) -> tuple[str, int] | None:
    """Return the style of the number that a line opens with and where it ends, or None."""
    for style, pattern in _NUMBERS.items():
        match = pattern.match(text)
        if match and match.end() < len(text):
            return style, match.end()
    return None


def is_number(text: str) -> bool:
    """Tell whether a line is the number of a section and nothing else."""
    return any(pattern.fullmatch(text) for pattern in _NUMBERS.values())


def opens_item(text: str) -> bool:
    """Tell whether a line opens with the number or the bullet of a list."""
    return number_of(text) is not None or _BULLET.match(text) is not None


def enumerates(text: str) -> bool:
    """Tell whether a line opens with a dash or words that count: 一是, 第二，, ——."""
    return _ENUMERATION.match(text) is not None


def is_ended(text: str) -> bool:
    """Tell whether a line ends where a sentence ends."""
    bare = text.rstrip()
    end = len(bare)
    while end and bare[end - 1] in CLOSERS | {'"', "＂"}:
        end -= 1
    if bare[:end].endswith((*TERMINATORS, "……")):
        return True
    if end < len(bare):  # a note in brackets behind the end of the sentence
        return _NOTE.search(bare[-MAX_NOTE:]) is not None
    return bare.endswith(("．", ".")) and has_han(bare[-2:-1])


def is_prose(text: str) -> bool:
    """Tell whether a line without a final mark is by its wording part of a sentence, no heading."""
    if number_of(text) is not None or DASH.match(text):
        return len(text) > MAX_NUMBERED
    if len(text) > MAX_PLAIN or _PROSE.match(text):
        return True
    return len(text) > _MAX_FIGURES and _FIGURES.search(text) is not None


def is_running(text: str) -> bool:
    """Tell whether a sentence ends inside the line, so that it is no heading."""
    first = _TERMINATOR.search(text)
    if first is None or first.end() == len(text):
        return False
    spans = sentence_spans(text)
    if len(spans) < 2:
        return False
    inner = {text[end - 1] for _, end in spans[:-1]}
    asks = inner <= set("？！?!") and len(text) <= _MAX_QUESTION
    return not asks or is_ended(text)
