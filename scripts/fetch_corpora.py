"""Rebuild the public texts that a summarizer is pretrained on.

    python scripts/fetch_corpora.py --out runs/corpora
    python scripts/fetch_corpora.py --out runs/corpora --local COPY

Writes government_reports, section_headings, laws and congress_procedure_laws, each as .jsonl.gz,
from their public repositories; data/README.md says what they are. What is there is kept, and a
cut transfer goes on where it stopped: run the same command again. COPY is a folder with the
unpacked repositories, or one with the .jsonl.gz files themselves. Every corpus is compared with
the digests of known records in data/public.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TransferSpeedColumn,
)

from govtext.corpus.public.rebuild import Local, Network, rebuild
from govtext.corpus.public.sources import CORPORA, HOST
from govtext.errors import GovtextError

KNOWN = Path(__file__).parent.parent / "data" / "public"


def main() -> int:
    """Rebuild what is missing and say what came of it."""
    args = _arguments()
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    try:
        with Progress(*columns, TransferSpeedColumn(), console=Console(stderr=True)) as bars:
            network = Network(args.out / "archives", _bar(bars), args.host)
            origin = Local(args.local) if args.local else network
            chosen = [corpus for corpus in CORPORA if corpus in (args.only or CORPORA)]
            for step in rebuild(origin, args.out, corpora=chosen, known=KNOWN):
                how = "there already" if step.kept else "written"
                print(f"{step.path}: {step.records} records, {how}; {step.comparison or 'derived'}")
    except (GovtextError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    parser.add_argument("--local", type=Path, help="folder of a local copy, instead of the network")
    parser.add_argument("--only", choices=CORPORA, action="append", help="one corpus; repeatable")
    parser.add_argument(
        "--host", default=HOST, help="serves /OWNER/NAME/tar.gz/COMMIT (%(default)s)"
    )
    return parser.parse_args()


def _bar(bars: Progress) -> Callable[[str], Callable[[int, int | None], None]]:
    """Return what shows, for each archive, a progress bar once its transfer has begun."""

    def start(name: str) -> Callable[[int, int | None], None]:
        tasks: list[TaskID] = []

        def show(done: int, total: int | None) -> None:
            if not tasks:
                tasks.append(bars.add_task(name))
            bars.update(tasks[0], completed=done, total=total)

        return show

    return start


if __name__ == "__main__":
    sys.exit(main())
