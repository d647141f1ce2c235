"""What a corpus promises of itself, in `promises.yaml` beside its reports, and whether it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from govtext.corpus.agreement import TwiceLabelled, kappas, read_twice_labelled
from govtext.corpus.annotated import AnnotatedReport
from govtext.corpus.check import CHARS, inventions, novelty, repeats_topic, summary_pairs
from govtext.corpus.duplicates import near_duplicates
from govtext.corpus.keywords import keyword_label

Share = Annotated[float, Field(ge=0, le=1)]


class Agreement(BaseModel):
    """What a corpus promises of its second labelling."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    table: Path
    """The table of both labellings, as seen from the folder of the reports."""
    sentences: int
    """Least number of sentences that were labelled twice."""
    kappa: Share
    """Least Cohen's kappa before settling, over all labels and of each."""


class Promises(BaseModel):
    """The least, or most, of each figure that a corpus promises."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    reports: int = 0
    """Least number of reports."""
    sentences: int = 0
    """Least number of labelled sentences."""
    years: tuple[int, int] | None = None
    """First and last year; the corpus has a report of each in between, and of none outside."""
    labels: dict[str, int] = {}
    """Least number of sentences of each label."""
    hard_cases: int = 0
    """Least number of sentences whose label contradicts their most obvious keyword."""
    novelty: Share = 0
    """Least share of new character bigrams in the summaries of each kind."""
    near_duplicates: Share = 1
    """Most sentences, as a share, with a near-duplicate in another report."""
    crossing_duplicates: int | None = None
    """Most pairs of near-duplicates that lie in different splits."""
    test_share: tuple[Share, Share] = (0, 1)
    """Least and most share of the sentences in the test split."""
    test_stratum: int | None = None
    """Least number of reports of one body and level that must have some in the test split."""
    agreement: Agreement | None = None
    """The second labelling."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A promise, what was promised, what was found, and whether it holds."""

    promise: str
    promised: str
    found: str
    holds: bool


def verify(promises: Promises, reports: Sequence[AnnotatedReport], folder: Path) -> list[Verdict]:
    """Compare a corpus with its promises. A report's split is the folder that it lies in.

    Args:
        promises: What is promised.
        reports: The corpus.
        folder: Its folder; the table of agreement is named as seen from there.

    Raises:
        MissingFileError: The table of agreement is not there.
        DataError: The table of agreement is malformed.
    """
    verdicts = [*_verdicts(promises, reports), *_summaries(promises, reports)]
    if promises.agreement is not None:
        rows = read_twice_labelled(folder / promises.agreement.table)
        verdicts += _agreement(promises.agreement, rows, reports)
    return verdicts


def _verdicts(promises: Promises, reports: Sequence[AnnotatedReport]) -> Iterator[Verdict]:
    sentences = [(s, report) for report in reports for s in report.sentences()]
    labels = Counter(s.label for s, _ in sentences)
    hard = sum((keyword_label(s.text) or s.label) != s.label for s, _ in sentences)
    yield _least("reports", promises.reports, len(reports))
    yield _least("sentences", promises.sentences, len(sentences))
    if promises.years is not None:
        first, last = promises.years
        years = {report.year for report in reports}
        yield Verdict(
            "years", f"{first} to {last}", f"{min(years)} to {max(years)}, {len(years)} in all",
            years == set(range(first, last + 1)),
        )  # fmt: skip
    for label, least in promises.labels.items():
        yield _least(f"sentences of {label}", least, labels[label])
    yield _least("sentences against their keyword", promises.hard_cases, hard)
    yield from _duplicates(promises, reports)
    low, high = promises.test_share
    test = sum(report.path.parent.name == "test" for _, report in sentences) / len(sentences)
    yield Verdict("test split", f"{low:.0%} to {high:.0%}", f"{test:.1%}", low <= test <= high)
    if promises.test_stratum is not None:
        strata = Counter((report.body, report.level) for report in reports)
        large = {stratum for stratum, size in strata.items() if size >= promises.test_stratum}
        tested = {(r.body, r.level) for r in reports if r.path.parent.name == "test"} & large
        yield Verdict(
            f"kinds of body with {promises.test_stratum} reports or more in the test split", "all",
            f"{len(tested)} of {len(large)}", tested == large,
        )  # fmt: skip


def _summaries(promises: Promises, reports: Sequence[AnnotatedReport]) -> Iterator[Verdict]:
    pairs = [(pair, report) for report in reports for pair in summary_pairs(report)]
    for kind, (low, high) in CHARS.items():
        found = [len(pair.summary) for pair, _ in pairs if pair.kind == kind]
        yield Verdict(
            f"characters, {kind}", f"{low} to {high}", f"{min(found)} to {max(found)}",
            low <= min(found) and max(found) <= high,
        )  # fmt: skip
    for kind, share in novelty(reports).items():
        yield Verdict(
            f"new bigrams, {kind}", f">= {promises.novelty:.0%}", f"{share:.1%}",
            share >= promises.novelty,
        )  # fmt: skip
    invented = sum(len(inventions(pair, report)) for pair, report in pairs)
    yield _most("numbers and names that the text lacks", 0, invented)
    repeated = sum(repeats_topic(part) for report in reports for part in report.paragraphs())
    yield _most("headlines that are topic sentences", 0, repeated)


def _agreement(
    promise: Agreement, rows: Sequence[TwiceLabelled], reports: Sequence[AnnotatedReport]
) -> Iterator[Verdict]:
    yield _least("sentences labelled twice", promise.sentences, len(rows))
    for label, kappa in kappas(rows).items():
        yield Verdict(
            f"kappa before settling, {label}", f">= {promise.kappa:.2f}", f"{kappa:.3f}",
            kappa >= promise.kappa,
        )  # fmt: skip
    labels = {
        f"{report.id}/{number}": sentence.label
        for report in reports
        for number, sentence in enumerate(report.sentences(), start=1)
    }
    differing = sum(labels.get(row.id) != row.settled for row in rows)
    yield _most("settled labels that the corpus does not have", 0, differing)


def _duplicates(promises: Promises, reports: Sequence[AnnotatedReport]) -> Iterator[Verdict]:
    rows = [
        (s.text, report.id, report.path.parent) for report in reports for s in report.sentences()
    ]
    found = near_duplicates([text for text, _, _ in rows], [group for _, group, _ in rows])
    share = len({i for pair in found for i in (pair.first, pair.second)}) / len(rows)
    yield Verdict(
        "sentences with a near-duplicate in another report",
        f"<= {promises.near_duplicates:.1%}", f"{share:.2%}", share <= promises.near_duplicates,
    )  # fmt: skip
    if promises.crossing_duplicates is not None:
        crossing = sum(rows[pair.first][2] != rows[pair.second][2] for pair in found)
        yield _most("near-duplicates across splits", promises.crossing_duplicates, crossing)


def _least(promise: str, least: int, found: int) -> Verdict:
    return Verdict(promise, f">= {least}", str(found), found >= least)


def _most(promise: str, most: int, found: int) -> Verdict:
    return Verdict(promise, f"<= {most}", str(found), found <= most)
