"""Pairs of a text and a heading that its own author gave it, from government work reports.

Two sources: sections with their headings, and paragraphs that open with a short topic sentence.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from govtext.text.facts import unsupported
from govtext.text.ngrams import bare
from govtext.text.sentences import split_sentences

FIRST_YEAR = 1998
BODY_CHARS = (40, 360)
HEADING_CHARS = (6, 30)
TOPIC_CHARS = (4, 20)
SECTION_CHARS = (36, 80)

_NUMBERING = re.compile(
    r"^[\s—\-·•●◆]*(?:[（(]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[）)、.．]|"
    r"第?[一二三四五六七八九十]{1,2}[是，、要])?\s*"
)
_ADDRESS = re.compile(r"各位|同志们|代表们|委员们|谢谢|现在[，,]?我|如下|报告")


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and its summary.

    Attributes:
        text: What is to be summed up.
        summary: What its author wrote.
        kind: heading or section.
        group: The region that it is from, which no split may divide.
    """

    text: str
    summary: str
    kind: str
    group: str


def heading_pair(row: Mapping[str, Any]) -> Pair | None:
    """Return a section's body with its heading, None where they make no usable pair."""
    heading = _NUMBERING.sub("", row["heading"]).rstrip("。：:；; ")
    body = cut_at_paragraph(row["body"], BODY_CHARS[1])
    if int(row["year"]) < FIRST_YEAR or not _fits(heading, HEADING_CHARS) or not body:
        return None
    return _usable(Pair(body, heading, "heading", region_of(row)))


def topic_pairs(row: Mapping[str, Any]) -> Iterator[Pair]:
    """Yield the paragraphs of a report that open with a topic sentence.

    Besides a heading pair for each, runs of such paragraphs give section pairs: the first
    sentences of each, and their topics as one sentence.
    """
    if int(row["year"]) < FIRST_YEAR:
        return
    run: list[tuple[str, str]] = []
    for paragraph in row["text"].split("\n"):
        topic = split_topic(paragraph)
        if topic is None:
            run = []
            continue
        pair = _usable(Pair(topic[1], topic[0], "heading", region_of(row)))
        if pair:
            yield pair
        run.append(topic)
        section = _section_pair(run, region_of(row))
        if section:
            run = []
            yield section


def split_topic(paragraph: str) -> tuple[str, str] | None:
    """Return the topic of a paragraph, without its 。, and the rest; None where it has no topic."""
    first, *rest = split_sentences(paragraph) or [""]
    topic = _NUMBERING.sub("", first)
    if not topic.endswith("。") or not _fits(topic[:-1], TOPIC_CHARS) or _ADDRESS.search(topic):
        return None
    body = cut_at_sentence("".join(rest), BODY_CHARS[1])
    return (topic[:-1], body) if body else None


def cut_at_paragraph(text: str, limit: int) -> str:
    """Return as many whole paragraphs as fit, or whole sentences of the first."""
    kept: list[str] = []
    for paragraph in text.split("\n"):
        if sum(map(len, kept)) + len(paragraph) > limit:
            break
        kept.append(paragraph)
    return "\n".join(kept) or cut_at_sentence(text.split("\n", 1)[0], limit)


def cut_at_sentence(text: str, limit: int) -> str:
    """Return as many whole sentences as fit, the empty string where the first does not."""
    kept = ""
    for sentence in split_sentences(text):
        if len(kept) + len(sentence) > limit:
            break
        kept += sentence
    return kept


def is_held_out(region: str, *, percent: int = 3) -> bool:
    """Return whether a region belongs to the validation part, by its hash."""
    digest = hashlib.sha256(region.encode("utf-8")).digest()
    return int.from_bytes(digest[:4], "big") % 100 < percent


def region_of(row: Mapping[str, Any]) -> str:
    """Return the region of a report, or its level where it is of none."""
    return str(row["region"]) or str(row["level"])


def _section_pair(run: list[tuple[str, str]], region: str) -> Pair | None:
    summary = "，".join(topic for topic, _ in run) + "。"
    if len(run) < 2 or not _fits(summary, SECTION_CHARS):
        return None
    parts = [cut_at_sentence(body, BODY_CHARS[1] // len(run)) for _, body in run]
    return _usable(Pair("\n".join(parts), summary, "section", region)) if all(parts) else None


def _usable(pair: Pair) -> Pair | None:
    if not _fits(pair.text, BODY_CHARS) or unsupported(pair.summary, pair.text):
        return None
    if bare(pair.summary) in bare(pair.text):
        return None
    return pair


def _fits(text: str, limits: tuple[int, int]) -> bool:
    return limits[0] <= len(text) <= limits[1]
