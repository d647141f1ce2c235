"""The manifest of a model folder: what the model is and which files belong to it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from govtext.errors import MissingFileError, ModelError

FORMAT_VERSION = 1
MANIFEST_NAME = "govtext.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a model folder holds.

    Attributes:
        task: classifier or summarizer.
        kind: The kind of model, which decides what code reads the files.
        settings: What the model needs to know besides its arrays; plain JSON.
        files: Name of each file of the model, relative to the folder, to its SHA-256.
        format_version: Version of this layout.
        govtext_version: Version of govtext that wrote the folder.
    """

    task: str
    kind: str
    settings: dict[str, Any] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    format_version: int = FORMAT_VERSION
    govtext_version: str = ""


def write_manifest(folder: Path, *, task: str, kind: str, settings: dict[str, Any]) -> Manifest:
    """Write the manifest of a folder whose model files are already in place.

    Every file below the folder belongs to the model, but for the manifest itself and README.md,
    the model card.
    """
    from govtext import __version__

    names = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path not in (folder / MANIFEST_NAME, folder / "README.md")
    )
    files = {name: file_digest(folder / name) for name in names}
    manifest = Manifest(task, kind, settings, files, govtext_version=__version__)
    content = json.dumps(asdict(manifest), ensure_ascii=False, indent=2)
    (folder / MANIFEST_NAME).write_text(content + "\n", encoding="utf-8")
    return manifest


def read_manifest(folder: Path, *, task: str) -> Manifest:
    """Read a folder's manifest and see that the model is complete.

    File contents are not hashed here: `verify_files` does that.

    Raises:
        MissingFileError: The folder is not there.
        ModelError: It is no model folder, is for another task, was written by a newer
            format, or lacks a file.
    """
    if not folder.is_dir():
        raise MissingFileError(f"{folder}: no such model folder")
    path = folder / MANIFEST_NAME
    if not path.is_file():
        raise ModelError(f"{folder}: not a govtext model folder, {MANIFEST_NAME} is missing")
    try:
        manifest = Manifest(**json.loads(path.read_text(encoding="utf-8")))
        if not isinstance(manifest.format_version, int):
            raise TypeError(f"format_version is {manifest.format_version!r}")
        if not isinstance(manifest.files, dict) or not isinstance(manifest.settings, dict):
            raise TypeError("files and settings must be objects")
    except (ValueError, TypeError) as error:
        raise ModelError(f"{path}: not a valid manifest: {error}") from error
    if manifest.format_version > FORMAT_VERSION:
        raise ModelError(
            f"{path}: format {manifest.format_version} is newer than this govtext reads "
            f"({FORMAT_VERSION}); update govtext"
        )
    if manifest.task != task:
        raise ModelError(f"{folder}: holds a {manifest.task}, but a {task} is needed")
    missing = [name for name in manifest.files if not _inside(folder, name).is_file()]
    if missing:
        raise ModelError(f"{folder}: the model is incomplete, missing {', '.join(missing)}")
    return manifest


def verify_files(folder: Path, manifest: Manifest) -> None:
    """Compare every file of a model with the digest in its manifest.

    Raises:
        ModelError: A file differs from what was written.
    """
    for name, digest in manifest.files.items():
        if file_digest(_inside(folder, name)) != digest:
            raise ModelError(f"{folder / name}: the file differs from the one that was saved")


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _inside(folder: Path, name: str) -> Path:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ModelError(f"{folder}: the manifest names {name!r}, which lies outside the folder")
    return path
