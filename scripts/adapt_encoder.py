"""Adapt the pretrained encoder to official Chinese, by filling gaps in public texts.

    python scripts/adapt_encoder.py --texts CORPORA/laws.jsonl.gz --out runs/base/adapted

Reads texts in a random order, writes a folder that `model.base` of a configuration may name, and
prints the loss on the way. Goes on where it was stopped. Whether it helps is a matter of measuring:
see experiments/domain-adaptation.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

from govtext.corpus.tables import read_rows
from govtext.errors import GovtextError
from govtext.features.adaptation import adapt_encoder


def main() -> int:
    """Adapt and report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--texts", type=Path, nargs="+", required=True, help=".jsonl, with `text`")
    parser.add_argument("--base", type=Path, default=Path("runs/base/encoder"))
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    try:
        texts = [row.required("text") for path in args.texts for row in read_rows(path)]
        random.Random(args.seed).shuffle(texts)  # noqa: S311
        for log in adapt_encoder(args.base, texts, args.out, steps=args.steps, seed=args.seed):
            print(f"epoch {log['epoch']:.2f}: loss {log['loss']}")
    except GovtextError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"{args.out}: complete")
    return 0


if __name__ == "__main__":
    sys.exit(main())
