"""Measure the rules that find names: what they find, miss, and take for a name wrongly.

    python scripts/measure_names.py data/reports [--corpora runs/corpora]

On the annotated reports: names in their summaries, those that the text does not have, and how
often a region is noticed that was put in place of the right one. On the public texts, which the
rules were not tuned on: headings and topic sentences with a name that their own text does not
have; as their authors wrote both, nearly all of these are false alarms.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from govtext.corpus.annotated import AnnotatedReport, read_annotated_folder
from govtext.corpus.check import summary_pairs
from govtext.corpus.public.records import read_records
from govtext.errors import GovtextError
from govtext.summarization.pretraining_pairs import split_topic
from govtext.text.names import has_name, names

SWAPS = 3
EVERY = 10


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("reports", type=Path, help="folder of annotated reports")
    parser.add_argument("--corpora", type=Path, help="folder of the public texts")
    args = parser.parse_args()
    try:
        reports = read_annotated_folder(args.reports)
        pairs = [(p.summary, p.source + r.region) for r in reports for p in summary_pairs(r)]
        say("summaries", pairs)
        swapped = list(swap_regions(reports))
        noticed = sum(bool(lacking(summary, source)) for summary, source in swapped)
        print(f"regions of another report: {noticed} of {len(swapped)} noticed")
        if args.corpora:
            say(f"public texts, every {EVERY}th", list(public_pairs(args.corpora)))
    except GovtextError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def say(what: str, pairs: Sequence[tuple[str, str]]) -> None:
    """Print how many names a set of summaries has, and those that their texts lack."""
    found = sum(len(names(summary)) for summary, _ in pairs)
    alarms = [name for summary, source in pairs for name in lacking(summary, source)]
    print(f"{what}: {len(pairs)}, {found} names, {len(alarms)} not in the text", *alarms)


def lacking(summary: str, source: str) -> list[str]:
    """Return the names of a summary that its text does not have."""
    flat = "".join(source.split())
    return [name for name in names(summary) if not has_name(name, flat)]


def swap_regions(reports: Sequence[AnnotatedReport]) -> Iterator[tuple[str, str]]:
    """Yield summaries that name the next regions of the same level, with the right text."""
    for i, report in enumerate(reports):
        following = [*reports[i + 1 :], *reports[:i]]
        others = [r.region for r in following if r.level == report.level]
        if report.region in report.summary:
            for other in [region for region in others if region != report.region][:SWAPS]:
                yield report.summary.replace(report.region, other), report.text


def public_pairs(corpora: Path) -> Iterator[tuple[str, str]]:
    """Yield headings and topic sentences of a part of the public texts, with their texts."""
    for i, row in enumerate(read_records(corpora / "section_headings.jsonl.gz")):
        if i % EVERY == 0:
            yield row["heading"], row["body"]
    for i, row in enumerate(read_records(corpora / "government_reports.jsonl.gz")):
        if i % EVERY == 0:
            yield from filter(None, map(split_topic, row["text"].split("\n")))


if __name__ == "__main__":
    sys.exit(main())
