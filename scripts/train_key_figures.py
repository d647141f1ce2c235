"""Train the model that binds key figures, or cross-validate it over reports.

    python scripts/train_key_figures.py data/keyfigures/development-*.jsonl --folds 4
    python scripts/train_key_figures.py data/keyfigures/development-*.jsonl --out runs/binder

The same marks give the same model. The shipped one is the folder
`src/govtext/models/keyfigures/binder`.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path

from govtext.corpus.marked_figures import MarkedSentence, read_marked
from govtext.errors import GovtextError
from govtext.evaluation.figures import FigureScores, score_figures
from govtext.keyfigures.ranker import save_binder
from govtext.keyfigures.training import train_binder
from govtext.recipes.judged_figures import found_figures, marked_figures


def main() -> int:
    """Print the cross-validated figures, write the model, or both."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("marks", type=Path, nargs="+", help="marked sentences (.jsonl)")
    parser.add_argument("--folds", type=int, default=0, help="folds of a cross-validation")
    parser.add_argument("--penalty", type=float, default=1.0, help="weight of the penalty")
    parser.add_argument("--out", type=Path, help="folder to write the model to")
    args = parser.parse_args()
    try:
        files = {path: read_marked(path) for path in args.marks}
        if args.folds:
            for path, scores in cross_validate(files, args.folds, args.penalty).items():
                say(path, scores)
        if args.out:
            save_binder(train_binder(everything(files), penalty=args.penalty), args.out)
    except GovtextError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def cross_validate(
    files: dict[Path, list[MarkedSentence]], folds: int, penalty: float
) -> dict[Path, FigureScores]:
    """Return the scores of each file; a sentence is judged by a model that knows not its report."""
    binders = [
        train_binder((s for s in everything(files) if fold(s, folds) != k), penalty=penalty)
        for k in range(folds)
    ]
    return {
        path: score_figures(
            (marked_figures(s), found_figures(s, binders[fold(s, folds)])) for s in sentences
        )
        for path, sentences in files.items()
    }


def everything(files: dict[Path, list[MarkedSentence]]) -> Sequence[MarkedSentence]:
    """Return the sentences of all files."""
    return [sentence for sentences in files.values() for sentence in sentences]


def fold(sentence: MarkedSentence, folds: int) -> int:
    """Return the fold of a sentence, the same for all sentences of a report."""
    return zlib.crc32(sentence.id.split("/")[0].encode()) % folds


def say(path: Path, scores: FigureScores) -> None:
    """Print precision and recall."""
    print(path)
    for name in ("quantity", "object", "nearly", "action"):
        count = getattr(scores, name)
        print(f"  {name:9}{scores.precision(count):.3f} / {scores.recall(count):.3f}")


if __name__ == "__main__":
    raise SystemExit(main())
