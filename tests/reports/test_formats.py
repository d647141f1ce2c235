"""Word documents, web pages and PDFs, made here by the libraries that people use."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest

from govtext.errors import InputError
from govtext.reports import read_reports
from tests.reports.pdf_writer import pdf
from tests.reports.samples import (
    FINANCE,
    HEADING,
    OPENING,
    PEOPLE,
    REPORT,
    SECOND,
    SHAPE,
    SUBTITLE,
    TITLE,
    VOICES,
    shape,
)


@pytest.fixture
def styled() -> docx.document.Document:
    document = docx.Document()
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph(SUBTITLE)
    document.add_paragraph(OPENING)
    document.add_paragraph(HEADING, style="Heading 1")
    document.add_paragraph(f"\u3000\u3000{FINANCE}")
    document.add_paragraph(PEOPLE)
    document.add_paragraph(SECOND, style="Heading 1")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = VOICES
    return document


def test_word_document_with_styles(tmp_path: Path, styled: docx.document.Document) -> None:
    styled.save(str(tmp_path / "report.docx"))
    (report,) = read_reports(tmp_path / "report.docx")
    assert (report.title, shape(report)) == (TITLE, SHAPE)


def test_word_document_without_styles(tmp_path: Path) -> None:
    document = docx.Document()
    for block in REPORT.split("\n\n"):
        document.add_paragraph(block)
    document.save(str(tmp_path / "report.docx"))
    (report,) = read_reports(tmp_path / "report.docx")
    assert (report.title, shape(report)) == (TITLE, SHAPE)


def test_running_text_in_a_heading_style_is_a_paragraph(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(f"（一）加强财政监督。{FINANCE}", style="Heading 2")
    document.save(str(tmp_path / "report.docx"))
    (report,) = read_reports(tmp_path / "report.docx")
    assert shape(report) == [(None, [f"（一）加强财政监督。{FINANCE}"])]


def _zip(names: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 cut", "damaged or no Word document"),
        (_zip({"a.txt": b"x"}), "is a zip archive but no Word document; save it as .docx"),
        (_zip({"[Content_Types].xml": b"<x"}), "damaged or no Word document"),
    ],
)
def test_damaged_word_documents(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_reports(path)
    assert message in str(caught.value)


def test_zip_bombs_are_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(_zip({"[Content_Types].xml": bytes(201 * 2**20)}))
    with pytest.raises(InputError, match="unpacks to 201 MB; too large for a report"):
        read_reports(path)


def _page(charset: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="{charset}"><title>云溪人大网</title>
<style>p {{ color: red }}</style><script>var 提示 = "登录";</script></head><body>
<nav><a>首页</a> <a>要闻</a></nav><div class="main"><h1>{TITLE}</h1>
<div>发布时间：2024-01-10 来源：云溪区人大</div><p align="center">{SUBTITLE}</p><p>&emsp;&emsp;{OPENING[:20]}
   {OPENING[20:]}</p><h2>{HEADING}</h2><div><p>&#12288;&#12288;{FINANCE}<br>{PEOPLE[:30]}<b>{PEOPLE[30:]}</b>
</p></div><h2>{SECOND}</h2><table><tr><td>{VOICES}</td></tr></table></div>
<!-- 注释 --><footer>版权所有 云溪区人大</footer></body></html>"""


@pytest.mark.parametrize(
    ("declared", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("gbk", "utf-8")]
)
@pytest.mark.parametrize("name", ["report.html", "report.htm"])
def test_web_page(tmp_path: Path, name: str, declared: str, encoding: str) -> None:
    path = tmp_path / name
    path.write_bytes(_page(declared).encode(encoding))
    (report,) = read_reports(path)
    assert (report.title, shape(report)) == (TITLE, SHAPE)


@pytest.mark.parametrize(
    "markup",
    ["<p>听取</p>" + "<div>" * 3000 + "审议", '<?xml version="1.0"?><p>听取</p>', "听取<br>"],
)
def test_odd_markup_is_read(tmp_path: Path, markup: str) -> None:
    path = tmp_path / "report.html"
    path.write_text(markup, encoding="utf-8")
    assert "听取" in read_reports(path)[0].text


def test_page_without_text(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("<html><body><script>听取</script></body></html>", encoding="utf-8")
    with pytest.raises(InputError, match="is empty or only white space"):
        read_reports(path)


def _wrapped(text: str, width: int) -> list[str]:
    return [text[i : i + width] for i in range(0, len(text), width)]


def test_pdf(tmp_path: Path) -> None:
    lines = [line for block in REPORT.split("\n\n") for line in _wrapped(block, 38)]
    pages = [[*lines[:6], "- 1 -"], [*lines[6:], "- 2 -"]]
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf(pages))
    (report,) = read_reports(path)
    assert (report.title, shape(report)) == (TITLE, SHAPE)


def test_pdf_with_running_heads(tmp_path: Path) -> None:
    blocks = ["一、加强监督", FINANCE, "二、改善民生", PEOPLE, "三、听取民意", VOICES]
    pages = [
        [
            "云溪区人大公报",
            *(line for block in blocks[i : i + 2] for line in _wrapped(block, 30)),
            str(i),
        ]
        for i in (0, 2, 4)
    ]
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf(pages))
    (report,) = read_reports(path)
    assert [section.heading for section in report.sections][-2:] == ["二、改善民生", "三、听取民意"]
    assert report.text.count("云溪区人大公报") <= 1


def test_pdf_without_text_layer(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf([[], []]))
    with pytest.raises(InputError, match=r"no text layer \(2 pages of images\?\); run text rec"):
        read_reports(path)


def _encrypted(user_password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([[FINANCE]])))
    writer.encrypt(user_password, owner_password="owner", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_encrypted_pdf(tmp_path: Path) -> None:
    path = tmp_path / "secret.pdf"
    path.write_bytes(_encrypted("secret"))
    with pytest.raises(InputError, match="the PDF is encrypted; save a copy without a password"):
        read_reports(path)
    path.write_bytes(_encrypted(""))
    assert read_reports(path)[0].sections[0].paragraphs[0].text == FINANCE


@pytest.mark.parametrize("cut", [9, 200, 700])
def test_damaged_pdf(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "cut.pdf"
    path.write_bytes(pdf([[FINANCE]])[:cut])
    with pytest.raises(InputError, match=r"damaged PDF|no text layer"):
        read_reports(path)


def test_word_shows_insertions_and_controls_but_no_deletions(tmp_path):
    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = Document()
    paragraph = document.add_paragraph("听取报告")
    run = "<w:r><w:t>{}</w:t></w:r>"
    for xml in (
        f"<w:ins {nsdecls('w')}>{run.format('二十项')}</w:ins>",
        f"<w:del {nsdecls('w')}><w:r><w:delText>九项</w:delText></w:r></w:del>",
        f"<w:sdt {nsdecls('w')}><w:sdtContent>{run.format('，效果明显。')}</w:sdtContent></w:sdt>",
    ):
        paragraph._p.append(parse_xml(xml))
    block = f"<w:p>{run.format('开展视察三次。')}</w:p>"
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent>{block}</w:sdtContent></w:sdt>"
    document.element.body.insert(1, parse_xml(control))
    document.save(tmp_path / "changes.docx")
    [report] = read_reports(tmp_path / "changes.docx")
    assert report.text.split("\n") == ["听取报告二十项，效果明显。", "开展视察三次。"]
