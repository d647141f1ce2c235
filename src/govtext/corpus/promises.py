"""What a corpus promises of itself, in `promises.yaml` beside its reports, and whether it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from govtext.corpus.annotated import AnnotatedReport
from govtext.corpus.check import novelty
from govtext.corpus.duplicates import near_duplicates
from govtext.corpus.keywords import keyword_label

Share = Annotated[float, Field(ge=0, le=1)]


class Promises(BaseModel):
    """The least, or most, of each figure that a corpus promises."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    reports: int = 0
    """Least number of reports."""
    sentences: int = 0
    """Least number of labelled sentences."""
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


@dataclass(frozen=True, slots=True)
class Verdict:
    """A promise, what was promised, what was found, and whether it holds."""

    promise: str
    promised: str
    found: str
    holds: bool


def verify(promises: Promises, reports: Sequence[AnnotatedReport]) -> list[Verdict]:
    """Compare a corpus with its promises. A report's split is the folder that it lies in."""
    return list(_verdicts(promises, reports))


def _verdicts(promises: Promises, reports: Sequence[AnnotatedReport]) -> Iterator[Verdict]:
    sentences = [(s, report) for report in reports for s in report.sentences()]
    labels = Counter(s.label for s, _ in sentences)
    hard = sum((keyword_label(s.text) or s.label) != s.label for s, _ in sentences)
    yield _least("reports", promises.reports, len(reports))
    yield _least("sentences", promises.sentences, len(sentences))
    for label, least in promises.labels.items():
        yield _least(f"sentences of {label}", least, labels[label])
    yield _least("sentences against their keyword", promises.hard_cases, hard)
    for kind, share in novelty(reports).items():
        yield Verdict(
            f"new bigrams, {kind}", f">= {promises.novelty:.0%}", f"{share:.1%}",
            share >= promises.novelty,
        )  # fmt: skip
    yield from _duplicates(promises, reports)
    low, high = promises.test_share
    test = sum(report.path.parent.name == "test" for _, report in sentences) / len(sentences)
    yield Verdict("test split", f"{low:.0%} to {high:.0%}", f"{test:.1%}", low <= test <= high)


def _duplicates(promises: Promises, reports: Sequence[AnnotatedReport]) -> Iterator[Verdict]:
    rows = [
        (s.text, report.id, report.path.parent) for report in reports for s in report.sentences()
    ]
    found = near_duplicates([text for text, _, _ in rows], [group for _, group, _ in rows])
    share = len({i for pair in found for i in (pair.first, pair.second)}) / len(rows)
    yield Verdict(
        "sentences with a near-duplicate", f"<= {promises.near_duplicates:.1%}", f"{share:.2%}",
        share <= promises.near_duplicates,
    )  # fmt: skip
    if promises.crossing_duplicates is not None:
        crossing = sum(rows[pair.first][2] != rows[pair.second][2] for pair in found)
        yield Verdict(
            "near-duplicates across splits", f"<= {promises.crossing_duplicates}", str(crossing),
            crossing <= promises.crossing_duplicates,
        )  # fmt: skip


def _least(promise: str, least: int, found: int) -> Verdict:
    return Verdict(promise, f">= {least}", str(found), found >= least)
