"""Files: every kind is read, everything else is refused in one clear line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from govtext.errors import GovtextError, InputError, InputTypeError, MissingFileError
from govtext.reports import files, read_reports
from tests.reports.samples import HEADING, REPORT, SHAPE, TITLE, shape


def test_text_file(tmp_path: Path) -> None:
    path = tmp_path / "报告.TXT"
    path.write_text(REPORT, encoding="utf-8")
    (report,) = read_reports(path)
    assert (report.title, shape(report)) == (TITLE, SHAPE)
    assert report.source == str(path)
    assert read_reports(str(path)) == [report]


def test_markdown_file(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    marked = REPORT.replace(TITLE, f"# {TITLE}").replace(HEADING, f"## {HEADING}")
    marked = marked.replace("坚持人民至上", "## 坚持人民至上")
    marked = marked.replace("聚焦增进民生福祉加强监督。", "**聚焦增进民生福祉加强监督。**")
    marked = marked.replace("渡口客运", "[渡口客运](https://example.org/a)")
    path.write_text(marked, encoding="utf-8")
    (report,) = read_reports(path)
    assert (report.title, shape(report)) == (TITLE, SHAPE)


def test_missing_file_says_how_to_pass_text(tmp_path: Path) -> None:
    path = tmp_path / "none.txt"
    with pytest.raises(MissingFileError) as caught:
        read_reports(path)
    assert str(caught.value) == (
        f"{path}: no such file; for a string of text use read_reports(text=…)"
    )


@pytest.mark.parametrize("path", [REPORT, REPORT * 40, "a\0b.txt", "", "x" * 5000 + ".txt"])
def test_text_passed_as_a_path_is_an_error_of_one_line(path: str) -> None:
    with pytest.raises(GovtextError) as caught:
        read_reports(path)
    assert len(str(caught.value)) < 300
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "the file is empty; expected a report"),
        ("a.md", b" \r\n\t", "the file is empty; expected a report"),
        ("a.txt", "\u3000\n\u3000".encode(), "is empty or only white space; expected a report"),
        ("a.txt", b"report of 2023", "has no Chinese character; expected a report in Chinese"),
        ("a.doc", b"x", "cannot read .doc; expected one of .txt, .md, .docx, .pdf, .html, .htm"),
        ("a", b"x", "cannot read files without a suffix; expected one of .txt"),
        ("a.txt", b"PK\x03\x04\x00", "is a zip archive such as .docx, not text"),
        ("a.txt", b"%PDF-1.7", "is a PDF, not text; give the file the right suffix"),
        ("a.md", b"\x89PNG\r\n\x1a\n\x00", "is a PNG image, not text"),
        ("a.html", b"%PDF-1.7", "is a PDF, not HTML"),
        ("a.txt", "听取\x00报告".encode(), "has a NUL character at position 2"),
        ("a.docx", "听取".encode(), "is no zip archive, not a Word document; save it as .docx"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "is an old Word file (.doc) or a protected",
        ),
        ("a.pdf", "听取".encode(), "is no PDF although its suffix is .pdf"),
        ("a.pdf", b"PK\x03\x04", "is a zip archive such as .docx although its suffix is .pdf"),
    ],
)
def test_refused_content(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_reports(path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_folders_and_devices_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder; expected a file with a report"):
        read_reports(tmp_path)
    fifo = tmp_path / "pipe.txt"
    os.mkfifo(fifo)
    with pytest.raises(InputError, match="is not a regular file"):
        read_reports(fifo)


def test_large_files_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(50 * 2**20)
    with pytest.raises(InputError, match="larger than 20 MB; split the file or remove its images"):
        read_reports(path)


def test_long_strings_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govtext.reports.read.MAX_BYTES", 100)
    with pytest.raises(InputError, match="text: has 101 characters, more than 100"):
        read_reports(text="听" * 101)
    assert files.MAX_BYTES == 20 * 2**20


@pytest.mark.parametrize("arguments", [{}, {"path": "a.txt", "text": "听取"}])
def test_one_of_path_and_text(arguments: dict) -> None:
    with pytest.raises(InputError, match="takes either a path or text=…, got both or neither"):
        read_reports(**arguments)


@pytest.mark.parametrize("text", [b"abc", 7, ["听取"]])
def test_wrong_type_of_text(text: object) -> None:
    with pytest.raises(InputTypeError, match=f"text must be a string, got {type(text).__name__}"):
        read_reports(text=text)


@pytest.mark.parametrize("path", [b"a.txt", 7, ["a.txt"]])
def test_wrong_type_of_path(path: object) -> None:
    with pytest.raises(
        InputTypeError, match=f"string or a pathlib.Path, got {type(path).__name__}"
    ):
        read_reports(path)


def test_half_characters_are_refused() -> None:
    with pytest.raises(InputError, match=r"half a character \(a lone surrogate\) at position 2"):
        read_reports(text="听取\ud83d报告")


def test_libraries_are_loaded_only_for_their_files() -> None:
    code = (
        "import sys; from govtext.reports import read_reports; read_reports(text='听取报告。');"
        "print([m for m in ('lxml', 'pypdf', 'docx', 'numpy', 'sklearn') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
