"""Check annotated reports against the rules of the data card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from govtext.corpus.annotated import AnnotatedReport
from govtext.text.facts import unsupported
from govtext.text.ngrams import bare, novel_bigrams

HEADLINE_CHARS = (12, 30)
SECTION_CHARS = (40, 80)
REPORT_CHARS = (120, 180)


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
        # The header's region is known to whoever reads a report.
        known = f"{pair.source}\n{report.region}" if pair.kind == "report" else pair.source
        findings += [Finding(report.path, pair.line, text) for text in _faults(pair, known)]
    for paragraph in report.paragraphs():
        if bare(paragraph.headline) == bare(paragraph.sentences[0].text):
            findings.append(
                Finding(report.path, paragraph.line, "the headline repeats the topic sentence")
            )
    return findings


def _faults(pair: SummaryPair, known: str) -> Iterator[str]:
    low, high = {"headline": HEADLINE_CHARS, "section": SECTION_CHARS, "report": REPORT_CHARS}[
        pair.kind
    ]
    if not low <= len(pair.summary) <= high:
        yield f"{pair.kind} summary has {len(pair.summary)} characters, not {low} to {high}"
    for offender in unsupported(pair.summary, known):
        yield f"{pair.kind} summary says {offender}, which the text does not"
