"""The Markdown documents of a repository: in the archive of a commit, or in a folder."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from govtext.corpus.public.sources import Repository
from govtext.errors import DataError

_MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file of a repository: its path inside the repository, and what it says."""

    path: str
    text: str


def read_archive(archive: Path) -> Iterator[Document]:
    """Yield the Markdown files of a .tar.gz, without unpacking anything.

    The one folder that hosts put around a repository is left out of the paths.

    Raises:
        DataError: It is no .tar.gz, is cut, or holds a path that leads out of it, a device, or an
            unreasonably large document.
    """
    try:
        with tarfile.open(archive, "r:gz") as tar:
            for member in tar:
                _refuse_dangerous(member, archive)
                file = tar.extractfile(member) if member.name.endswith(".md") else None
                if file is not None:
                    _, _, path = member.name.removeprefix("./").partition("/")
                    yield Document(path, _decode(file.read(), f"{archive}: {member.name}"))
    except (tarfile.TarError, EOFError, OSError) as error:
        raise DataError(f"{archive}: not a complete .tar.gz: {error}; remove it") from error


def read_folder(folder: Path) -> Iterator[Document]:
    """Yield the Markdown files of an unpacked repository.

    Raises:
        DataError: A file is not UTF-8.
    """
    for path in sorted(folder.rglob("*.md")):
        if path.is_file():
            yield Document(
                path.relative_to(folder).as_posix(), _decode(path.read_bytes(), str(path))
            )


def find_repository(folder: Path, repository: Repository) -> Path | None:
    """Return the folder, or the one in it, that is a copy of a repository; None if there is none.

    A copy is known by the folders that the repository has.
    """
    inside = sorted(path for path in folder.iterdir() if path.is_dir())
    for candidate in (folder, *inside):
        if all((candidate / name).is_dir() for name in repository.folders):
            return candidate
    return None


def _refuse_dangerous(member: tarfile.TarInfo, archive: Path) -> None:
    try:
        tarfile.data_filter(member, str(archive.parent))
    except tarfile.FilterError as error:
        raise DataError(f"{archive}: refused: {error}") from error
    if member.name.endswith(".md") and member.size > _MOST_BYTES:
        raise DataError(f"{archive}: refused: {member.name} has {member.size} bytes")


def _decode(data: bytes, place: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DataError(f"{place}:{line}: not UTF-8") from error
