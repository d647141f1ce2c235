"""From sources to summaries: the shape that a detail gives, evidence, checks and notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from govtext.summarization.clauses import MARKS
from govtext.summarization.condense import Condensed, Condenser, Line
from govtext.summarization.entailment import Reading, probabilities
from govtext.summarization.evidence import EvidenceFinder
from govtext.summarization.faithful import Statement
from govtext.summarization.generation import Load, Steps, Writer
from govtext.summarization.prompt import ROOM, Kind
from govtext.summarization.source import Source, SourceSection
from govtext.summarization.support import split_statements
from govtext.text.verify import Verifier
from govtext.types import Evidence, Summary

Detail = Literal["heading", "headline", "brief", "full"]
DETAILS: tuple[Detail, ...] = ("heading", "headline", "brief", "full")
_PHRASES = ("heading", "headline")
MIN_CHARS = 10
# Least room for a part in a summary of several, in characters.
LEAST_ROOM = 20
HEADLINE_CHARS, BRIEF_CHARS, SECTION_CHARS = 30, 120, 90
# Least probability of a statement on a text of so many characters, which has more to say than room:
# there it costs little to say only what is sure.
_LONG_CHARS, _LEAST_OF_LONG = 1500, 0.8
# A statement is doubtful that is less probable.
_DOUBTFUL = 0.5
# Most room in which a headline, or the summary of a section, is written.
_HEADLINE_ROOM, _SECTION_ROOM = 32, 90


def summary_of(
    source: Source,
    load: Load,
    *,
    detail: Detail,
    max_chars: int | None,
    min_probability: float | None,
) -> Steps[Summary]:
    """Sum a source up.

    Args:
        source: What is summed up.
        load: Gives the model; not called where the source is short enough.
        detail: The shape of the summary.
        max_chars: Most characters, None for what the detail says.
        min_probability: Least probability of a statement, None for what `summarize` says.
    """
    limit = max_chars or default_chars(detail, source)
    between = "\n" if detail == "full" else ""
    plain = between.join("".join(s.text for s in section.sentences) for section in source.sections)
    if not source.sections:
        return Summary("", focus=source.focus, notes=source.notes)
    if len(plain) <= limit:
        note = f"the text is no longer than {limit} characters and was returned as it is"
        line = Line(Statement(plain, quoted=True), source)
        return _finished(plain, source, Condensed([line], [note]), [{}], said=False)
    parts = _parts(source, detail, limit)
    rooms = share_room([len(part.text) for part in parts], limit, between=len(between))
    kinds = [_kind(part, detail, room) for part, room in zip(parts, rooms, strict=True)]
    writer = load()
    least = default_probability(source) if min_probability is None else min_probability
    condensed = yield from Condenser(writer, least).condense(parts, rooms, kinds)
    text = between.join(line.statement.text for line in condensed.lines)
    probable = yield from _probable(condensed.lines, writer)
    return _finished(text, source, condensed, probable, said=True)


def default_chars(detail: Detail, source: Source) -> int:
    """Return the most characters that a detail gives a summary."""
    if detail == "full":
        return max(BRIEF_CHARS, (SECTION_CHARS + 1) * len(source.sections))
    return HEADLINE_CHARS if detail in _PHRASES else BRIEF_CHARS


def default_probability(source: Source) -> float:
    """Return the least probability of a statement on a source."""
    return _LEAST_OF_LONG if len(source.text) >= _LONG_CHARS else 0.0


def _parts(source: Source, detail: Detail, limit: int) -> list[Source]:
    """Return what of a source is summed up by itself: it all, its sections, or its paragraphs."""
    if detail in _PHRASES or limit < 2 * LEAST_ROOM:
        return [source]
    if len(source.sections) > 1:
        return source.by_section()
    at_once = detail == "full" or limit <= _SECTION_ROOM
    return [source] if at_once else source.by_paragraph()


def _kind(source: Source, detail: Detail, room: int) -> Kind:
    if detail == "heading":
        return "heading"
    if room <= _HEADLINE_ROOM:
        return "headline"
    return "report" if len(source.sections) > 1 and room > _SECTION_ROOM else "section"


def share_room(sizes: Sequence[int], limit: int, *, between: int = 0) -> list[int]:
    """Share the room of a summary among sections, alike, or among the longest where it is short.

    Args:
        sizes: Characters of each section.
        limit: Most characters of the summary.
        between: Characters that stand between two sections' lines.

    Returns:
        The room of each section, 0 for those that get none.
    """
    count = min(len(sizes), max(1, (limit + between) // (LEAST_ROOM + between)))
    longest = sorted(range(len(sizes)), key=lambda i: (-sizes[i], i))[:count]
    room = (limit - between * (count - 1)) // count
    return [room if i in longest else 0 for i in range(len(sizes))]


def _probable(lines: Sequence[Line], writer: Writer) -> Steps[list[dict[str, float]]]:
    """Return for each line how probable its statements are, empty where that is not judged."""
    if writer.entailment is None:
        return [{} for _ in lines]
    limit = writer.max_source_tokens - ROOM
    return (
        yield from probabilities(
            [
                (
                    Reading((sentence.text for sentence in line.source.sentences), limit),
                    [] if line.statement.quoted else split_statements(line.statement.text),
                )
                for line in lines
            ],
            writer.entailment,
        )
    )


def _finished(
    text: str,
    source: Source,
    condensed: Condensed,
    probable: Sequence[Mapping[str, float]],
    *,
    said: bool,
) -> Summary:
    evidence = tuple(
        item
        for line, by_statement in zip(condensed.lines, probable, strict=True)
        for item in _evidence(line, by_statement)
    )
    checks = tuple(
        check
        for line in condensed.lines
        for check in Verifier(line.source.text).checks(line.statement.text)
    )
    quotes = "；".join(item.statement.rstrip(MARKS) for item in evidence if item.quoted)
    notes = [
        *source.notes,
        *condensed.notes,
        *([f"taken over from the source word for word: {quotes}"] if quotes and said else []),
        *(f"no sentence of the source says: {e.statement}" for e in evidence if not e.sentences),
        *(
            f"doubtful, the source may not say it: {item.statement}"
            for item in evidence
            if item.probability is not None and item.probability < _DOUBTFUL
        ),
        *_unrepresented(evidence, source.sections),
    ]
    return Summary(text, evidence, source.focus, tuple(dict.fromkeys(notes)), checks)


def _evidence(line: Line, probable: Mapping[str, float]) -> Iterator[Evidence]:
    finder = EvidenceFinder(line.source.sentences)
    for statement in split_statements(line.statement.text):
        quoted = line.statement.quoted or finder.quotes(statement)
        probability = None if quoted else probable.get(statement)
        yield Evidence(statement, finder.find(statement), quoted, probability)


def _unrepresented(evidence: Sequence[Evidence], sections: Sequence[SourceSection]) -> list[str]:
    cited = {sentence.start for item in evidence for sentence in item.sentences}
    absent = [
        section.heading or "the text before the first heading"
        for section in sections
        if not any(sentence.start in cited for sentence in section.sentences)
    ]
    if not absent or len(sections) == 1:
        return []
    return [f"no statement comes from these sections, for want of room: {'; '.join(absent)}"]
