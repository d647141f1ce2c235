"""A PDF of lines of Chinese text: the least that readers accept, with a font named and not held."""

from __future__ import annotations

_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H"
    b" /DescendantFonts [ << /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 >> ] >>"
)


def pdf(pages: list[list[str]]) -> bytes:
    """Return a PDF with these lines on these pages; a page without lines has no text at all."""
    numbers = range(4, 4 + 2 * len(pages), 2)
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, len(pages)),
        3: _FONT,
    }
    for number, lines in zip(numbers, pages, strict=True):
        content = _content(lines)
        objects[number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (number + 1)
        )
        objects[number + 1] = b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content)
    return _file(objects)


def _content(lines: list[str]) -> bytes:
    drawn = [
        b"BT /F1 12 Tf 50 %d Td <%b> Tj ET"
        % (800 - 18 * i, line.encode("utf-16-be").hex().encode("ascii"))
        for i, line in enumerate(lines)
        if line
    ]
    return b"\n".join(drawn)


def _file(objects: dict[int, bytes]) -> bytes:
    data = bytearray(b"%PDF-1.4\n")
    offsets = {}
    for number in sorted(objects):
        offsets[number] = len(data)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, objects[number])
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for number in sorted(objects):
        data += b"%010d 00000 n \n" % offsets[number]
    data += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return bytes(data + b"startxref\n%d\n%%%%EOF\n" % start)
