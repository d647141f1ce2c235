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
class Source:
    """What is summed up.

    Attributes:
        sections: The main sections, each its paragraphs, each its sentences; the heading of a
            subsection stands before its first sentence. Nothing is empty.
        sentences: The sentences among them.
        notes: What was left out, and why.
    """

    sections: tuple[tuple[tuple[str, ...], ...], ...]
    sentences: tuple[Sentence, ...]
    notes: tuple[str, ...] = ()


def whole_report(report: Report) -> Source:
    """Take every sentence but the formal ones; these too where there are no others."""
    kept = [sentence for sentence in report.iter_sentences() if not is_formal(sentence.text)]
    left_out = len(report.sentences()) - len(kept)
    if not left_out or not kept:
        return _source(report, report.sentences(), headings=True)
    note = f"{left_out} formal sentence(s), address or request for review, were left out"
    return _source(report, kept, headings=True, notes=(note,))


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
        return _source(report, kept, headings=False)
    others = ", ".join(sorted({label for label in found if label is not None})) or "none"
    return Source((), (), (f"no sentence has the label {focus!r}; labels found: {others}",))


def is_formal(sentence: str) -> bool:
    """Tell whether a sentence only addresses the audience or submits the report."""
    return any(rule.fullmatch(sentence) for rule in (_ADDRESS, _SUBMISSION))


def _source(
    report: Report, kept: Sequence[Sentence], *, headings: bool, notes: tuple[str, ...] = ()
) -> Source:
    places = {sentence.start for sentence in kept}
    sections: list[list[tuple[str, ...]]] = []
    for section in report.sections:
        paragraphs = list(_paragraphs(section, places))
        if section.level == 1 or not sections:
            sections.append([])
        elif headings and section.heading and paragraphs:
            paragraphs[0] = (f"{section.heading}。", *paragraphs[0])
        sections[-1].extend(paragraphs)
    return Source(tuple(tuple(section) for section in sections if section), tuple(kept), notes)


def _paragraphs(section: Section, places: set[int]) -> Iterator[tuple[str, ...]]:
    for paragraph in section.paragraphs:
        texts = tuple(s.text for s in paragraph.sentences if s.start in places)
        if texts:
            yield texts
