"""Measure what users wait for, as ratios side by side in one run.

    python scripts/benchmark.py [--repeat 5]

Prints the cost of `import govtext` over an empty interpreter, the time to the first prediction
of a new process, and sentences a second of the shipped classifier beside the pipeline that
everyone writes first (jieba in TfidfVectorizer, LogisticRegression).
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "data" / "reports"


def main() -> None:
    """Run the benchmarks and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--repeat", type=int, default=5, help="runs of each, the median counts")
    repeat = parser.parse_args().repeat
    empty = process_seconds("pass", repeat)
    imported = process_seconds("import govtext", repeat)
    first = process_seconds("import govtext; govtext.predict('听取报告。')", repeat)
    print(f"empty interpreter        {empty * 1000:7.0f} ms")
    print(
        f"import govtext           {imported * 1000:7.0f} ms  (+{(imported - empty) * 1000:.0f} ms)"
    )
    print(f"first prediction         {first * 1000:7.0f} ms  (+{(first - empty) * 1000:.0f} ms)")
    classifiers(repeat)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory              {peak:7.0f} MB (both classifiers and their training data)")


def classifiers(repeat: int) -> None:
    """Compare the shipped classifier with the plain pipeline on the same sentences."""
    import jieba
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    import govtext
    from govtext.corpus.examples import read_labelled

    train = read_labelled(CORPUS / "train")
    texts = [s.text for s in read_labelled(CORPUS / "test")]
    plain = make_pipeline(
        TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None), LogisticRegression(max_iter=1000)
    ).fit([s.text for s in train], [s.label for s in train])
    rates = {
        "plain pipeline": rate(lambda: plain.predict(texts), len(texts), repeat),
        "govtext fast": rate(lambda: govtext.predict(texts), len(texts), repeat),
    }
    for name, value in rates.items():
        ratio = value / rates["plain pipeline"]
        print(f"{name:<24} {value:7.0f} sentences/s  (x{ratio:.2f})")


def process_seconds(code: str, repeat: int) -> float:
    """Return the median wall time of a new interpreter that runs the code."""
    command = [sys.executable, "-c", code]
    subprocess.run(command, check=True)
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        subprocess.run(command, check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def rate(work: Callable[[], object], count: int, repeat: int) -> float:
    """Return items a second, the median of several runs after one that does not count."""
    work()
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return count / statistics.median(times)


if __name__ == "__main__":
    main()
