"""What of a report is summed up: its sentences by section, all or those of one label."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from govtext.errors import InputError
from govtext.types import Report, Section, Sentence

Labels = Callable[[Report], Sequence[str | None]]

# Forms of address and of submission, which say nothing of the year's work.
_ADDRESS = re.compile(r"(?:尊敬的|各位|同志们|女士们|谢谢)[^，。！：]{0,20}[。！：:!]?")
_SUBMISSION = re.compile(r"现在.{0,8}(?:代表|受).{0,60}(?:审议|审查|报告工作|提出意见).{0,40}")


@dataclass(frozen=True, slots=True)
class SourceSection:
    """A main section with its subsections, as it is summed up; never empty.

    Attributes:
        section: The main section.
        paragraphs: What is read of it: its paragraphs, each its sentences; the heading of a
            subsection stands before its first sentence.
        kept: The sentences of each paragraph.
    """

    section: Section
    paragraphs: tuple[tuple[str, ...], ...]
    kept: tuple[tuple[Sentence, ...], ...]

    @property
    def heading(self) -> str | None:
        """The heading as printed, None for text before the first one."""
        return self.section.heading

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of all paragraphs."""
        return tuple(sentence for paragraph in self.kept for sentence in paragraph)

    @property
    def text(self) -> str:
        """The paragraphs, one a line."""
        return "\n".join("".join(paragraph) for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Source:
    """What is summed up.

    Attributes:
        sections: The main sections that have something to sum up.
        focus: The label that it was restricted to, None for the whole.
        notes: What was left out, and why.
    """

    sections: tuple[SourceSection, ...]
    focus: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of all sections."""
        return tuple(sentence for section in self.sections for sentence in section.sentences)

    @property
    def text(self) -> str:
        """The paragraphs of all sections, one a line."""
        return "\n".join(section.text for section in self.sections)

    def by_section(self) -> list[Source]:
        """Return a source for each section alone."""
        return [Source((section,), self.focus) for section in self.sections]

    def by_paragraph(self) -> list[Source]:
        """Return a source for each paragraph alone."""
        return [
            Source((SourceSection(section.section, (paragraph,), (kept,)),), self.focus)
            for section in self.sections
            for paragraph, kept in zip(section.paragraphs, section.kept, strict=True)
        ]


def whole_report(report: Report) -> Source:
    """Take every sentence but the formal ones; these too where there are no others."""
    kept = [sentence for sentence in report.iter_sentences() if not is_formal(sentence.text)]
    left_out = len(report.sentences()) - len(kept)
    if not left_out or not kept:
        return Source(_sections(report, report.sentences(), headings=True))
    note = f"{left_out} formal sentence(s), address or request for review, were left out"
    return Source(_sections(report, kept, headings=True), notes=(note,))


def labelled(report: Report, focus: str, labels: Labels) -> Source:
    """Take the sentences that have one label.

    Raises:
        InputError: `labels` does not give one label for each sentence.
    """
    sentences = report.sentences()
    found = labels(report)
    if len(found) != len(sentences):
        raise InputError(
            f"labels gave {len(found)} labels for {len(sentences)} sentences; expected one each"
        )
    kept = [s for s, label in zip(sentences, found, strict=True) if label == focus]
    if kept:
        return Source(_sections(report, kept, headings=False), focus)
    others = ", ".join(sorted({label for label in found if label is not None})) or "none"
    return Source((), focus, (f"no sentence has the label {focus!r}; labels found: {others}",))


def is_formal(sentence: str) -> bool:
    """Tell whether a sentence only addresses the audience or submits the report."""
    return any(rule.fullmatch(sentence) for rule in (_ADDRESS, _SUBMISSION))


def _sections(
    report: Report, kept: Sequence[Sentence], *, headings: bool
) -> tuple[SourceSection, ...]:
    places = {sentence.start for sentence in kept}
    groups: list[list[Section]] = []
    for section in report.sections:
        if section.level == 1 or not groups:
            groups.append([])
        groups[-1].append(section)
    sections = (_merged(group, places, headings=headings) for group in groups)
    return tuple(section for section in sections if section.paragraphs)


def _merged(group: Sequence[Section], places: set[int], *, headings: bool) -> SourceSection:
    paragraphs: list[tuple[str, ...]] = []
    kept: list[tuple[Sentence, ...]] = []
    for section in group:
        found = list(_paragraphs(section, places))
        texts = [tuple(sentence.text for sentence in paragraph) for paragraph in found]
        if section is not group[0] and headings and section.heading and texts:
            texts[0] = (f"{section.heading}。", *texts[0])
        paragraphs.extend(texts)
        kept.extend(found)
    return SourceSection(group[0], tuple(paragraphs), tuple(kept))


def _paragraphs(section: Section, places: set[int]) -> Iterator[tuple[Sentence, ...]]:
    for paragraph in section.paragraphs:
        kept = tuple(sentence for sentence in paragraph.sentences if sentence.start in places)
        if kept:
            yield kept
