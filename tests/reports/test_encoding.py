"""Encodings are told apart by what the bytes hold."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtext.errors import InputError
from govtext.reports import read_reports
from govtext.reports.encoding import decode, decode_declared
from tests.reports.samples import REPORT, SHAPE, shape

HAN = st.text(
    st.sampled_from("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会"),
    min_size=20,
)


@pytest.mark.parametrize(
    "data",
    [
        REPORT.encode(),
        codecs.BOM_UTF8 + REPORT.encode(),
        REPORT.encode("utf-16"),
        codecs.BOM_UTF16_BE + REPORT.encode("utf-16-be"),
        REPORT.encode("utf-16-le"),
        REPORT.encode("utf-16-be"),
        REPORT.encode("gb18030"),
        REPORT.encode("gbk"),
        REPORT.replace("\n", "\r\n").encode("gb18030"),
    ],
)
def test_every_encoding_gives_the_same_report(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(data)
    assert shape(read_reports(path)[0]) == SHAPE


@given(HAN, st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "gb18030"]))
def test_chinese_text_without_marks_comes_back(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


@given(st.binary(max_size=200))
def test_bytes_are_text_or_an_error(data: bytes) -> None:
    try:
        assert isinstance(decode(data, "a.txt"), str)
    except InputError as error:
        assert "at byte" in str(error) or "perhaps" in str(error)


@pytest.mark.parametrize("text", ["联通", "㐂𠮷龘", "監督報告", "渡口，水。", "abc"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_short_and_rare(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


def test_damaged_utf8_is_no_gb18030() -> None:
    data = "听取和审议决算报告".encode() + b"\x80" + "，督促整改。".encode()
    with pytest.raises(InputError) as caught:
        decode(data, "a.txt")
    assert str(caught.value) == "a.txt: not valid UTF-8 at byte 27; save the file again as UTF-8"


def test_cut_utf16() -> None:
    with pytest.raises(InputError, match="not valid UTF-16-LE at byte 4; save the file again"):
        decode(codecs.BOM_UTF16_LE + "听取".encode("utf-16-le")[:-1], "a.txt")


def test_neither_names_both_offsets() -> None:
    data = "听取".encode("gb18030") + b"\xff\xff"
    with pytest.raises(InputError) as caught:
        decode(data, "a.txt")
    assert str(caught.value) == (
        "a.txt: neither UTF-8 (fails at byte 0) nor GB18030 (fails at byte 4) nor UTF-16; "
        "save the file again as UTF-8"
    )


def test_only_big5_needs_to_be_declared() -> None:
    text = "聽取和審議預算執行情況報告，審查批准決算。"
    assert decode_declared(text.encode("big5"), "Big5", "a.html") == text
    assert decode_declared(text.encode(), "big5", "a.html") == text
    assert decode_declared(text.encode(), "gb2312", "a.html") == text
    assert decode_declared(text.encode("gb18030"), "no-such", "a.html") == text


def test_big5_is_not_taken_for_gb18030():
    text = "聽取和審議專項工作報告，督促有關部門整改。" * 20
    with pytest.raises(InputError, match="perhaps Big5"):
        decode(text.encode("big5"), "x.txt")


def test_ascii_is_never_utf16():
    assert decode(b"bush hid the facts", "x.txt") == "bush hid the facts"


@pytest.mark.parametrize(
    "text",
    [
        "県議会は、予算の執行状況に関する報告を審議し、関係部局に改善を求めた。",
        "市民の意見を聴くため公聴会を開いた",
        "カタカナのテスト、サービス",
    ],
)
def test_shift_jis_is_not_taken_for_gb18030(text):
    with pytest.raises(InputError, match="a.txt: .*, perhaps Shift-JIS; save the file again"):
        decode(text.encode("shift_jis"), "a.txt")


@pytest.mark.parametrize(
    "text", ["聽取和審議專項工作報告，督促整改。", "龘靐齉爨麤", "日本のかな交じり"]
)
def test_rare_traditional_and_japanese_text_in_gb18030_stays(text):
    assert decode(text.encode("gb18030"), "a.txt") == text
