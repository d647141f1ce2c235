"""A file to its text: what may be read, by which reader, and what is refused."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from govtext.errors import InputError, InputTypeError, MissingFileError
from govtext.reports.encoding import decode
from govtext.reports.from_markdown import markdown_text

MAX_BYTES = 20 * 1024 * 1024
# Longest path that a message shows in full: longer ones are mostly texts given as a path.
_SHOWN = 200
# First bytes of files that are often found under a wrong name.
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive such as .docx"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word file (.doc) or a protected .docx"),
    (b"{\\rtf", "a rich text file (.rtf)"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
)


def read_text(path: str | os.PathLike[str]) -> str:
    """Return the text of a file, headings marked with `#` where its format says which they are.

    Args:
        path: A .txt, .md, .docx, .pdf, .html or .htm file of at most `MAX_BYTES`.

    Raises:
        InputTypeError: `path` is no path.
        MissingFileError: There is no such file.
        InputError: The file is no regular file, empty, too large, of another kind, or not what
            its suffix says.
    """
    if not isinstance(path, (str, os.PathLike)) or not isinstance(os.fspath(path), str):
        raise InputTypeError(
            f"path must be a string or a pathlib.Path, got {type(path).__name__}; "
            "for a string of text use read_reports(text=…)"
        )
    file = Path(path)
    name = _shown(str(file))
    data = _load(file, name)
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        raise InputError(
            f"{name}: cannot read {file.suffix or 'files without a suffix'}; "
            f"expected one of {', '.join(_READERS)}"
        )
    if not data.strip():
        raise InputError(f"{name}: the file is empty; expected a report")
    return reader(data, name)


def _load(file: Path, name: str) -> bytes:
    try:
        if not file.exists():
            raise MissingFileError(
                f"{name}: no such file; for a string of text use read_reports(text=…)"
            )
        if not file.is_file():
            kind = "a folder" if file.is_dir() else "not a regular file"
            raise InputError(f"{name}: is {kind}; expected a file with a report")
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, (MissingFileError, InputError)):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{name}: cannot be opened ({reason})") from error
    if len(data) > MAX_BYTES:
        raise InputError(
            f"{name}: larger than {MAX_BYTES // 2**20} MB; split the file or remove its images"
        )
    return data


def _shown(name: str) -> str:
    flat = name.replace("\r", " ").replace("\n", " ")
    return flat if len(flat) <= _SHOWN else f"{flat[: _SHOWN // 2]}…{flat[-_SHOWN // 2 :]}"


def _signature(data: bytes) -> str | None:
    return next((kind for magic, kind in _SIGNATURES if data.startswith(magic)), None)


def _read_plain(data: bytes, name: str) -> str:
    kind = _signature(data)
    if kind is not None:
        raise InputError(f"{name}: is {kind}, not text; give the file the right suffix")
    return decode(data, name)


def _read_markdown(data: bytes, name: str) -> str:
    return markdown_text(_read_plain(data, name))


def _read_html(data: bytes, name: str) -> str:
    from govtext.reports.from_html import html_text

    kind = _signature(data)
    if kind is not None:
        raise InputError(f"{name}: is {kind}, not HTML; give the file the right suffix")
    return html_text(data, name)


def _read_docx(data: bytes, name: str) -> str:
    from govtext.reports.from_docx import docx_text

    if not data.startswith(b"PK"):
        kind = _signature(data) or "no zip archive"
        raise InputError(f"{name}: is {kind}, not a Word document; save it as .docx")
    return docx_text(data, name)


def _read_pdf(data: bytes, name: str) -> str:
    from govtext.reports.from_pdf import pdf_text

    if b"%PDF-" not in data[:1024]:
        kind = _signature(data) or "no PDF"
        raise InputError(f"{name}: is {kind} although its suffix is .pdf; expected a PDF")
    return pdf_text(data, name)


_READERS: dict[str, Callable[[bytes, str], str]] = {
    ".txt": _read_plain,
    ".md": _read_markdown,
    ".docx": _read_docx,
    ".pdf": _read_pdf,
    ".html": _read_html,
    ".htm": _read_html,
}
SUFFIXES = tuple(_READERS)


def report_files(folder: str | os.PathLike[str]) -> list[Path]:
    """Return the files in a folder, and in those below it, that may hold reports, by name.

    Hidden ones are left out.

    Raises:
        InputError: There is none.
    """
    root = Path(folder)
    files = sorted(
        file
        for file in root.rglob("*")
        if file.suffix.lower() in SUFFIXES
        and file.is_file()
        and not any(part.startswith(".") for part in file.relative_to(root).parts)
    )
    if not files:
        raise InputError(f"{root}: holds no report; expected files such as {', '.join(SUFFIXES)}")
    return files
