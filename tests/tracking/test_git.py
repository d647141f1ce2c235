from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from govtext.tracking.git import read_git

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def _git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(
        ["git", "-C", str(folder), *identity, *arguments],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "仓库"
    folder.mkdir()
    _git(folder, "init", "--quiet", "--initial-branch=main")
    (folder / "说明.txt").write_text("一\n", encoding="utf-8")
    _git(folder, "add", ".")
    _git(folder, "commit", "--quiet", "--message=one")
    return folder


@needs_git
def test_clean(repository):
    state = read_git(repository)
    assert state.commit == _git(repository, "rev-parse", "HEAD")
    assert (state.branch, state.dirty, state.diff, state.note) == ("main", False, "", "")


@needs_git
def test_changed_file_is_in_the_diff_from_any_subfolder(repository):
    (repository / "说明.txt").write_text("二\n", encoding="utf-8")
    (repository / "sub").mkdir()
    state = read_git(repository / "sub")
    assert state.dirty
    assert "-一\n+二" in state.diff
    assert " M 说明.txt" in state.status.replace('"', "")


@needs_git
def test_untracked_file_is_listed_but_not_a_change(repository):
    (repository / "new.py").write_text("")
    state = read_git(repository)
    assert state.status == "?? new.py\n"
    assert not state.dirty


@needs_git
def test_detached_head_has_no_branch(repository):
    _git(repository, "checkout", "--quiet", "--detach")
    state = read_git(repository)
    assert state.branch is None
    assert state.commit


@needs_git
def test_repository_without_commit(tmp_path):
    _git(tmp_path, "init", "--quiet")
    assert read_git(tmp_path).note == "the repository has no commit"


@needs_git
def test_hook_variables_do_not_mislead(repository, tmp_path, monkeypatch):
    other = tmp_path / "other"
    other.mkdir()
    _git(other, "init", "--quiet")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    assert read_git(repository).branch == "main"


@needs_git
def test_huge_diff_is_cut_and_says_so(repository):
    (repository / "说明.txt").write_text("x" * 1_100_000, encoding="utf-8")
    diff = read_git(repository).diff
    assert len(diff) < 1_001_000
    assert diff.endswith(" characters in all]\n")


@needs_git
def test_no_repository(tmp_path):
    assert read_git(tmp_path).note.startswith("not a git repository")


@needs_git
def test_no_such_folder(tmp_path):
    assert "No such file" in read_git(tmp_path / "gone").note


def test_git_not_installed(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read_git(tmp_path).note == "git is not installed"
