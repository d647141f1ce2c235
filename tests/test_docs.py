"""What the documents show must work as it stands."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = sorted((ROOT / "docs").rglob("*.md"))
FENCE = re.compile(r"^```(python|console)\n(.*?)^```", re.DOTALL | re.MULTILINE)
# Its pages train a model.
SLOW = "training.md"


def blocks(path):
    return FENCE.findall(path.read_text(encoding="utf-8"))


def run_command(line):
    """Run a line that the documents show behind the prompt."""
    name, *arguments = shlex.split(line, comments=True)
    assert name == "govtext", line
    code = "from govtext.cli.main import main; main()"
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, stdout=subprocess.DEVNULL)


@pytest.mark.parametrize("code", [code for kind, code in blocks(README) if kind == "python"])
def test_python_of_the_readme_runs(code, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {})
    assert "supervision" in capsys.readouterr().out


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(
            path,
            id=path.stem,
            marks=pytest.mark.slow
            if path.name == SLOW or any(kind == "console" for kind, _ in blocks(path))
            else (),
        )
        for path in PAGES
        if blocks(path)
    ],
)
def test_blocks_of_the_documentation_run_in_order(path, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "src"), *sys.path]))
    names = {}
    for kind, block in blocks(path):
        if kind == "python":
            exec(compile(block, path.name, "exec"), names)
            continue
        for line in block.splitlines():
            run_command(line.removeprefix("$ "))


def test_paths_of_the_readme_exist():
    text = README.read_text(encoding="utf-8")
    for path in re.findall(
        r"\b(?:configs|data|docs|examples|experiments|scripts)/[\w./-]*\w", text
    ):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("path", [README, *PAGES], ids=lambda path: path.stem)
def test_commands_of_the_documents_are_known(path):
    from govtext.cli.main import app

    text = path.read_text(encoding="utf-8")
    for command in set(re.findall(r"\$ govtext ((?:\w+ ?)(?:classifier|summarizer|check)?)", text)):
        result = CliRunner().invoke(app, [*command.split(), "--help"])
        assert result.exit_code == 0, command


def test_links_of_the_documentation_lead_somewhere():
    for path in PAGES:
        for link in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")):
            assert link.startswith("http") or (path.parent / link).exists(), f"{path}: {link}"


def test_the_reference_has_every_public_name():
    import govtext

    text = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    for name in govtext.__all__:
        value = getattr(govtext, name)
        if isinstance(value, type):
            assert f"automodule:: {value.__module__}\n" in text, name
        elif callable(value):
            assert f"autofunction:: govtext.{name}\n" in text, name


@pytest.mark.slow
def test_the_site_can_be_built(tmp_path):
    pytest.importorskip("sphinx", reason="Sphinx is not installed: pip install 'govtext[docs]'")
    command = [sys.executable, "-m", "sphinx", "-W", "-q", "-d", tmp_path / "trees"]
    subprocess.run([*command, ROOT / "docs", tmp_path / "site"], check=True)
    reference = (tmp_path / "site" / "reference.html").read_text(encoding="utf-8")
    assert "Calibrated probability" in reference
    assert not re.search(r'<(?:script|link)[^>]+(?:src|href)="https?://', reference)
