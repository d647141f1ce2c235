"""The state of the repository that an experiment is run from."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

_SECONDS = 30
_LONGEST_DIFF = 1_000_000


@dataclass(frozen=True, slots=True)
class GitState:
    """What git says of a folder.

    Attributes:
        commit: The commit checked out, None where there is none.
        branch: The branch, None where there is none or no branch is checked out.
        status: Changed and untracked files, as `git status --porcelain` lists them.
        diff: Changes to tracked files since the commit.
        note: Why there is no commit to name; empty where there is one.
    """

    commit: str | None = None
    branch: str | None = None
    status: str = ""
    diff: str = ""
    note: str = ""

    @property
    def dirty(self) -> bool:
        """Whether a tracked file differs from the commit."""
        return any(not line.startswith("??") for line in self.status.splitlines())


def read_git(folder: Path) -> GitState:
    """Return the state of the repository that a folder is in.

    Never fails: where git is not installed, or the folder is in no repository, or git refuses,
    the note says so.
    """
    program = shutil.which("git")
    if program is None:
        return GitState(note="git is not installed")
    try:
        _git(program, folder, "rev-parse", "--is-inside-work-tree")
        status = _git(program, folder, "status", "--porcelain", "--untracked-files=normal")
        if not _has_commit(program, folder):
            return GitState(status=status, note="the repository has no commit")
        return GitState(
            commit=_git(program, folder, "rev-parse", "HEAD").strip(),
            branch=_git(program, folder, "branch", "--show-current").strip() or None,
            status=status,
            diff=_shortened(
                _git(program, folder, "diff", "--no-ext-diff", "--no-textconv", "HEAD")
            ),
        )
    except _GitError as error:
        return GitState(note=str(error))


class _GitError(Exception):
    pass


def _has_commit(program: str, folder: Path) -> bool:
    try:
        _git(program, folder, "rev-parse", "--verify", "HEAD")
    except _GitError:
        return False
    return True


def _git(program: str, folder: Path, *arguments: str) -> str:
    """Run git in a folder and return what it prints.

    A hook of git runs with GIT_DIR set, which would send us to that repository instead.
    """
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    command = [program, "-C", str(folder), "-c", "core.quotepath=off", "--no-pager", *arguments]
    try:
        result = subprocess.run(  # noqa: S603 - a list of arguments, no shell
            command,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env={**inherited, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _GitError(f"git failed: {error}") from error
    if result.returncode != 0:
        lines = result.stderr.decode("utf-8", "replace").strip().splitlines()
        raise _GitError(
            lines[0].removeprefix("fatal: ")
            if lines
            else f"git ended with code {result.returncode}"
        )
    return result.stdout.decode("utf-8", "replace")


def _shortened(diff: str) -> str:
    if len(diff) <= _LONGEST_DIFF:
        return diff
    return f"{diff[:_LONGEST_DIFF]}\n[cut here: {len(diff)} characters in all]\n"
