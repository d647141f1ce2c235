"""Measure what recording a training costs.

    python scripts/benchmark_tracking.py configs/classifier/tfidf.yaml [KEY=VALUE]...

Runs the training once, on a store of its own that exists already, and adds up the time between
entering and leaving each call that records something: opening and closing the run (and importing
MLflow for it), and every method of the run. All else is the training, which would take as long
without a store. With --server, the store is an MLflow server on this machine.
"""

from __future__ import annotations

import argparse
import functools
import inspect
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from govtext.config import ClassifierConfig, SummarizerConfig, load_config
from govtext.recipes import record
from govtext.tracking import Run

STORE = "from govtext.tracking.store import *; open_store(find_store(), create=True)"
# Wall and processor seconds by call; what one call makes another do counts for the first alone.
spent: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0])
inside: list[str] = []


def main() -> None:
    """Train, and print seconds and shares."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("config", type=Path)
    parser.add_argument("overrides", nargs="*", metavar="KEY=VALUE")
    parser.add_argument("--server", action="store_true", help="record on an MLflow server")
    options = parser.parse_args()
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ["MLFLOW_TRACKING_URI"] = f"sqlite:///{scratch}/mlflow.db"
        subprocess.run([sys.executable, "-c", STORE], check=True)
        if options.server:
            stack.enter_context(server(scratch))
        train = training(options.config, [*options.overrides, f"output={scratch}/output"])
        watch()
        start, processor = time.perf_counter(), time.process_time()
        train()
        report(time.perf_counter() - start, time.process_time() - processor)


def training(config: Path, overrides: list[str]) -> Callable[[], object]:
    """Return the training that a configuration describes."""
    if "summarizer" in config.parts:
        from govtext.recipes.summarizer import train_summarizer

        return functools.partial(train_summarizer, load_config(config, SummarizerConfig, overrides))
    from govtext.recipes.classifier import train_classifier

    return functools.partial(train_classifier, load_config(config, ClassifierConfig, overrides))


def watch() -> None:
    """Measure every call that records."""
    for name, method in inspect.getmembers(Run, inspect.isfunction):
        if not name.startswith("_"):
            setattr(Run, name, measured(name, method))
    original = record.start_run

    @contextmanager
    def start_run(**settings: Any) -> Iterator[Run]:
        run = original(**settings)
        opened = measured("opening the run", run.__enter__)()
        yield opened
        measured("closing the run", run.__exit__)(None, None, None)

    record.start_run = start_run


def measured(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that does the same and adds the seconds that it takes."""

    @functools.wraps(work)
    def timed(*arguments: Any, **named: Any) -> Any:
        if inside:
            return work(*arguments, **named)
        inside.append(name)
        start, processor = time.perf_counter(), time.process_time()
        try:
            return work(*arguments, **named)
        finally:
            inside.pop()
            row = spent[name]
            row[0] += time.perf_counter() - start
            row[1] += time.process_time() - processor
            row[2] += 1

    return timed


def report(wall: float, processor: float) -> None:
    """Print what each call took, and all of them as a share of the training."""
    print(f"{'':<20} {'calls':>6} {'seconds':>8} {'processor':>10}")
    for name, (seconds, busy, calls) in sorted(spent.items(), key=lambda item: -item[1][0]):
        print(f"{name:<20} {calls:>6} {seconds:>8.2f} {busy:>10.2f}")
    tracking, busy = (sum(row[i] for row in spent.values()) for i in (0, 1))
    print(f"{'all of recording':<20} {'':>6} {tracking:>8.2f} {busy:>10.2f}")
    print(f"{'training':<20} {'':>6} {wall - tracking:>8.2f} {processor - busy:>10.2f}")
    print(f"recording adds {tracking / (wall - tracking):.1%} ({busy / (processor - busy):.1%})")


@contextmanager
def server(scratch: Path) -> Iterator[None]:
    """Put an MLflow server before the store."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mlflow", "server", "--workers", "1", "--port", str(port)]
    command += ["--backend-store-uri", os.environ["MLFLOW_TRACKING_URI"]]
    command += ["--artifacts-destination", str(scratch / "kept")]
    with (scratch / "server.log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    os.environ["MLFLOW_TRACKING_URI"] = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5).close()
                break
            except OSError:
                if process.poll() is not None:
                    sys.exit((scratch / "server.log").read_text())
                time.sleep(0.2)
        yield
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
