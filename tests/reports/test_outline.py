"""Headings, their levels, lists, topics and offsets."""

from __future__ import annotations

import pytest

from govtext.reports import read_reports
from tests.reports.samples import FINANCE, HEADING, OPENING, PEOPLE, REPORT, VOICES, shape


def outline(text: str) -> list[tuple[int, str | None, int]]:
    (report,) = read_reports(text=text)
    return [(s.level, s.heading, len(s.paragraphs)) for s in report.sections]


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        ("一、加强监督", "（一）财政监督"),
        ("一、加强监督", "1. 财政监督"),
        ("（一）加强监督", "1．财政监督"),
        ("第一章 加强监督", "第一节 财政监督"),
        ("第一部分 加强监督", "一、财政监督"),
        ("一、加强监督", "财政监督打出组合拳"),
        ("一、加强监督：", "（1）财政监督"),
    ],
)
def test_levels(outer: str, inner: str) -> None:
    text = f"{OPENING}\n{outer}\n{PEOPLE}\n{inner}\n{FINANCE}"
    assert outline(text) == [(1, None, 1), (1, outer, 1), (2, inner, 1)]


def test_plain_headings_come_first_where_they_do() -> None:
    text = f"盯住钱袋子\n{OPENING}\n一、预算\n{FINANCE}\n听见百姓声\n{PEOPLE}\n一、渡口\n{VOICES}"
    assert [level for level, _, _ in outline(text)] == [1, 2, 1, 2]


def test_markdown_headings_keep_their_number_and_lose_the_marks() -> None:
    text = f"# 加强监督\n{PEOPLE}\n## （一）财政监督\n{FINANCE}\n# 二、改善民生\n{VOICES}"
    assert outline(text) == [(1, "加强监督", 1), (2, "（一）财政监督", 1), (1, "二、改善民生", 1)]


def test_a_section_may_hold_only_subsections() -> None:
    text = f"一、加强监督\n（一）财政监督\n{FINANCE}\n二、改善民生\n（一）渡口\n{PEOPLE}"
    assert [count for _, _, count in outline(f"{OPENING}\n{text}")] == [1, 0, 1, 0, 1]


@pytest.mark.parametrize(
    "paragraph",
    [
        f"（一）加强财政监督。{FINANCE}",
        f"一、加强财政监督。{FINANCE}",
        f"——渡口整治见实效。{PEOPLE}",
        "1.听取审计工作报告。",
        "一年来，主要做了以下工作：",
        "坚持" * 30,
    ],
)
def test_these_are_paragraphs(paragraph: str) -> None:
    assert outline(f"{OPENING}\n{paragraph}\n2.检查渡口。")[0][2] == 3


def test_a_numbered_line_with_a_final_mark_heads_the_text_below() -> None:
    text = f"{OPENING}\n（一）加强财政监督。\n{FINANCE}\n（二）改善民生。\n{PEOPLE}"
    assert outline(text) == [
        (1, None, 1),
        (1, "（一）加强财政监督。", 1),
        (1, "（二）改善民生。", 1),
    ]


def test_lists_are_paragraphs() -> None:
    items = ["1．关于预算执行的报告", "2．关于审计的报告", "3．关于债务的报告"]
    text = "\n".join(["一、听取报告", *items, "二、检查", "预算", "决算", "审计", VOICES])
    (report,) = read_reports(text=text)
    assert shape(report) == [
        ("一、听取报告", items),
        ("二、检查", ["预算", "决算", "审计", VOICES]),
    ]


def test_captions_and_addresses_are_in_the_text_and_in_no_paragraph() -> None:
    text = f"{OPENING}\n图为代表视察渡口\n各位代表！\n{FINANCE}\n（记者 王某某）"
    (report,) = read_reports(text=text)
    assert report.text == text
    assert shape(report) == [(None, [OPENING, FINANCE])]


def test_a_last_line_without_text_below_is_a_paragraph() -> None:
    assert outline(f"{OPENING}\n{HEADING}") == [(1, None, 2)]


def test_topics() -> None:
    (report,) = read_reports(text=REPORT)
    topics = [paragraph.topic for section in report.sections for paragraph in section.paragraphs]
    assert topics == [
        None,
        "聚焦财政经济工作加强监督。",
        "聚焦增进民生福祉加强监督。",
        "推动广泛有序的民主参与。",
    ]
    sentence = report.sentences()[4]
    assert (sentence.heading, sentence.topic) == (HEADING, topics[1])


def test_offsets_count_in_the_text() -> None:
    (report,) = read_reports(text=REPORT.replace("客运", "客运😀𠮷"))
    for section in report.sections:
        assert report.text[section.start :].startswith(section.heading or OPENING)
        assert section.end == section.paragraphs[-1].end
        for paragraph in section.paragraphs:
            assert report.text[paragraph.start : paragraph.end] == paragraph.text
            for sentence in paragraph.sentences:
                assert report.text[sentence.start : sentence.end] == sentence.text
