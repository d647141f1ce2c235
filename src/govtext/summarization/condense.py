"""From sections to a report: summaries of summaries until one is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from govtext.errors import ModelError
from govtext.summarization.chunks import pack, split_long
from govtext.summarization.clauses import close, drop_repeated
from govtext.summarization.engine import Candidate
from govtext.summarization.faithful import choose
from govtext.summarization.prompt import ROOM, Kind

# A text of fewer characters is its own summary on the way to a longer one.
_SHORT = 40
_MAX_PART = 128
_HEADLINE_CHARS = 32
_SECTION_CHARS = 90


Section = Sequence[Sequence[str]]


class Writer(Protocol):
    """What writes summaries; `Engine` is one."""

    max_source_tokens: int

    def count_tokens(self, text: str) -> int:
        """Return how many tokens a text takes."""

    def generate(
        self, texts: Sequence[str], *, kind: Kind, max_tokens: int
    ) -> list[list[Candidate]]:
        """Return, for each text, candidates of at most `max_tokens`."""


class Condenser:
    """Sums up texts of any length.

    Attributes:
        notes: What the reader must know of how the summaries came about, in order.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._limit = writer.max_source_tokens - ROOM
        # The summaries of a text's parts, in tokens and in characters, must be far shorter.
        self._part = min(_MAX_PART, self._limit // 3)
        self.notes: list[str] = []

    def condense(self, sections: Sequence[Section], *, max_chars: int) -> str:
        """Return the summary of a report.

        A text that the model can read at once is summed up directly. Otherwise each section is,
        from the headlines of its paragraphs where it is long, and the summary of the report is
        that of its sections' summaries, or these themselves where they fit.

        Args:
            sections: The sections, each its paragraphs, each its sentences; nothing is empty.
            max_chars: Most characters of the summary.
        """
        pieces = [[self._pieces(paragraph) for paragraph in section] for section in sections]
        whole = self._pack([p for section in pieces for paragraph in section for p in paragraph])
        if len(whole) == 1:
            return self._final(whole[0], _kind(max_chars, of_summaries=False), max_chars)
        parts = [self._parts(section) for section in pieces]
        source = self._shrink(parts)[0] if len(parts) == 1 else self._of_sections(parts)
        if len(source) <= max_chars:
            return close(drop_repeated(source))
        return self._final(source, _kind(max_chars, of_summaries=True), max_chars)

    def _of_sections(self, parts: list[list[str]]) -> str:
        long = sum(len(texts) > 1 for texts in parts)
        if long:
            self.notes.append(f"{long} of {len(parts)} sections were summed up by their parts")
        summaries = self._write(self._shrink(parts), "section")
        return self._shrink([self._pack(summaries)], "section")[0]

    def _final(self, source: str, kind: Kind, max_chars: int) -> str:
        (candidates,) = self._writer.generate([source], kind=kind, max_tokens=self._part)
        text, notes = choose(candidates, source, max_chars=max_chars)
        self.notes.extend(notes)
        return text

    def _write(self, texts: Sequence[str], kind: Kind) -> list[str]:
        long = [text for text in texts if len(text) > _SHORT]
        written = iter(self._writer.generate(long, kind=kind, max_tokens=self._part))
        summaries = []
        for text in texts:
            if len(text) <= _SHORT:
                summaries.append(close(text))
                continue
            summary, notes = choose(next(written), text, max_chars=self._part)
            self.notes.extend(notes)
            summaries.append(summary)
        return summaries

    def _pieces(self, sentences: Sequence[str]) -> list[str]:
        pieces = []
        for sentence in sentences:
            parts = split_long(sentence, self._limit, self._writer.count_tokens)
            if len(parts) > 1:
                note = f"a sentence of {len(sentence)} characters was read in {len(parts)} parts"
                self.notes.append(note)
            pieces.extend(parts)
        return pieces

    def _parts(self, section: Section) -> list[str]:
        """Return a section in one piece where the model can read it, else by paragraph."""
        whole = self._pack([piece for paragraph in section for piece in paragraph])
        if len(whole) == 1:
            return whole
        return [part for paragraph in section for part in self._pack(paragraph)]

    def _pack(self, pieces: Sequence[str]) -> list[str]:
        return pack(pieces, self._limit, self._writer.count_tokens)

    def _shrink(self, groups: list[list[str]], kind: Kind = "headline") -> list[str]:
        """Return one text for each group of texts, made of the summaries of these."""
        long = [i for i, texts in enumerate(groups) if len(texts) > 1]
        if not long:
            return [text for (text,) in groups]
        written = iter(self._write([text for i in long for text in groups[i]], kind))
        shorter = list(groups)
        for i in long:
            shorter[i] = self._pack([next(written) for _ in groups[i]])
            if len(shorter[i]) >= len(groups[i]):
                raise ModelError("the model's summaries are no shorter than what they sum up")
        return self._shrink(shorter, "section")


def _kind(max_chars: int, *, of_summaries: bool) -> Kind:
    if max_chars <= _HEADLINE_CHARS:
        return "headline"
    if max_chars <= _SECTION_CHARS or not of_summaries:
        return "section"
    return "report"
