"""Read the reports of a file or of a string."""

from __future__ import annotations

import os

from govtext.errors import InputError, InputTypeError
from govtext.reports.build import build_report
from govtext.reports.files import MAX_BYTES, read_text
from govtext.reports.joining import join_lines
from govtext.reports.lines import clean_lines
from govtext.reports.openings import find_reports
from govtext.text.characters import has_han, lone_surrogate
from govtext.types import Report


def read_reports(
    path: str | os.PathLike[str] | None = None, *, text: str | None = None
) -> list[Report]:
    """Read the work reports of a file or of a string.

    Lines broken by columns, pages or wrapping are joined; page numbers and newspaper lines above
    a title are left out; control characters and zero-width spaces are dropped; every other
    character is kept as it is. Subtitle, session line, speaker, salutation (各位代表：), captions
    and signatures stand in `Report.text` and in no paragraph.

    Args:
        path: A .txt, .md, .docx, .pdf, .html or .htm file.
        text: The text itself; give either this or `path`.

    Returns:
        The reports in the order of the file, at least one. Text without a title is one report
        whose title is None.

    Raises:
        InputTypeError: `path` or `text` has a wrong type.
        MissingFileError: There is no such file.
        InputError: Both or neither were given; the file cannot be read as what its suffix says,
            is too large, encrypted or has no text layer; the text is empty, has no Chinese
            character, or holds NUL characters or lone surrogates.
    """
    if (path is None) == (text is None):
        raise InputError("read_reports takes either a path or text=…, got both or neither")
    if path is not None:
        source: str | None = str(path)
        content = read_text(path)
    else:
        source = None
        content = _checked_string(text)
    _check(content, source or "text")
    return [
        build_report(opened, source=source)
        for opened in find_reports(join_lines(clean_lines(content)))
    ]


def _checked_string(text: object) -> str:
    if not isinstance(text, str):
        raise InputTypeError(f"text must be a string, got {type(text).__name__}")
    if len(text) > MAX_BYTES:
        raise InputError(
            f"text: has {len(text)} characters, more than {MAX_BYTES}; read it in parts"
        )
    return text


def _check(text: str, name: str) -> None:
    if not text.strip():
        raise InputError(f"{name}: is empty or only white space; expected a report")
    if "\x00" in text:
        position = text.index("\x00")
        raise InputError(
            f"{name}: has a NUL character at position {position}, so it is binary data and no "
            "text; expected a report"
        )
    half = lone_surrogate(text)
    if half is not None:
        raise InputError(
            f"{name}: has half a character (a lone surrogate) at position {half}; "
            "decode the text again from its bytes"
        )
    if not has_han(text):
        raise InputError(f"{name}: has no Chinese character; expected a report in Chinese")
