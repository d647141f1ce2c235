"""A model from folder to registry and back, with govtext's two functions replaced by stand-ins."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

import numpy as np
import pytest
import yaml

import govtext
from govtext.classify import PredictedColumns
from govtext.errors import InputError, ModelError, TrackingError
from govtext.tracking import ModelVersion, Run, Store, fetch_model, find_store, set_alias, start_run
from govtext.tracking.backend import load_mlflow
from govtext.tracking.model import BASE_DEPENDENCIES, pinned_requirements
from govtext.tracking.registry import check_names
from govtext.types import Check, Evidence, Sentence, Summary
from tests.tracking.conftest import make_model

mlflow = load_mlflow()
pandas = pytest.importorskip("pandas")
NAME = "govtext-classifier"


@dataclass
class _Calls:
    """What the stand-ins were asked."""

    predict_columns: list[dict[str, Any]] = field(default_factory=list)
    summarize: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class _Shelf:
    """A store with a registered classifier and a logged summarizer, for tests that only read."""

    store: Store
    run: Run
    classifier: ModelVersion
    summarizer: ModelVersion


@pytest.fixture(scope="module", autouse=True)
def calls():
    made = _Calls()

    def predict_columns(items, *, model, min_score=None):
        made.predict_columns.append({"items": items, "model": model, "min_score": min_score})
        if any("拒" in getattr(item, "text", item) for item in items):
            raise InputError("item 0: not a sentence")
        label = None if min_score and min_score > 0.75 else "consultation"
        rows = np.tile([0.75, 0.25], (len(items), 1))
        column = np.full(len(items), label, dtype=object)
        return PredictedColumns(("consultation", "监督"), column, rows[:, 0], rows)

    def summarize(text, *, model, max_chars=120, focus=None, classifier=None):
        made.summarize.append({"model": model, "focus": focus, "classifier": classifier})
        source = Sentence(text[:4], 0, 4)
        evidence = (Evidence("开会。", (source,)), Evidence("十次。", (), quoted=True))
        checks = (Check("number", "十次", "found"),)
        quoted = evidence if max_chars == 3 else evidence[1:]
        return Summary(text[:max_chars], quoted, focus, ("as it was",), checks)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(govtext.classify, "predict_columns", predict_columns)
        patch.setattr(govtext, "summarize", summarize, raising=False)
        yield made


@pytest.fixture(scope="module")
def filled(calls, empty_database, tmp_path_factory) -> _Shelf:
    folder = tmp_path_factory.mktemp("filled")
    shutil.copy(empty_database, folder / "mlflow.db")
    store = find_store(f"sqlite:///{folder}/mlflow.db")
    with start_run(experiment="e", name="n", config={}, seed=0, store=store) as run:
        classifier = run.log_model(
            make_model(folder, "classifier"),
            task="classifier",
            registered_name=NAME,
            alias="best",
        )
        summarizer = run.log_model(make_model(folder, "summarizer"), task="summarizer")
    return _Shelf(store, run, classifier, summarizer)


@pytest.fixture
def shelf(filled, monkeypatch):
    """The filled store as the one that a user of plain MLflow has set."""
    monkeypatch.setenv("MLFLOW_TRACKING_URI", filled.store.uri)
    path = list(sys.path)
    mlflow.set_tracking_uri(filled.store.uri)
    yield filled
    mlflow.set_tracking_uri(None)
    sys.path[:] = path


def _log(folder: Path, task: str, **options):
    with start_run(experiment="e", name="n", config={"lr": 1}, seed=0) as run:
        return run, run.log_model(folder, task=task, **options)


def _request(uri: str, rows: dict[str, list[Any]], **params):
    return mlflow.pyfunc.load_model(uri).predict(pandas.DataFrame(rows), params=params)


def test_classifier_round_trip(shelf, calls):
    version = shelf.classifier
    assert (version.name, version.version, version.alias) == (NAME, 1, "best")
    assert version.uri == f"models:/{NAME}/1"
    answer = _request(
        f"models:/{NAME}@best",
        {
            "text": ["开展协商。", "听取报告。"],
            "heading": ["一、协商", None],
            "after": [None, "整改。"],
        },
        min_score=0.5,
    )
    assert list(answer["label"]) == ["consultation", "consultation"]
    assert list(answer["score"]) == [0.75, 0.75]
    assert json.loads(answer["probabilities"][0]) == {"consultation": 0.75, "监督": 0.25}
    asked = calls.predict_columns[-1]
    assert asked["items"] == [
        Sentence("开展协商。", 0, 5, "一、协商", None),
        Sentence("听取报告。", 0, 5, None, None, None, "整改。"),
    ]
    assert asked["min_score"] == 0.5
    assert (asked["model"] / "parts" / "weights.json").read_text() == "[1, 2]"


def test_label_is_null_below_the_score(shelf):
    assert list(_request(shelf.classifier.uri, {"text": ["开会。"]}, min_score=0.9)["label"]) == [
        None
    ]


def test_summarizer_round_trip(shelf, calls):
    version = shelf.summarizer
    assert version.uri == f"models:/{version.model_id}"
    answer = _request(version.uri, {"text": ["全年开会十次。"]}, max_chars=3, focus="consultation")
    [row] = answer.to_dict("records")
    assert row["text"] == "全年开"
    assert json.loads(row["evidence"]) == [
        {
            "statement": "开会。",
            "quoted": False,
            "probability": None,
            "sentences": [{"text": "全年开会", "start": 0, "end": 4}],
        },
        {"statement": "十次。", "quoted": True, "probability": None, "sentences": []},
    ]
    assert json.loads(row["checks"]) == [{"fact": "number", "value": "十次", "outcome": "found"}]
    assert row["extractive"] is False
    assert json.loads(row["notes"]) == ["as it was"]
    assert calls.summarize[-1]["focus"] == "consultation"
    packed = Path(calls.summarize[-1]["classifier"])
    assert packed.is_relative_to(Path(calls.summarize[-1]["model"]).parent)
    assert (packed / "govtext.json").is_file()
    [row] = _request(version.uri, {"text": ["全年开会十次。"]}).to_dict("records")
    assert (row["text"], row["extractive"]) == ("全年开会十次。", True)
    assert calls.summarize[-1]["focus"] is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (["开会。", None], "row 1: text is missing"),
        (["开会。", float("nan")], "row 1: text is missing"),
        ([" \n"], "row 0: text is empty"),
        (["拒"], "item 0: not a sentence"),
    ],
)
def test_bad_request(shelf, text, message):
    with pytest.raises(mlflow.MlflowException) as caught:
        _request(shelf.classifier.uri, {"text": pandas.Series(text, dtype=object)})
    assert (caught.value.error_code, str(caught.value)) == ("INVALID_PARAMETER_VALUE", message)


def test_model_of_another_version_warns(shelf, monkeypatch):
    monkeypatch.setattr(govtext, "__version__", "9.9")
    with pytest.warns(UserWarning, match=r"was written by govtext .*, but 9\.9 is loaded"):
        mlflow.pyfunc.load_model(shelf.classifier.uri)


def test_what_the_logged_model_holds(model_folder, client):
    run, version = _log(
        model_folder("classifier"), "classifier", metrics={"test/macro_f1": 0.8}, example="开会。"
    )
    logged = client.get_logged_model(version.model_id)
    assert (logged.name, logged.source_run_id, str(logged.status)) == (
        "classifier",
        run.id,
        "READY",
    )
    assert logged.params == {"lr": "1", "seed": "0"}
    assert [(item.key, item.value) for item in logged.metrics] == [("test/macro_f1", 0.8)]
    [output] = client.get_run(run.id).outputs.model_outputs
    assert output.model_id == version.model_id
    folder = fetch_model(version.uri).parent.parent
    metadata = yaml.safe_load((folder / "MLmodel").read_text(encoding="utf-8"))["metadata"]
    assert metadata == {
        "govtext_version": govtext.__version__,
        "git_commit": "unknown",
        "task": "classifier",
    }
    assert (folder / "code" / "govtext" / "tracking" / "model.py").is_file()
    assert not (folder / "code" / "govtext" / "models").exists()
    assert not list(folder.rglob("__pycache__"))
    assert (
        "开会。"
        in json.loads((folder / "serving_input_example.json").read_text())["dataframe_split"][
            "data"
        ][0]
    )
    requirements = (folder / "requirements.txt").read_text().split()
    assert sorted(requirements) == sorted(pinned_requirements())


def test_metric_of_the_run_is_not_recorded_twice(model_folder, client, tmp_path):
    data = tmp_path / "test.jsonl"
    data.write_text("{}\n")
    with start_run(experiment="e", name="n", config={}, seed=0) as run:
        digest = run.log_dataset(data, name="held out", split="test", rows=1)
        run.log_metrics({"test/f1": 0.7, "test/other": 0.1})
        version = run.log_model(
            model_folder("classifier"),
            task="classifier",
            metrics={"test/f1": 0.7, "test/other": 0.2},
        )
    assert len(client.get_metric_history(run.id, "test/f1")) == 1
    assert len(client.get_metric_history(run.id, "test/other")) == 2
    [metric] = [
        item for item in client.get_logged_model(version.model_id).metrics if item.key == "test/f1"
    ]
    assert (metric.dataset_name, metric.dataset_digest) == ("held out", digest)


def test_dependencies_are_those_of_the_package():
    tomllib = pytest.importorskip("tomllib")
    project = Path(__file__).parents[2] / "pyproject.toml"
    content = tomllib.loads(project.read_text(encoding="utf-8"))
    named = {line.partition(">")[0] for line in content["project"]["dependencies"]}
    assert named == set(BASE_DEPENDENCIES)
    assert all("==" in line and "+" not in line for line in pinned_requirements())


def test_environment_and_import_path_are_as_before(model_folder):
    before = dict(os.environ), list(sys.path)
    _log(model_folder("classifier"), "classifier")
    assert (dict(os.environ), list(sys.path)) == before


def test_another_store_than_the_default_is_left_alone(shelf, tmp_path, monkeypatch):
    monkeypatch.delenv("MLFLOW_TRACKING_URI")
    mlflow.set_tracking_uri(None)
    monkeypatch.chdir(tmp_path)
    with start_run(experiment="e", name="n", config={}, seed=0, store=shelf.store) as run:
        run.log_model(
            make_model(tmp_path, "classifier"), task="classifier", registered_name="another"
        )
    assert os.listdir(tmp_path) == ["classifier 模型"]
    assert "MLFLOW_TRACKING_URI" not in os.environ


def test_folder_of_another_task_is_refused_before_anything_is_stored(model_folder, client):
    with pytest.raises(ModelError, match="holds a summarizer, but a classifier is needed"):
        _log(model_folder("summarizer"), "classifier")
    with pytest.raises(InputError, match="unknown task 'x'; expected classifier or summarizer"):
        _log(model_folder("classifier"), "x")
    assert not client.search_logged_models([client.get_experiment_by_name("e").experiment_id])


def test_model_that_does_not_answer_is_not_stored(model_folder, client, monkeypatch):
    def broken(items, *, model, min_score=None):
        raise RuntimeError("no weights\nmore")

    monkeypatch.setattr(govtext.classify, "predict_columns", broken)
    with pytest.raises(ModelError, match="^the packed classifier does not answer: no weights$"):
        _log(model_folder("classifier"), "classifier", registered_name=NAME)
    assert not client.search_registered_models()


@pytest.mark.parametrize(
    ("name", "alias", "message"),
    [
        ("a/b", None, "registered name 'a/b'"),
        ("a:b", None, "registered name 'a:b'"),
        (" ", None, "registered name ' '"),
        (None, "best", "only a registered model can have one"),
        ("a", "v1", "alias 'v1'"),
        ("a", "latest", "alias 'latest'"),
        ("a", "so so", "alias 'so so'"),
    ],
)
def test_names_that_mlflow_would_refuse(name, alias, message):
    with pytest.raises(InputError, match=message):
        check_names(name, alias)


def test_names_are_checked_before_anything_is_stored(model_folder, client):
    with pytest.raises(InputError, match="registered name 'a/b'"):
        _log(model_folder("classifier"), "classifier", registered_name="a/b")
    assert not client.search_logged_models([client.get_experiment_by_name("e").experiment_id])


def test_fetch_by_every_address(model_folder):
    folder = model_folder("classifier")
    run, first = _log(folder, "classifier", registered_name="分类 模型", alias="best")
    _, second = _log(folder, "classifier", registered_name="分类 模型", alias="best")
    assert second.version == 2
    places = {
        uri: fetch_model(uri)
        for uri in (
            "models:/分类 模型@best",
            "models:/分类 模型/1",
            "models:/分类 模型/latest",
            f"models:/{first.model_id}",
            f"runs:/{run.id}/classifier",
        )
    }
    assert all((place / "govtext.json").is_file() for place in places.values())
    assert places["models:/分类 模型@best"] == places["models:/分类 模型/latest"]
    assert len(set(places.values())) == 2
    set_alias("分类 模型", "best", 1)
    assert fetch_model("models:/分类 模型@best") == places["models:/分类 模型/1"]


@pytest.mark.parametrize(
    ("uri", "message"),
    [
        (f"models:/{NAME}@x", f"'{NAME}' in {{store}} has no such alias; it has best"),
        (f"models:/{NAME}/9", f"'{NAME}' in {{store}} has no such version; it has 1"),
        ("models:/nope@x", "no model of that name is registered in {store}; registered: "),
        (
            "models:/nope/latest",
            "no model of that name is registered in {store}; registered: ",
        ),
        ("models:/m-" + "0" * 32, "no such logged model in {store}"),
        ("runs:/abc/classifier", "no such run in {store}"),
        ("models:/nope", "not an address of a model; expected models:/NAME@ALIAS, "),
        ("models:/a'b@c", "not an address of a model; expected models:/NAME@ALIAS, "),
        ("runs:/", "not an address of a model; expected models:/NAME@ALIAS, "),
    ],
)
def test_fetch_what_is_not_there(shelf, uri, message):
    with pytest.raises(ModelError) as caught:
        fetch_model(uri)
    assert message.format(store=shelf.store) in str(caught.value)


def test_fetch_another_model_of_the_run(shelf):
    with pytest.raises(ModelError, match="no such model; it has classifier, summarizer"):
        fetch_model(f"runs:/{shelf.run.id}/ranker")


def test_alias_of_a_version_that_is_not_there(shelf):
    with pytest.raises(ModelError, match="has no such version; it has 1"):
        set_alias(NAME, "best", 7)


def test_fetch_when_the_files_are_gone(model_folder, tmp_path):
    _, version = _log(model_folder("classifier"), "classifier")
    (tmp_path / "mlruns").rename(tmp_path / "moved")
    with pytest.raises(ModelError, match="the files of the model are not at"):
        fetch_model(version.uri)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("MLmodel", "flavors: [", "MLmodel is not the description of a model"),
        ("MLmodel", "\xff", "MLmodel is not the description of a model"),
        ("MLmodel", "", "not one that govtext logged"),
        ("MLmodel", "- 1", "not one that govtext logged"),
        ("artifacts/classifier 模型/govtext.json", "{", "not a valid manifest"),
        ("artifacts/classifier 模型/parts/weights.json", "[1, 3]", "differs from the one that was"),
    ],
)
def test_fetch_a_model_with_a_broken_file(model_folder, client, name, content, message):
    _, version = _log(model_folder("classifier"), "classifier", registered_name=NAME)
    packed = _files(client, version)
    (packed / name).write_text(content, encoding="latin-1" if content == "\xff" else "utf-8")
    with pytest.raises(ModelError, match=message):
        fetch_model(version.uri)


def _files(client, version) -> Path:
    return Path(unquote(urlparse(client.get_logged_model(version.model_id).artifact_location).path))


def test_fetch_a_model_with_a_missing_file(model_folder, client):
    _, version = _log(model_folder("classifier"), "classifier", registered_name=NAME)
    (_files(client, version) / "artifacts/classifier 模型/parts/weights.json").unlink()
    with pytest.raises(ModelError, match="the model is incomplete, missing parts/weights.json"):
        fetch_model(version.uri)


def test_pickle_is_refused(shelf, monkeypatch):
    class Other(mlflow.pyfunc.PythonModel):
        def predict(self, context, model_input):
            return model_input

    monkeypatch.setenv("MLFLOW_EXPERIMENT_ID", shelf.run.experiment_id)
    monkeypatch.setenv("MLFLOW_ALLOW_PICKLE_DESERIALIZATION", "true")
    with mlflow.start_run():
        other = mlflow.pyfunc.log_model(
            name="pickled", python_model=Other(), pip_requirements=["mlflow"]
        )
    monkeypatch.delenv("MLFLOW_ALLOW_PICKLE_DESERIALIZATION")
    load_mlflow()
    with pytest.raises(mlflow.MlflowException, match="MLFLOW_ALLOW_PICKLE_DESERIALIZATION"):
        mlflow.pyfunc.load_model(other.model_uri)


def test_fetch_a_model_of_someone_else(shelf, monkeypatch):
    class Other(mlflow.pyfunc.PythonModel):
        def predict(self, context, model_input):
            return model_input

    monkeypatch.setenv("MLFLOW_EXPERIMENT_ID", shelf.run.experiment_id)
    with mlflow.start_run():
        other = mlflow.pyfunc.log_model(
            name="other", python_model=Other(), pip_requirements=["mlflow"]
        )
    with pytest.raises(ModelError, match="an MLflow model, but not one that govtext logged"):
        fetch_model(other.model_uri)


def test_fetch_without_a_store(tmp_path, monkeypatch):
    monkeypatch.setenv("MLFLOW_TRACKING_URI", f"sqlite:///{tmp_path}/none.db")
    with pytest.raises(TrackingError, match="no experiment store there"):
        fetch_model(f"models:/{NAME}@best")


@pytest.fixture
def server(store, tmp_path, monkeypatch):
    """A real MLflow server, which keeps the files itself."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--backend-store-uri", store.uri]
    options += ["--artifacts-destination", str(tmp_path / "kept"), "--workers", "1"]
    process = subprocess.Popen(
        [sys.executable, "-m", "mlflow", "server", *options, "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "MLFLOW_MODEL_CATALOG_URI": ""},
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process)
        monkeypatch.setenv("MLFLOW_TRACKING_URI", address)
        yield address
    finally:
        os.killpg(process.pid, 15)
        process.wait()


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/health", timeout=5).close()
            return
        except OSError:
            assert process.poll() is None, "the server ended"
            time.sleep(0.1)
    pytest.fail("the server does not start")


@pytest.mark.slow
def test_server_keeps_runs_and_models(server, model_folder, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    run, version = _log(
        model_folder("classifier"), "classifier", registered_name=NAME, metrics={"test/f1": 0.5}
    )
    assert run.link.startswith(f"{server}/#/experiments/{run.experiment_id}/runs/{run.id}?")
    folder = fetch_model(version.uri)
    assert folder.is_relative_to(tmp_path / "cache" / "govtext")
    assert (folder / "parts" / "weights.json").read_text() == "[1, 2]"
    changed = (folder / "govtext.json").stat().st_mtime_ns
    assert fetch_model(f"models:/{NAME}/latest") == folder
    assert (folder / "govtext.json").stat().st_mtime_ns == changed
    assert len(list((tmp_path / "cache" / "govtext" / "models").iterdir())) == 1
    with pytest.raises(ModelError, match="no such version; it has 1"):
        fetch_model(f"models:/{NAME}/2")
    [weights] = (tmp_path / "kept").rglob("weights.json")
    weights.write_text("[1, 3]")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other"))
    with pytest.raises(ModelError, match="the file differs from the one that was saved"):
        fetch_model(version.uri)
    assert not list((tmp_path / "other" / "govtext" / "models").iterdir())
