"""Bring together the texts with summaries that the summarizer is fine-tuned on.

    python scripts/fetch_corpora.py --out runs/corpora --only government_reports
    python scripts/build_heading_pairs.py --corpora runs/corpora --out runs/heading-pairs
    python scripts/build_summary_pairs.py --out runs/summary-pairs --corpora runs/corpora
        --headings runs/heading-pairs/train.jsonl

Writes train.jsonl: the annotated reports of the training split, the further texts and summaries of
data/summaries, and those of data/public/summaries.jsonl, which are joined with the public reports
that they sum up; and judged.jsonl: what readers judged of such texts, from data/judged, but for the
validation split. Without --corpora, what is on public reports is left out. Of what the model was
pretrained on some headings are kept in, lest it forgets how to write them, and some sentences with
gaps; without --headings, none.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

from govtext.corpus.examples import ORIGINAL, SummaryExample, read_pairs, write_pairs
from govtext.corpus.judged import JudgedStatement, attach_judged, read_judged, write_judged
from govtext.corpus.public.records import read_records
from govtext.corpus.public.summaries import attach_summaries
from govtext.errors import GovtextError

DATA = Path(__file__).parent.parent / "data"
# How many pairs of each kind are kept of those that the model was pretrained on.
KEPT = {"heading": 3000, ORIGINAL: 1500}
# Sentences count twice: what a model writes is put together from what it says of sentences.
TIMES = {"sentences.jsonl": 2}


def main() -> int:
    """Write the pairs and say how many of which kind come from where."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, help="folder of the public corpora")
    parser.add_argument("--headings", type=Path, help="pairs of build_heading_pairs.py")
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    args = parser.parse_args()
    pairs: list[SummaryExample] = []
    judged: list[JudgedStatement] = []
    try:
        for path in (DATA / "reports" / "train", *sorted((DATA / "summaries").glob("*.jsonl"))):
            found = read_pairs(path)
            again = [
                replace(pair, id=f"{pair.id}/{time}")
                for time in range(1, TIMES.get(path.name, 1))
                for pair in found
            ]
            pairs += _said(found + again, path.relative_to(DATA))
        judged += read_judged(DATA / "judged" / "train.jsonl")
        if args.corpora is not None:
            reports = list(read_records(args.corpora / "government_reports.jsonl.gz"))
            attached = attach_summaries(DATA / "public" / "summaries.jsonl", reports)
            pairs += _said(attached.examples, Path("public/summaries.jsonl"))
            if attached.missing:
                print(f"left out: {attached.missing} summaries of reports that are not there")
            statements, missing = attach_judged(DATA / "judged" / "public.jsonl", reports)
            judged += statements
            if missing:
                print(f"left out: judged statements on {missing} texts that are not there")
        if args.headings is not None:
            made = read_pairs(args.headings)
            for kind, count in KEPT.items():
                found = [pair for pair in made if pair.kind == kind]
                chosen = random.Random(0).sample(found, min(count, len(found)))  # noqa: S311
                pairs += _said(chosen, args.headings)
    except GovtextError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    args.out.mkdir(parents=True, exist_ok=True)
    write_pairs([again for pair in pairs for again in _counted(pair)], args.out / "train.jsonl")
    write_judged(judged, args.out / "judged.jsonl")
    true = sum(one.is_true for one in judged)
    print(f"judged: {len(judged)} statements, {true} of them true")
    return 0


def _counted(pair: SummaryExample) -> list[SummaryExample]:
    """Return a section twice, since there are few, and anything else once."""
    return [pair, replace(pair, id=f"{pair.id}/again")] if pair.kind == "section" else [pair]


def _said(pairs: list[SummaryExample], source: Path) -> list[SummaryExample]:
    print(f"{source}: {len(pairs)} pairs, {dict(Counter(pair.kind for pair in pairs))}")
    return pairs


if __name__ == "__main__":
    sys.exit(main())
