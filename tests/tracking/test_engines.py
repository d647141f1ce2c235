"""A logged model behind Spark and `datasets`, with real worker processes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import govtext
from govtext.bundle.locate import locate_model
from govtext.tracking import find_store, start_run
from govtext.tracking.backend import load_mlflow

pytestmark = pytest.mark.slow
TEXTS = [
    f"听取和审议预算执行情况报告{i}项。" if i % 2 else f"举办代表培训班{i}期。" for i in range(64)
]
MAP = """
import json, os, sys
import datasets
from govtext.tracking.backend import load_mlflow
model = load_mlflow().pyfunc.load_model(sys.argv[1])
data = datasets.Dataset.from_dict({"text": json.loads(sys.argv[2])}).with_format("pandas")
def label(table):
    return model.predict(table).assign(text=table["text"], pid=os.getpid())
scored = data.map(label, batched=True, batch_size=4, num_proc=2).with_format(None)
print(json.dumps({name: scored[name][:] for name in ("label", "text", "pid")}))
"""
# Notes each file of a model folder that a process opens: a model that is read shows up.
SPY = """
import os, sys
def note(event, arguments):
    if event == "open" and "/model/" in str(arguments[0]):
        with os.fdopen(os.open(os.environ["SPY_LOG"], os.O_APPEND | os.O_WRONLY), "a") as log:
            log.write(f"{os.getpid()} {arguments[0]}\\n")
sys.addaudithook(note)
"""


@pytest.fixture(scope="module")
def logged(empty_database, tmp_path_factory):
    """Return the address of a logged model whose folder is called `model`."""
    home = tmp_path_factory.mktemp("engines")
    shutil.copy(empty_database, home / "mlflow.db")
    model = shutil.copytree(locate_model("fast", task="classifier"), home / "model")
    store = find_store(f"sqlite:///{home}/mlflow.db")
    with start_run(experiment="e", name="n", config={}, seed=0, store=store, output=home) as run:
        version = run.log_model(model, task="classifier", registered_name="c", alias="champion")
    load_mlflow().set_tracking_uri(store.uri)
    path = list(sys.path)
    yield f"models:/{version.model_id}"
    load_mlflow().set_tracking_uri(None)
    sys.path[:] = path


@pytest.fixture(scope="module")
def spied(tmp_path_factory):
    """Return the file in which processes that are started now note what they open."""
    folder = tmp_path_factory.mktemp("spy")
    (folder / "sitecustomize.py").write_text(SPY)
    log = folder / "log.txt"
    log.touch()
    source = str(Path(govtext.__file__).parent.parent)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPY_LOG", str(log))
        patch.setenv("PYTHONPATH", f"{folder}:{source}")
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        yield log


@pytest.fixture(scope="module")
def spark(spied, tmp_path_factory):
    pyspark = pytest.importorskip("pyspark.sql")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    builder = pyspark.SparkSession.builder.master("local[2]").appName("govtext")
    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def _reads(log: Path) -> dict[str, int]:
    """Return how often each process has read a model; looking at what it is does not count."""
    opened = Counter(
        tuple(line.split(maxsplit=1))
        for line in log.read_text().splitlines()
        if line.endswith((".json", ".safetensors", ".npy")) and not line.endswith("govtext.json")
    )
    reads: dict[str, int] = {}
    for (pid, _), count in opened.items():
        reads[pid] = max(count, reads.get(pid, 0))
    return reads


def test_spark_scores_a_data_frame_and_reads_the_model_once_a_worker(logged, spark, spied):
    from pyspark.sql import functions as f

    udf = load_mlflow().pyfunc.spark_udf(
        spark, logged, env_manager="local", params={"min_score": 0.0}
    )
    table = spark.createDataFrame([(i, text) for i, text in enumerate(TEXTS)], ["i", "text"])
    answers = table.repartition(16).select("i", udf(f.struct("text")).alias("p"))
    for _ in range(2):
        rows = sorted(answers.select("i", "p.*").collect())
        assert [row.label for row in rows] == [item.label for item in govtext.predict(TEXTS)]
        assert [row.score for row in rows] == pytest.approx(
            [item.score for item in govtext.predict(TEXTS)]
        )
    reads = _reads(spied)
    assert 1 <= len(reads) <= 2
    assert set(reads.values()) == {1}


def test_spark_names_the_row_that_cannot_be_labelled(logged, spark):
    from pyspark.sql import functions as f

    udf = load_mlflow().pyfunc.spark_udf(spark, logged, env_manager="local")
    table = spark.createDataFrame([("好。",), (" ",)], ["text"]).coalesce(1)
    with pytest.raises(Exception, match="row 1: text is empty"):
        table.select(udf(f.struct("text"))).collect()


def test_datasets_map_scores_with_several_processes(logged, tmp_path):
    pytest.importorskip("datasets")
    # In a process of its own: those that datasets forks must not inherit the threads of other tests.
    done = subprocess.run(
        [sys.executable, "-c", MAP, logged, json.dumps(TEXTS)],
        env={**os.environ, "HF_DATASETS_CACHE": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    scored = json.loads(done.stdout.splitlines()[-1])
    assert scored["label"] == [item.label for item in govtext.predict(TEXTS)]
    assert scored["text"] == TEXTS
    assert len(set(scored["pid"])) == 2
