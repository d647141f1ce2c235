"""The whole text of a report as lines, nothing left out: headings, sentences, and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govtext.digests.view import Block, SentenceView
from govtext.types import Paragraph, Report


def blocks_of(report: Report, sentences: Sequence[SentenceView]) -> Iterator[Block]:
    """Yield the lines of a report's text in order, empty ones left out."""
    views = dict(zip((s.start for s in report.iter_sentences()), sentences, strict=True))
    headings = {s.start: s.level for s in report.sections if s.heading is not None}
    paragraphs = {p.start: p for section in report.sections for p in section.paragraphs}
    start = 0
    for line in report.text.split("\n"):
        if start in paragraphs:
            yield Block("paragraph", tuple(_pieces(report.text, paragraphs[start], views)))
        elif start in headings:
            yield Block("heading", (line,), headings[start])
        elif start == 0 and line == report.title:
            yield Block("title", (line,))
        elif line:
            yield Block("line", (line,))
        start += len(line) + 1


def _pieces(
    text: str, paragraph: Paragraph, views: Mapping[int, SentenceView]
) -> Iterator[SentenceView | str]:
    """Yield the sentences of a paragraph and the white space between them."""
    position = paragraph.start
    for sentence in paragraph.sentences:
        if sentence.start > position:
            yield text[position : sentence.start]
        yield views[sentence.start]
        position = sentence.end
