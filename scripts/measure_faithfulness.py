"""Measure what the checks and the evidence of summaries are worth, on annotated reports.

    python scripts/measure_faithfulness.py data/reports/train

A reference summary states what its text says: what the checks refuse in it are false alarms. Two
kinds of errors are then put in: a number replaced by another of the same text with the same unit,
and two numbers of the summary exchanged; the share that the checks refuse is how many they find.
Evidence is looked for in the whole report: the share of the statements that find a sentence, and
of those whose first sentence stands in the paragraph or section that the reference sums up.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from govtext.corpus.annotated import AnnotatedReport, read_annotated_folder
from govtext.corpus.check import SummaryPair, summary_pairs
from govtext.summarization.evidence import EvidenceFinder
from govtext.summarization.support import split_statements
from govtext.text.quantities import Quantity, quantities
from govtext.text.verify import missing
from govtext.types import Sentence


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports", type=Path, help="folder of annotated reports")
    reports = read_annotated_folder(parser.parse_args().reports)
    random.seed(0)
    measure_checks([pair for report in reports for pair in summary_pairs(report)])
    measure_evidence(reports)


def measure_checks(pairs: Sequence[SummaryPair]) -> None:
    """Print the share of references that are refused, as they are and with errors put in."""
    stating = [pair for pair in pairs if counted(pair.summary)]
    replaced = [(text, pair.source) for pair in stating for text in with_other_numbers(pair)]
    exchanged = [(text, pair.source) for pair in stating for text in with_exchanged(pair)]
    cases = {
        "references with quantities": [(pair.summary, pair.source) for pair in stating],
        "a number replaced by another of the text": replaced,
        "two numbers exchanged": exchanged,
    }
    for name, texts in cases.items():
        refused = sum(bool(missing(summary, source)) for summary, source in texts)
        print(f"{name:<42} refused {refused / len(texts):6.1%} of {len(texts)}")


def measure_evidence(reports: Sequence[AnnotatedReport]) -> None:
    """Print how many statements find evidence, and how many find it in the right place."""
    found = right = total = 0
    for report in reports:
        texts = [s.text for paragraph in report.paragraphs() for s in paragraph.sentences]
        finder = EvidenceFinder([Sentence(text, i, i + 1) for i, text in enumerate(texts)])
        for pair in summary_pairs(report):
            if pair.kind == "report":
                continue
            for statement in split_statements(pair.summary):
                evidence = finder.find(statement)
                total += 1
                found += bool(evidence)
                right += bool(evidence) and evidence[0].text in pair.source
    print(f"{'statements with evidence':<42} {found / total:14.1%} of {total}")
    print(f"{'the first sentence in the right place':<42} {right / found:14.1%} of {found}")


def counted(text: str) -> list[Quantity]:
    """Return the quantities of a text that are no dates."""
    return [q for q in quantities(text) if q.unit not in ("", "年", "月", "日")]


def with_other_numbers(pair: SummaryPair) -> Iterator[str]:
    """Yield the summary with one number replaced by another of the text."""
    source = quantities(pair.source)
    for quantity in counted(pair.summary):
        others = [q for q in source if q.unit == quantity.unit and q.value != quantity.value]
        if others and pair.summary.count(quantity.text) == 1:
            yield pair.summary.replace(quantity.text, random.choice(others).text)  # noqa: S311


def with_exchanged(pair: SummaryPair) -> Iterator[str]:
    """Yield the summary with its first two numbers of one unit exchanged."""
    found = [q for q in counted(pair.summary) if pair.summary.count(q.text) == 1]
    for i, first in enumerate(found):
        for second in found[i + 1 :]:
            if first.unit == second.unit and first.value != second.value:
                marked = pair.summary.replace(first.text, "\0").replace(second.text, first.text)
                yield marked.replace("\0", second.text)
                return


if __name__ == "__main__":
    main()
