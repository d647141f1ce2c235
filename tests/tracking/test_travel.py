"""Logged models in an environment made of nothing but their own requirements."""

from __future__ import annotations

import json
import os
import pickletools
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import govtext
from govtext.bundle.locate import locate_model
from govtext.tracking import fetch_model, find_store, start_run
from tests.tracking.servers import free_port, serving

pytestmark = pytest.mark.slow
TEXT = (
    "一年来，听取和审议专项工作报告十二项，督促整改。组织代表视察供水工程三次。举办代表培训班两期。"
)
SCRIPT = """
import importlib.util, json, sys
import mlflow, pandas
classifier, summarizer = map(mlflow.pyfunc.load_model, sys.argv[1:3])
import govtext
text = sys.argv[3]
rows = pandas.DataFrame({"text": [text, text], "heading": ["监督", None]})
sums = {"focus": "supervision", "max_chars": 30}
print(json.dumps({
    "code": govtext.__file__,
    "torch": importlib.util.find_spec("torch") is not None,
    "labels": classifier.predict(rows).to_dict("list"),
    "unsure": classifier.predict(rows, params={"min_score": 1.0}).to_dict("list"),
    "sum": summarizer.predict(rows[["text"]][:1], params=sums).to_dict("list"),
}))
"""


@dataclass
class _Travelled:
    """Two logged models and an interpreter that has only their requirements."""

    python: Path
    classifier: Path
    summarizer: Path
    home: Path


@pytest.fixture(scope="module")
def travelled(tmp_path_factory: pytest.TempPathFactory) -> _Travelled:
    home = tmp_path_factory.mktemp("travelled")
    store = find_store(f"sqlite:///{home}/mlflow.db")
    folders = {}
    with (
        pytest.MonkeyPatch.context() as patch,
        start_run(experiment="e", name="n", config={}, seed=0, store=store, output=home) as run,
    ):
        patch.setenv("MLFLOW_TRACKING_URI", store.uri)
        for task, name in (("classifier", "fast"), ("summarizer", "base")):
            version = run.log_model(locate_model(name, task=task), task=task, registered_name=task)
            folders[task] = fetch_model(version.uri).parent.parent
    python = _environment(home / "venv", folders["classifier"] / "requirements.txt")
    return _Travelled(python, folders["classifier"], folders["summarizer"], home)


def _environment(folder: Path, requirements: Path) -> Path:
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / "bin" / "python"
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    if subprocess.run([*pip, "--dry-run", "--no-deps", "jieba"], capture_output=True).returncode:
        pytest.skip("no package registry can be reached")
    subprocess.run([*pip, "-r", str(requirements)], check=True)
    return python


def _bare() -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "MLFLOW_ALLOW_PICKLE_DESERIALIZATION": "false",
        "MLFLOW_DISABLE_TELEMETRY": "true",
    }


def test_both_answer_there_as_they_do_here(travelled):
    done = subprocess.run(
        [travelled.python, "-I", "-c", SCRIPT, travelled.classifier, travelled.summarizer, TEXT],
        env=_bare(),
        cwd=travelled.home,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout.splitlines()[-1])
    assert Path(answer["code"]).is_relative_to(travelled.classifier / "code")
    assert answer["torch"] is False
    sentence = govtext.Sentence(TEXT, 0, len(TEXT), "监督", None)
    expected = govtext.predict([sentence, TEXT])
    assert answer["labels"]["label"] == [item.label for item in expected]
    assert answer["labels"]["score"] == pytest.approx([item.score for item in expected])
    assert answer["unsure"]["label"] == [None, None]
    assert answer["sum"]["text"] == [
        govtext.summarize(TEXT, max_chars=30, focus="supervision").text
    ]


def test_no_file_is_a_pickle(travelled):
    for folder in (travelled.classifier, travelled.summarizer):
        files = [path for path in folder.rglob("*") if path.is_file()]
        assert len(files) > 20
        assert not [path for path in files if _is_pickle(path)]


def _is_pickle(path: Path) -> bool:
    if path.suffix in (".pkl", ".pickle", ".joblib", ".pt", ".pth", ".npz"):
        return True
    content = path.read_bytes()
    if not content.startswith(b"\x80"):
        return False
    try:
        return len(list(pickletools.genops(content))) > 1
    except ValueError:
        return False


@pytest.fixture(scope="module")
def classifier_server(travelled):
    with _served(travelled, travelled.classifier) as address:
        yield address


@pytest.fixture(scope="module")
def summarizer_server(travelled):
    with _served(travelled, travelled.summarizer) as address:
        yield address


def _served(travelled: _Travelled, model: Path):
    port = free_port()
    command = [str(travelled.python.with_name("mlflow")), "models", "serve", "-m", str(model)]
    command += ["--env-manager", "local", "--host", "127.0.0.1", "--port", str(port)]
    path = f"{travelled.python.parent}:{os.environ['PATH']}"
    log = travelled.home / f"serve-{port}.log"
    return serving(command, port, log, **{**_bare(), "PATH": path, "PYTHONPATH": ""})


def _ask(address: str, body: Any) -> tuple[int, Any]:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(
        f"{address}/invocations", content, {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=300) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def test_served_classifier_answers_with_json(classifier_server):
    rows = [{"text": TEXT, "heading": "监督"}, {"text": "举办代表培训班两期。"}]
    status, answer = _ask(classifier_server, {"dataframe_records": rows})
    assert status == 200
    [first, second] = answer["predictions"]
    assert first["label"] == "supervision"
    assert second["label"] == "self_building"
    assert json.loads(second["probabilities"])["self_building"] == pytest.approx(second["score"])
    status, answer = _ask(
        classifier_server, {"inputs": {"text": [TEXT]}, "params": {"min_score": 1.0}}
    )
    assert (status, answer["predictions"][0]["label"]) == (200, None)


def test_served_summarizer_answers_with_json(summarizer_server):
    body = {"inputs": {"text": [TEXT]}, "params": {"max_chars": 30, "focus": "supervision"}}
    status, answer = _ask(summarizer_server, body)
    assert status == 200
    [row] = answer["predictions"]
    assert 0 < len(row["text"]) <= 30
    assert json.loads(row["evidence"])


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"{", "Ensure that input is a valid JSON formatted string"),
        ({"rows": []}, "exactly one of the input fields"),
        ({"inputs": {"txt": ["a"]}}, "missing inputs ['text']"),
        ({"inputs": {"text": [""]}}, "row 0: text is empty"),
        ({"dataframe_records": [{"text": "好。"}, {"text": None}]}, "row 1: text is missing"),
        ({"inputs": {"text": ["，。"]}}, "item 0 is empty or has no letter"),
        ({"inputs": {"text": ["好。"]}, "params": {"min_score": 2}}, "expected a number from 0"),
        ({"inputs": {"text": ["好。"]}, "params": {"min_score": "much"}}, "min_score"),
    ],
)
def test_bad_request_is_told_what_is_wrong(classifier_server, body, message):
    status, answer = _ask(classifier_server, body)
    assert status == 400
    assert message in answer["message"]
    assert "Traceback" not in json.dumps(answer)


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"max_chars": 3}, "max_chars is 3"),
        ({"focus": "weather"}, "focus is 'weather'; the classifier's labels are supervision, "),
        ({"max_chars": "many"}, "max_chars"),
    ],
)
def test_bad_parameter_is_told_what_is_wrong(summarizer_server, params, message):
    status, answer = _ask(summarizer_server, {"inputs": {"text": [TEXT]}, "params": params})
    assert status == 400
    assert message in answer["message"]
    assert "Traceback" not in json.dumps(answer)
