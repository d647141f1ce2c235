"""What holds for any text."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govtext.errors import GovtextError
from govtext.reports import read_reports
from govtext.types import Report
from tests.reports.samples import FINANCE, OPENING, PEOPLE, REPORT, VOICES

MARKS = [
    "\n",
    "\n\n",
    "\r\n",
    "\f",
    "\u3000\u3000",
    " ",
    "\u200b",
    "\x07",
    "——",
    "--",
    "#",
    "## ",
    "●",
]
SIGNS = [
    *"。，；：“”（）《》！？…的12aA😀𠮷",
    '"',
    "一、",
    "（一）",
    "1.",
    "一是",
    "- 3 -",
    "第3页",
]
WORDS = ["2023年", "工作综述", "工作报告", "云溪区人大常委会", "政协", "各位代表：", "听取和审议"]
LINES = ["加强监督", "主任 李某", "专题报道", "在云溪区人民代表大会会议上", FINANCE, OPENING]
PIECES = st.sampled_from([*MARKS, *SIGNS, *WORDS, *LINES])
MIXED = st.lists(PIECES, max_size=50).map("".join)


def check(report: Report) -> None:
    """Check all that types.py promises of a report."""
    assert report.title is None or report.text.startswith(report.title)
    section_end = 0
    for section in report.sections:
        assert section_end <= section.start <= section.end <= len(report.text)
        section_end = section.end
        assert section.level in (1, 2)
        assert section.heading is None or report.text.startswith(section.heading, section.start)
        for paragraph in section.paragraphs:
            assert section.start <= paragraph.start < paragraph.end <= section.end
            assert paragraph.topic in (None, paragraph.sentences[0].text)
            end = paragraph.start
            for sentence in paragraph.sentences:
                assert report.text[sentence.start : sentence.end] == sentence.text.strip() != ""
                assert not report.text[end : sentence.start].strip()
                assert (sentence.heading, sentence.topic) == (section.heading, paragraph.topic)
                end = sentence.end
            assert end == paragraph.end


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MIXED | st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        reports = read_reports(text=text)
    except GovtextError as error:
        assert "\n" not in str(error)
        return
    assert reports
    for report in reports:
        check(report)


PLAIN = st.lists(
    st.sampled_from([OPENING, FINANCE, PEOPLE, VOICES, "一、加强监督", "问民所需"]), min_size=1
)


@settings(max_examples=50, deadline=None)
@given(PLAIN, st.sampled_from(["\n", "\n\n", "\r\n\u3000\u3000"]))
def test_no_character_is_lost(blocks: list[str], end: str) -> None:
    (report,) = read_reports(text=end.join(blocks))
    assert "".join(report.text.split()) == "".join("".join(blocks).split())


@pytest.mark.parametrize("text", [REPORT, REPORT.replace("\n\n", "\n"), FINANCE])
def test_the_text_of_a_report_reads_the_same_again(text: str) -> None:
    (report,) = read_reports(text=text)
    assert read_reports(text=report.text) == [report]


@pytest.mark.parametrize(
    "text",
    [
        REPORT * 700,
        "听" * 20_000 + "。",
        FINANCE * 4_000,
        "\n".join(FINANCE[i : i + 35] for i in range(0, len(FINANCE), 35) for _ in range(2_000)),
        "“听取报告，" * 50_000,
        "听" + " " * 300_000 + "取",
        "# 听\n" * 5_000,
        "一、听取\n" * 5_000,
        "——2023年工作综述\n标题\n" * 2_000,
    ],
    ids=["reports", "sentence", "paragraph", "wrapped", "quotes", "spaces", "#", "list", "dashes"],
)
def test_large_texts_take_no_long_time(text: str) -> None:
    started = time.perf_counter()
    read_reports(text=text)
    assert time.perf_counter() - started < 8
