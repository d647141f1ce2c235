"""Build the pairs that a summarizer is pretrained on.

    python scripts/fetch_corpora.py --out runs/corpora
    python scripts/build_heading_pairs.py --corpora runs/corpora --out runs/heading-pairs

Reads section_headings.jsonl.gz and government_reports.jsonl.gz. Writes train.jsonl: headings and
topic sentences with their texts, paragraphs with their main sentence, and sentences with and
without gaps; and validation.jsonl: headings and topic sentences of whole regions that are held out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from govtext.corpus.public.records import read_records
from govtext.errors import GovtextError
from govtext.summarization.denoising import denoising_pairs
from govtext.summarization.gap_sentences import gap_pairs
from govtext.summarization.pretraining_pairs import Pair, heading_pair, is_held_out, topic_pairs
from govtext.text.ngrams import bare


def main() -> int:
    """Write every part and say what it holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    args = parser.parse_args()
    try:
        parts = build(args.corpora)
    except GovtextError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    args.out.mkdir(parents=True, exist_ok=True)
    for name, pairs in parts.items():
        lines = (json.dumps(asdict(pair), ensure_ascii=False) + "\n" for pair in pairs)
        (args.out / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")
        print(f"{name}: {len(pairs)} pairs, {dict(Counter(pair.kind for pair in pairs))}")
    return 0


def build(corpora: Path) -> dict[str, list[Pair]]:
    """Return the pairs of each part."""
    parts: dict[str, list[Pair]] = {"train": [], "validation": []}
    for pair in unique(read_pairs(corpora)):
        parts["validation" if is_held_out(pair.group) else "train"].append(pair)
    for row in read_records(corpora / "government_reports.jsonl.gz"):
        made = (*gap_pairs(row), *denoising_pairs(row))
        parts["train"] += [pair for pair in made if not is_held_out(pair.group)]
    return parts


def read_pairs(corpora: Path) -> Iterator[Pair]:
    """Yield every usable pair of both corpora."""
    for row in read_records(corpora / "section_headings.jsonl.gz"):
        pair = heading_pair(row)
        if pair:
            yield pair
    for row in read_records(corpora / "government_reports.jsonl.gz"):
        yield from topic_pairs(row)


def unique(pairs: Iterator[Pair]) -> Iterator[Pair]:
    """Yield each text once."""
    seen: set[tuple[str, str]] = set()
    for pair in pairs:
        key = (pair.kind, bare(pair.text)[:80])
        if key not in seen:
            seen.add(key)
            yield pair


if __name__ == "__main__":
    sys.exit(main())
