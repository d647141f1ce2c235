"""The words of a piece of a sentence and the parts they play around a quantity."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from govtext.features.words import tag_words
from govtext.keyfigures.lexicon import (
    AGENT_ENDINGS,
    ATTRIBUTES,
    COMPOUND_NOUNS,
    COMPOUND_VERBS,
    JOINED_VERBS,
    NOMINAL,
    NOUNS,
    RESULTS,
    SCOPES,
    SUFFIXES,
    VERBS,
)

# What a word may be beside a noun or a verb: attribute stands before nouns, nominal is verb or
# noun, place is place or noun (后厨), link is 、 or 和, skip is adverbs and the like.
Part = Literal[
    "noun", "nominal", "verb", "attribute", "link", "of", "skip", "time", "place", "preposition",
    "stop",
]  # fmt: skip
QUOTED = r"“[^”]*”|\"[^\"]*\"|《[^》]*》(?:（[^）]*）)?"
_MARKED = re.compile(f"({QUOTED}|{'|'.join([*COMPOUND_NOUNS, *COMPOUND_VERBS])})")
_LINKS = frozenset("、和与及或") | {"以及"}
_PREPOSITIONS = frozenset("由从比较将把被对向为以在与按就给往自于因同")
_PLACES = frozenset("里内外上下中间前后时")
_NOUN_TAGS = ("n", "j", "l", "zg", "k", "eng", "an", "g")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, the part it plays, and jieba's part of speech; that is m for a word made of several.

    Attributes:
        word: The word.
        part: Its part beside a quantity.
        tag: Both, as one.
    """

    word: str
    part: Part
    tag: str


@functools.lru_cache(maxsize=4096)
def tokenize(text: str) -> tuple[Token, ...]:
    """Return the words of a piece of a sentence; a title or quotation is one noun."""
    tokens: list[Token] = []
    for i, piece in enumerate(_MARKED.split(text)):
        if i % 2:
            tokens.append(_token(piece, "m", "verb" if piece in COMPOUND_VERBS else "noun"))
        elif piece:
            tokens.extend(_merged(tag_words(piece)))
    return tuple(tokens)


def _token(word: str, flag: str, part: Part) -> Token:
    return Token(word, part, f"{flag}:{part}")


def join(tokens: Sequence[Token]) -> str:
    """Return the words, joined."""
    return "".join(token.word for token in tokens)


def _merged(tagged: list[tuple[str, str]]) -> list[Token]:
    tokens: list[Token] = []
    pairs = list(_split(tagged))
    for (word, tag), following in zip(pairs, [*pairs[1:], ("", "")], strict=False):
        last = tokens[-1] if tokens else None
        if word in SUFFIXES and following[0] != "长" and last and _takes_suffix(last, word):
            tokens[-1] = _token(last.word + word, "m", "noun")
        else:
            tokens.append(_token(word, tag, _part(word, tag)))
    return tokens


def _takes_suffix(token: Token, suffix: str) -> bool:
    """Tell whether a suffix makes a noun of a word; 率 and 量 of any verb (办结率)."""
    if token.part == "verb" and suffix not in "率量":
        return token.word not in VERBS and not token.word.endswith(RESULTS)
    return token.part in ("noun", "nominal", "attribute", "verb")


def _split(tagged: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the tagged words; 率为 and 听取报告, one word to the tagger, are two."""
    for word, tag in tagged:
        if len(word) == 2 and word[0] in SUFFIXES | {"价", "比"} and word[1] in "为达是":
            yield word[0], "n"
            yield word[1], "v"
        elif len(word) == 4 and word.startswith(JOINED_VERBS):
            yield word[:2], "v"
            yield word[2:], "n"
        else:
            yield word, tag


def _part(word: str, tag: str) -> Part:
    if word in SCOPES or (word.startswith("每") and len(word) > 1):
        return "skip"
    if word in _LINKS:
        return "link"
    if word == "的":
        return "of"
    if word == "等" or word in _PLACES:
        return "stop"
    if word == "之":
        return "attribute"
    if word in ("经", "较", "比"):
        return "preposition"
    if word in AGENT_ENDINGS and len(word) > 1:
        return "noun"
    if word in NOMINAL:
        return "nominal"
    if word in NOUNS:
        return "noun"
    if word in VERBS:
        return "verb"
    if word in ATTRIBUTES:
        return "attribute"
    return _part_of_tag(word, tag)


def _part_of_tag(word: str, tag: str) -> Part:
    if tag == "p" or (word in _PREPOSITIONS and tag in ("p", "c", "d")):
        return "preposition"
    if tag == "vn":
        return "nominal"
    if tag.startswith("v"):
        return "verb"
    if tag.startswith(_NOUN_TAGS):
        return "noun"
    if tag in ("a", "ad", "b", "z", "i"):
        return "attribute"
    if tag in ("s", "t"):
        return "place" if tag == "s" else "time"
    if tag in ("d", "r", "c", "u", "ul", "uz", "ug", "ud", "uv", "y"):
        return "skip"
    return "stop"
