"""What the documents show must work as it stands."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

ROOT = Path(__file__).parent.parent
FENCE = re.compile(r"```python\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("code", FENCE.findall((ROOT / "README.md").read_text(encoding="utf-8")))
def test_python_of_the_readme_runs(code, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {})
    assert "supervision" in capsys.readouterr().out


def test_paths_of_the_readme_exist():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for path in re.findall(r"\b(?:configs|data|experiments|scripts)/[\w./-]*\w", text):
        assert (ROOT / path).exists(), path


def test_commands_of_the_readme_are_known():
    from govtext.cli.main import app

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in set(re.findall(r"\$ govtext ((?:\w+ ?)(?:classifier|summarizer|check)?)", text)):
        result = CliRunner().invoke(app, [*command.split(), "--help"])
        assert result.exit_code == 0, command
