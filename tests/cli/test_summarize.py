import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from govtext.cli.main import app

TEXT = "听取审议专项工作报告12项，督促整改问题86个。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"no pdf")
    (tmp_path / "sub" / "c.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def run(*arguments: object):
    return CliRunner().invoke(app, ["summarize", *map(str, arguments)])


def test_a_folder_gives_a_line_each_and_names_the_bad_file(folder: Path) -> None:
    result = run(folder)
    assert result.exit_code == 1
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [Path(r["source"]).name for r in records] == ["a.txt", "c.md"]
    assert records[0]["summary"] == TEXT
    assert {c["outcome"] for c in records[0]["checks"]} == {"found"}
    assert f"{folder / 'b.pdf'}: is no PDF" in result.stderr
    assert "1 of 3 files were not summarized" in result.stderr


def test_a_folder_of_good_files_is_done(folder: Path) -> None:
    (folder / "b.pdf").unlink()
    assert run(folder).exit_code == 0


def test_a_file_with_a_line_each(folder: Path) -> None:
    result = run(folder / "a.txt", "--jsonl")
    assert json.loads(result.stdout)["summary"] == TEXT
    assert result.exit_code == 0


def test_what_does_not_go_together(folder: Path) -> None:
    assert run(folder, "--json").exit_code == 2
    assert run(folder / "a.txt", "--json", "--jsonl").exit_code == 2
    assert run(folder / "a.txt", "--detail", "long").exit_code == 2


def test_an_empty_folder(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert "holds no report" in str(result.exception)
