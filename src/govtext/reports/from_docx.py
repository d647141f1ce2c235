"""The text of a Word document."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from govtext.errors import InputError
from govtext.text.sentences import sentence_spans

MAX_UNPACKED_BYTES = 200 * 1024 * 1024
_HEADING = re.compile(r"Heading (\d)")


def docx_text(data: bytes, name: str) -> str:
    """Return the paragraphs and table cells of a document, one a line, in reading order.

    Paragraphs in a title or heading style are marked with `#`. Numbers that Word generates,
    headers, footers, notes and text boxes are no part of the text.

    Raises:
        InputError: The file is damaged, no Word document, or unpacks to more than
            `MAX_UNPACKED_BYTES`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            has_document = "[Content_Types].xml" in archive.namelist()
        if unpacked > MAX_UNPACKED_BYTES:
            raise InputError(f"{name}: unpacks to {unpacked // 2**20} MB; too large for a report")
        if not has_document:
            raise InputError(f"{name}: is a zip archive but no Word document; save it as .docx")
        document = docx.Document(io.BytesIO(data))
        _accept_changes(document.element.body)
        return "\n".join(_lines(document))
    except InputError:
        raise
    except Exception as error:
        raise InputError(
            f"{name}: damaged or no Word document ({type(error).__name__}: {error}); "
            "open it in Word and save it again as .docx"
        ) from error


def _accept_changes(body: Any) -> None:
    """Show the text as Word does: insertions and controls are text, deletions are gone."""
    for gone in list(body.iter(qn("w:del"), qn("w:moveFrom"))):
        gone.getparent().remove(gone)
    wrappers = [qn(f"w:{name}") for name in ("ins", "moveTo", "smartTag", "customXml", "sdt")]
    for wrapper in reversed(list(body.iter(*wrappers))):
        parent = wrapper.getparent()
        content = wrapper.find(qn("w:sdtContent"))
        for child in list(wrapper if content is None else content):
            wrapper.addprevious(child)
        parent.remove(wrapper)


def _lines(container: Any) -> Iterator[str]:
    """Yield the lines of a document or a cell."""
    for block in container.iter_inner_content():
        if isinstance(block, Paragraph):
            yield _heading_mark(block) + block.text
        elif isinstance(block, Table):
            yield from _table_lines(block)


def _table_lines(table: Table) -> Iterator[str]:
    seen: set[Any] = set()
    for row in table.rows:
        for cell in row.cells:
            if cell._tc not in seen:  # a merged cell is met once for each place it covers
                seen.add(cell._tc)
                yield from _lines(cell)


def _heading_mark(paragraph: Paragraph) -> str:
    """Return the `#` of a paragraph in a heading style; running text in such a style has none."""
    style = (paragraph.style.name if paragraph.style is not None else None) or ""
    match = _HEADING.match(style)
    depth = 1 if style == "Title" else int(match[1]) + 1 if match else 0
    if not depth or len(sentence_spans(paragraph.text)) != 1:
        return ""
    return "#" * min(depth, 6) + " "
