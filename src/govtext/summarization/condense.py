"""From sections to a report: what is written of a text of any length, within a limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from govtext.errors import ModelError
from govtext.summarization.chunks import pack, split_long
from govtext.summarization.clauses import close
from govtext.summarization.faithful import Statement, Task, write_faithfully
from govtext.summarization.generation import Steps, Writer, together
from govtext.summarization.prompt import ROOM, Kind
from govtext.summarization.source import Source

# A text of fewer characters is its own summary on the way to a longer one.
_SHORT = 40
_PART_CHARS = 80


@dataclass(frozen=True, slots=True)
class Line:
    """What was written of a section, of a part of one, or of the whole.

    Attributes:
        statement: What was written.
        source: What it sums up.
    """

    statement: Statement
    source: Source


@dataclass
class Condensed:
    """What was written of a source.

    Attributes:
        lines: In the order of the source.
        notes: What the reader must know of how it came about.
    """

    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Condenser:
    """Sums up sources of any length.

    A text that the model can read at once is summed up directly; a longer one is read as the
    headlines of its parts. What is written is checked against the whole text in any case.

    Args:
        writer: What writes.
        min_probability: See `write_faithfully`.
    """

    def __init__(self, writer: Writer, min_probability: float = 0.0) -> None:
        self._writer = writer
        self._min_probability = min_probability
        self._limit = writer.max_source_tokens - ROOM

    def condense(
        self, parts: Sequence[Source], rooms: Sequence[int], kinds: Sequence[Kind]
    ) -> Steps[Condensed]:
        """Sum each part of a source up by itself, or pass it over where it has no room.

        Args:
            parts: What is summed up.
            rooms: Most characters for each part, 0 for those that are passed over.
            kinds: What is written of each part.
        """
        condensed = Condensed()
        asked = [wanted for wanted in zip(parts, rooms, kinds, strict=True) if wanted[1]]
        texts = yield from together([self._readable(part, condensed) for part, _, _ in asked])
        statements = yield from write_faithfully(
            [
                Task(text, part.text, kind, room)
                for text, (part, room, kind) in zip(texts, asked, strict=True)
            ],
            self._writer,
            self._min_probability,
        )
        condensed.lines += [
            Line(statement, part) for statement, (part, _, _) in zip(statements, asked, strict=True)
        ]
        return condensed

    def _readable(self, source: Source, condensed: Condensed) -> Steps[str]:
        """Return a source as one text that the model can read."""
        paragraphs = [paragraph for section in source.sections for paragraph in section.paragraphs]
        pieces = [self._pieces(paragraph, condensed) for paragraph in paragraphs]
        parts = self._pack([piece for paragraph in pieces for piece in paragraph])
        if len(parts) == 1:
            return parts[0]
        parts = [part for paragraph in pieces for part in self._pack(paragraph)]
        place = source.sections[0].heading if len(source.sections) == 1 else None
        condensed.notes.append(
            f"{place or 'the text'} is longer than the model reads at once and was summed up by "
            f"its {len(parts)} parts"
        )
        return (yield from self._shrink(parts))

    def _shrink(self, parts: list[str]) -> Steps[str]:
        """Return one text made of the headlines of others, and of the headlines of these."""
        while len(parts) > 1:
            long = [part for part in parts if len(part) > _SHORT]
            room = min(_PART_CHARS, self._limit // 3)
            written = yield from write_faithfully(
                [Task(part, part, "headline", room) for part in long],
                self._writer,
                self._min_probability,
            )
            statements = iter(written)
            shorter = [
                next(statements).text if len(part) > _SHORT else close(part) for part in parts
            ]
            packed = self._pack(shorter)
            if len(packed) >= len(parts):
                raise ModelError("the model's summaries are no shorter than what they sum up")
            parts = packed
        return parts[0]

    def _pieces(self, sentences: Sequence[str], condensed: Condensed) -> list[str]:
        pieces = []
        for sentence in sentences:
            parts = split_long(sentence, self._limit, self._writer.count_tokens)
            if len(parts) > 1:
                note = f"a sentence of {len(sentence)} characters was read in {len(parts)} parts"
                condensed.notes.append(note)
            pieces.extend(parts)
        return pieces

    def _pack(self, pieces: Sequence[str]) -> list[str]:
        return pack(pieces, self._limit, self._writer.count_tokens)
