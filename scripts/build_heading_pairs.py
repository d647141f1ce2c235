"""Build the pairs that a summarizer is pretrained on.

    python scripts/build_heading_pairs.py --corpora CORPORA --out runs/heading-pairs

Reads section_headings.jsonl.gz and government_reports.jsonl.gz (see data/README.md for where to
get them). Writes train.jsonl and validation.jsonl, headings and topic sentences with their texts,
and specific.jsonl, for a second round: the headings that share words with their texts, and
paragraphs with their main sentence. Whole regions are held out of both.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from govtext.summarization.gap_sentences import gap_pairs, is_specific
from govtext.summarization.pretraining_pairs import Pair, heading_pair, is_held_out, topic_pairs
from govtext.text.ngrams import bare


def main() -> int:
    """Write every part and say what it holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    parts: dict[str, list[Pair]] = {"train": [], "validation": []}
    for pair in unique(read_pairs(args.corpora)):
        parts["validation" if is_held_out(pair.group) else "train"].append(pair)
    parts["specific"] = [pair for pair in parts["train"] if is_specific(pair)]
    for row in rows(args.corpora / "government_reports.jsonl.gz"):
        parts["specific"] += [pair for pair in gap_pairs(row) if not is_held_out(pair.group)]
    for name, pairs in parts.items():
        lines = (json.dumps(asdict(pair), ensure_ascii=False) + "\n" for pair in pairs)
        (args.out / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")
        print(f"{name}: {len(pairs)} pairs, {dict(Counter(pair.kind for pair in pairs))}")
    return 0


def read_pairs(corpora: Path) -> Iterator[Pair]:
    """Yield every usable pair of both corpora."""
    for row in rows(corpora / "section_headings.jsonl.gz"):
        pair = heading_pair(row)
        if pair:
            yield pair
    for row in rows(corpora / "government_reports.jsonl.gz"):
        yield from topic_pairs(row)


def unique(pairs: Iterator[Pair]) -> Iterator[Pair]:
    """Yield each text once."""
    seen: set[tuple[str, str]] = set()
    for pair in pairs:
        key = (pair.kind, bare(pair.text)[:80])
        if key not in seen:
            seen.add(key)
            yield pair


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a compressed JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


if __name__ == "__main__":
    sys.exit(main())
