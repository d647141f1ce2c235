"""Label many sentences with Spark, and with as many plain processes, side by side.

    python scripts/benchmark_spark.py [--sentences 20000] [--workers 2] [--model fast]

Spark runs in local mode with `mlflow.pyfunc.spark_udf` and a model that is logged for this; a
plain process calls `govtext.predict`. They run in turn, and a first round, in which the workers
read the model, does not count. Needs `pip install 'govtext[tracking,spark]'` and Java.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import os
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import govtext
from govtext.bundle.locate import locate_model
from govtext.corpus.examples import read_labelled
from govtext.tracking import find_store, start_run

CORPUS = Path(__file__).parent.parent / "data" / "reports" / "test"
CHUNK = 10_000  # rows of a batch, as Spark cuts them


def main() -> None:
    """Run both in turn and print sentences a second and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sentences", type=int, default=20_000, help="how many are labelled")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="processes of each")
    parser.add_argument("--model", default="fast", help="a shipped classifier or a model folder")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each, the best counts")
    options = parser.parse_args()
    known = [sentence.text for sentence in read_labelled(CORPUS)]
    texts = list(itertools.islice(itertools.cycle(known), options.sentences))
    workers = options.workers
    with (
        tempfile.TemporaryDirectory() as scratch,
        plain_processes(texts, options.model, workers) as plain,
        spark_local(texts, options.model, workers, Path(scratch)) as spark,
    ):
        rounds = [(seconds(plain), seconds(spark)) for _ in range(options.repeat + 1)][1:]
    fastest_plain, fastest_spark = (min(times) for times in zip(*rounds, strict=True))
    print(f"plain processes x {workers}   {len(texts) / fastest_plain:9.0f} sentences/s")
    print(f"Spark local[{workers}]        {len(texts) / fastest_spark:9.0f} sentences/s")
    print(f"ratio                 x{fastest_plain / fastest_spark:.2f}")


@contextmanager
def plain_processes(texts: list[str], model: str, workers: int) -> Iterator[Callable[[], object]]:
    """Start processes, and yield what lets them call `govtext.predict` on all texts."""
    size = min(CHUNK, -(-len(texts) // workers))
    chunks = [(texts[i : i + size], model) for i in range(0, len(texts), size)]
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        yield lambda: pool.starmap(labels, chunks, chunksize=1)


def labels(texts: list[str], model: str) -> list[tuple[str | None, float]]:
    """Return label and score of each text."""
    return [(item.label, item.score) for item in govtext.predict(texts, model=model)]


@contextmanager
def spark_local(
    texts: list[str], model: str, workers: int, scratch: Path
) -> Iterator[Callable[[], object]]:
    """Start Spark, and yield what lets it label a Parquet file of the texts."""
    import mlflow
    import pandas
    from pyspark.sql import functions

    uri = logged(model, scratch)
    spark = session(workers)
    udf = mlflow.pyfunc.spark_udf(spark, uri, env_manager="local")
    pandas.DataFrame({"text": texts}).to_parquet(scratch / "texts.parquet")
    parts = max(workers, -(-len(texts) // (4 * CHUNK)))
    table = spark.read.parquet(str(scratch / "texts.parquet")).repartition(parts).cache()
    table.count()  # fills the cache
    answers = table.select(udf(functions.struct("text")).alias("answer")).select("answer.*")
    try:
        yield lambda: answers.write.format("noop").mode("overwrite").save()
    finally:
        spark.stop()


def logged(model: str, scratch: Path) -> str:
    """Log the model in a store of its own and return its address."""
    os.environ["MLFLOW_TRACKING_URI"] = f"sqlite:///{scratch}/mlflow.db"
    settings: dict[str, Any] = {"config": {}, "seed": 0, "output": scratch}
    with start_run(experiment="spark", name="spark", store=find_store(), **settings) as run:
        version = run.log_model(locate_model(model, task="classifier"), task="classifier")
    if version is None:
        sys.exit("the model could not be logged")
    return version.uri


def session(workers: int) -> Any:
    """Return a Spark session on this machine, whose Python is this one."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master(f"local[{workers}]").appName("govtext")
    for name in ("spark.ui.enabled", "spark.ui.showConsoleProgress"):
        builder = builder.config(name, "false")
    warnings.simplefilter("ignore", FutureWarning)  # of pandas 3, with which this works
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def seconds(work: Callable[[], object]) -> float:
    """Return how long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
