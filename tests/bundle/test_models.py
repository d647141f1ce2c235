"""What ships must be whole and small."""

from pathlib import Path

import pytest

import govtext
from govtext.bundle.locate import locate_model, shipped_models
from govtext.bundle.manifest import read_manifest, verify_files, write_manifest
from govtext.errors import ModelError

MODELS = Path(govtext.__file__).parent / "models"
SHIPPED = [("classifier", "fast"), ("summarizer", "base")]


@pytest.mark.parametrize(("task", "name"), SHIPPED)
def test_shipped_models_are_whole(task, name):
    folder = locate_model(name, task=task)
    manifest = read_manifest(folder, task=task)
    verify_files(folder, manifest)
    assert "## Provenance" in (folder / "README.md").read_text(encoding="utf-8")


def test_shipped_models_are_small_and_plain():
    files = [path for path in MODELS.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} <= {".json", ".safetensors", ".bin", ".md"}
    assert sum(path.stat().st_size for path in files) < 85 * 2**20


def test_the_shipped_are_listed():
    assert shipped_models("classifier") == ["accurate", "fast"]
    assert shipped_models("summarizer") == ["base"]


def test_a_changed_file_is_noticed(tmp_path):
    (tmp_path / "a.json").write_text("1", encoding="utf-8")
    manifest = write_manifest(tmp_path, task="classifier", kind="x", settings={})
    verify_files(tmp_path, manifest)
    (tmp_path / "a.json").write_text("2", encoding="utf-8")
    with pytest.raises(ModelError, match=r"a.json: the file differs from the one that was saved"):
        verify_files(tmp_path, manifest)
