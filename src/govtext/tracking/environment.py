"""Where a run was made: program, person, machine and the versions of what it used."""

from __future__ import annotations

import getpass
import os
import platform
import shlex
import sys
from importlib import metadata
from pathlib import Path

from govtext import __version__
from govtext.processes import process_count
from govtext.tracking.git import GitState
from govtext.tracking.process import host_name, machine_id, memory_gib, process_start

_LIBRARIES = ("numpy", "scikit-learn", "torch", "transformers", "ctranslate2", "mlflow-skinny")
_LONGEST_COMMAND = 2000


def environment_tags() -> dict[str, str]:
    """Return the tags that say where this process runs."""
    program = Path(sys.argv[0]).name or "python"
    pid = os.getpid()
    return {
        "mlflow.source.name": program,
        "mlflow.source.type": "LOCAL",
        "mlflow.user": _user(),
        "govtext.command": _shortened(shlex.join([program, *sys.argv[1:]])),
        "govtext.version": __version__,
        "govtext.libraries": ", ".join(_versions(_LIBRARIES)),
        "govtext.python": platform.python_version(),
        "govtext.platform": platform.platform(),
        "govtext.cpu": f"{_processor()} x {os.cpu_count()}",
        "govtext.memory": f"{memory_gib():.0f} GiB",
        "govtext.processes": str(process_count()),
        "govtext.host": host_name(),
        "govtext.machine": machine_id(),
        "govtext.pid": str(pid),
        "govtext.pid_started": str(process_start(pid)),
    }


def git_tags(state: GitState) -> dict[str, str]:
    """Return the tags that say which code ran, or why that is not known."""
    if state.commit is None:
        return {"govtext.git": state.note}
    tags = {
        "mlflow.source.git.commit": state.commit,
        "mlflow.source.git.dirty": str(state.dirty).lower(),
    }
    return {**tags, "mlflow.source.git.branch": state.branch} if state.branch else tags


def installed_packages() -> str:
    """Return the installed distributions with their versions, one a line."""
    found = {
        f"{item.metadata['Name']}=={item.version}"
        for item in metadata.distributions()
        if item.metadata["Name"]
    }
    return "".join(f"{line}\n" for line in sorted(found, key=str.lower))


def _shortened(command: str) -> str:
    return command if len(command) <= _LONGEST_COMMAND else command[: _LONGEST_COMMAND - 1] + "…"


def _versions(names: tuple[str, ...]) -> list[str]:
    found = []
    for name in names:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            continue
    return found


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
