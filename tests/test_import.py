"""`import govtext` must cost next to nothing."""

import json
import subprocess
import sys

import pytest

import govtext

HEAVY = ["torch", "transformers", "sklearn", "mlflow", "numpy", "jieba", "pydantic", "ctranslate2"]
LIGHT = [
    "govtext.bundle.locate",
    "govtext.bundle.manifest",
    "govtext.errors",
    "govtext.reports",
    "govtext.taxonomy",
    "govtext.text.sentences",
    "govtext.tracking",
    "govtext.types",
]


def modules_after(code: str) -> list[str]:
    code += "; import json, sys; print(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def test_import_loads_nothing_heavy():
    loaded = modules_after("import govtext")
    assert not set(HEAVY) & set(loaded)
    assert sum(name.startswith("govtext") for name in loaded) <= 2


@pytest.mark.parametrize("module", LIGHT)
def test_light_modules_stay_light(module):
    assert not {"torch", "transformers", "sklearn", "mlflow"} & set(
        modules_after(f"import {module}")
    )


def test_predict_needs_no_training_library():
    loaded = modules_after("import govtext; govtext.predict('听取和审议预算报告。')")
    assert not {"torch", "transformers", "mlflow"} & set(loaded)


def test_summarize_needs_no_training_library():
    loaded = modules_after("import govtext; govtext.summarize('听取和审议预算报告。' * 30)")
    assert not {"torch", "transformers", "mlflow"} & set(loaded)


def test_public_names():
    for name in govtext.__all__:
        assert getattr(govtext, name) is not None
    assert set(govtext.__all__) <= set(dir(govtext))
    with pytest.raises(AttributeError, match="has no attribute 'pedict'"):
        govtext.pedict  # noqa: B018
