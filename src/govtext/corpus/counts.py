"""Count a corpus: sentences by label and by what is known of their report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from govtext.corpus.annotated import AnnotatedReport

ASPECTS = ("body", "level", "year", "style")


@dataclass(frozen=True, slots=True)
class Count:
    """Reports and sentences that share a value, such as the year 2023.

    Attributes:
        value: The value.
        reports: Reports that have it.
        labels: Their sentences by label.
    """

    value: str
    reports: int
    labels: Counter[str]


def count_by(aspect: str, reports: Sequence[AnnotatedReport]) -> list[Count]:
    """Count by one of `ASPECTS`, values in order."""
    groups: dict[str, list[AnnotatedReport]] = {}
    for report in reports:
        groups.setdefault(str(getattr(report, aspect)), []).append(report)
    return [
        Count(value, len(group), Counter(s.label for report in group for s in report.sentences()))
        for value, group in sorted(groups.items())
    ]
