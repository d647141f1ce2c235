"""Check annotated reports against the rules of the data card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from govtext.corpus.annotated import AnnotatedParagraph, AnnotatedReport
from govtext.text.facts import unsupported
from govtext.text.ngrams import bare, novel_bigrams

CHARS = {"headline": (12, 30), "section": (40, 80), "report": (120, 180)}


@dataclass(frozen=True, slots=True)
class Finding:
    """A place that breaks a rule."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class SummaryPair:
    """A reference summary and the text that it sums up.

    Attributes:
        kind: headline, section or report.
        source: The text that it sums up.
        summary: The reference.
        line: Its line in the file.
    """

    kind: str
    source: str
    summary: str
    line: int


def summary_pairs(report: AnnotatedReport) -> Iterator[SummaryPair]:
    """Yield every reference summary of a report with its source."""
    yield SummaryPair("report", report.text, report.summary, 1)
    for i, section in enumerate(report.sections):
        yield SummaryPair("section", section_source(report, i), section.summary, section.line)
        for paragraph in section.paragraphs:
            yield SummaryPair("headline", paragraph.text, paragraph.headline, paragraph.line)


def section_source(report: AnnotatedReport, index: int) -> str:
    """Return the text that a section's summary sums up: its own and that of its subsections."""
    section = report.sections[index]
    parts = [section.text]
    if section.level == 1:
        for following in report.sections[index + 1 :]:
            if following.level == 1:
                break
            parts += [following.heading or "", following.text]
    return "\n".join(part for part in parts if part)


def novelty(reports: Iterable[AnnotatedReport]) -> dict[str, float]:
    """Return the share of new character bigrams of the summaries, by kind."""
    counts: dict[str, list[int]] = {}
    for report in reports:
        for pair in summary_pairs(report):
            new, total = novel_bigrams(pair.summary, pair.source)
            count = counts.setdefault(pair.kind, [0, 0])
            count[0] += new
            count[1] += total
    return {kind: new / total for kind, (new, total) in counts.items()}


def check_report(report: AnnotatedReport) -> list[Finding]:
    """Check lengths, faithfulness and headlines of one report's summaries."""
    findings = []
    for pair in summary_pairs(report):
        findings += [Finding(report.path, pair.line, text) for text in _faults(pair, report)]
    for paragraph in report.paragraphs():
        if repeats_topic(paragraph):
            findings.append(
                Finding(report.path, paragraph.line, "the headline repeats the topic sentence")
            )
    return findings


def repeats_topic(paragraph: AnnotatedParagraph) -> bool:
    """Return whether a headline is the first sentence of its paragraph."""
    return bare(paragraph.headline) == bare(paragraph.sentences[0].text)


def inventions(pair: SummaryPair, report: AnnotatedReport) -> list[str]:
    """Return the numbers and names of a summary that its source does not have.

    A summary of the whole report may also name the region of its header.
    """
    known = f"{pair.source}\n{report.region}" if pair.kind == "report" else pair.source
    return unsupported(pair.summary, known)


def _faults(pair: SummaryPair, report: AnnotatedReport) -> Iterator[str]:
    low, high = CHARS[pair.kind]
    if not low <= len(pair.summary) <= high:
        yield f"{pair.kind} summary has {len(pair.summary)} characters, not {low} to {high}"
    for offender in inventions(pair, report):
        yield f"{pair.kind} summary says {offender}, which the text does not"
