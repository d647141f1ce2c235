"""Write a file whole or not at all, and never over another unasked."""

from __future__ import annotations

import os
from pathlib import Path

from govtext.errors import InputError


def check_target(path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
    """Return a path that a file may be written to.

    Raises:
        InputError: It is a folder, its folder is missing, or it exists and may not be replaced.
    """
    target = Path(path)
    if target.is_dir():
        raise InputError(f"{target}: is a folder; name a file in it")
    if not target.parent.is_dir():
        raise InputError(f"{target}: there is no folder {target.parent}; make it first")
    if target.exists() and not overwrite:
        raise InputError(
            f"{target}: exists; name a new file, or say that it may be replaced "
            "(overwrite=True, --force)"
        )
    if not os.access(target.parent, os.W_OK):
        raise InputError(f"{target}: the folder {target.parent} cannot be written to")
    return target


def write_text(path: str | os.PathLike[str], text: str, *, overwrite: bool = False) -> Path:
    """Write a text file in UTF-8 and return its path.

    Raises:
        InputError: As `check_target`, or the file cannot be written.
    """
    target = check_target(path, overwrite=overwrite)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="")
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(f"{target}: cannot be written ({error.strerror or error})") from error
    return target
