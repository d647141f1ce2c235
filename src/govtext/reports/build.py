"""Assemble a Report from its lines: one text, and offsets into it."""

from __future__ import annotations

from collections.abc import Sequence

from govtext.reports.body import body_of
from govtext.reports.openings import Opened
from govtext.reports.outline import Block, outline
from govtext.reports.year import year_of
from govtext.text.sentences import neighbours, sentence_spans
from govtext.text.topic import topic_sentence
from govtext.types import Paragraph, Report, Section, Sentence


def build_report(opened: Opened, *, source: str | None = None) -> Report:
    """Return the report of the lines that belong to it.

    Its text has title, front lines, headings and paragraphs each on a line of its own.
    """
    blocks = outline(opened.body)
    head = [opened.title] if opened.title is not None else []
    head += [line.text for line in opened.front]
    return Report(
        text="\n".join([*head, *(block.text for block in blocks)]),
        title=opened.title,
        body=body_of(opened),
        year=year_of(opened),
        sections=tuple(_sections(blocks, sum(len(text) + 1 for text in head))),
        source=source,
    )


def _sections(blocks: Sequence[Block], start: int) -> list[Section]:
    """Return the sections of blocks whose first begins at offset `start`."""
    sections: list[Section] = []
    heading: tuple[int, Block] | None = None
    paragraphs: list[Paragraph] = []
    for block in blocks:
        if block.kind == "heading":
            sections += _section(heading, paragraphs)
            heading, paragraphs = (start, block), []
        elif block.kind == "paragraph":
            paragraphs.append(_paragraph(block.text, start, heading[1].text if heading else None))
        start += len(block.text) + 1
    return sections + _section(heading, paragraphs)


def _section(heading: tuple[int, Block] | None, paragraphs: list[Paragraph]) -> list[Section]:
    if heading is None:
        if not paragraphs:
            return []
        start, end = paragraphs[0].start, paragraphs[-1].end
        return [Section(None, 1, start, end, tuple(paragraphs))]
    start, block = heading
    end = paragraphs[-1].end if paragraphs else start + len(block.text)
    return [Section(block.text, block.level, start, end, tuple(paragraphs))]


def _paragraph(text: str, start: int, heading: str | None) -> Paragraph:
    spans = sentence_spans(text)
    texts = [text[begin:end] for begin, end in spans]
    topic = topic_sentence(texts)
    sentences = tuple(
        Sentence(text[begin:end], start + begin, start + end, heading, topic, before, after)
        for (begin, end), (before, after) in zip(spans, neighbours(texts), strict=True)
    )
    return Paragraph(start, start + len(text), sentences, topic)
