"""Titles, several reports in a file, and the lines above and below a title."""

from __future__ import annotations

import pytest

from govtext.reports import read_reports
from tests.reports.samples import FINANCE, OPENING, PEOPLE, REPORT, SHAPE, SUBTITLE, TITLE, shape

BANNER = (
    "云溪日报 2024年1月10日 星期三\n云溪区六届人大四次会议\n云溪区政协六届三次会议 专题报道\n\n"
)
SECOND = f"""同心同向聚合力
履职为民谱新篇

——云溪区政协2023年工作综述

{PEOPLE}

一、坚持党的领导

{FINANCE}"""
FORMAL = f"""云溪区人民代表大会常务委员会工作报告
——2024年1月10日在云溪区第六届人民代表大会第四次会议上
主任\u3000李某某
各位代表：
我受区人大常委会委托，向大会报告工作，请予审议。
一、2023年工作回顾
（一）加强财政监督。{FINANCE}
（二）加强民生监督
{PEOPLE}
二、2024年主要任务
{FINANCE}
云溪区人大常委会办公室
2024年1月12日"""


def test_text_begins_with_the_title() -> None:
    (report,) = read_reports(text=REPORT)
    assert report.text.startswith(f"{TITLE}\n{SUBTITLE}\n{OPENING}\n")
    assert report.source is None


@pytest.mark.parametrize("dash", ["——", "－－", "--", "—", "──", "―― ", "– "])
def test_every_dash_opens_a_subtitle(dash: str) -> None:
    (report,) = read_reports(text=REPORT.replace("——", dash))
    assert (report.title, report.year, shape(report)) == (TITLE, 2023, SHAPE)


@pytest.mark.parametrize("between", ["\n", "\n\n", f"\n\n{BANNER}"])
def test_two_reports(between: str) -> None:
    first, second = read_reports(text=f"{BANNER}{REPORT}{between}{SECOND}")
    assert (first.title, first.body, shape(first)) == (TITLE, "people_congress", SHAPE)
    assert second.title == "同心同向聚合力 履职为民谱新篇"
    assert (second.body, second.year) == ("cppcc", 2023)
    assert shape(second) == [(None, [PEOPLE]), ("一、坚持党的领导", [FINANCE])]
    assert "专题报道" not in first.text + second.text


def test_three_reports_of_different_kinds() -> None:
    reports = read_reports(text=f"{REPORT}\n{FORMAL}\n{SECOND}")
    assert [report.body for report in reports] == ["people_congress", "people_congress", "cppcc"]
    assert shape(reports[0]) == SHAPE


def test_a_session_report() -> None:
    (report,) = read_reports(text=FORMAL)
    assert report.title == "云溪区人民代表大会常务委员会工作报告"
    assert (report.body, report.year) == ("people_congress", 2023)
    assert shape(report) == [
        (None, ["我受区人大常委会委托，向大会报告工作，请予审议。"]),
        ("一、2023年工作回顾", [f"（一）加强财政监督。{FINANCE}"]),
        ("（二）加强民生监督", [PEOPLE]),
        ("二、2024年主要任务", [FINANCE]),
    ]
    assert [section.level for section in report.sections] == [1, 1, 2, 1]
    for line in ("主任\u3000李某某", "各位代表：", "云溪区人大常委会办公室", "2024年1月12日"):
        assert f"\n{line}" in report.text


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("云溪区人民代表大会\n常务委员会工作报告", "云溪区人民代表大会常务委员会工作报告"),
        ("政协云溪区委员会\n\n常务委员会工作报告", "政协云溪区委员会常务委员会工作报告"),
        ("问民所需\n督其所行", "问民所需 督其所行"),
        ("问民所需\n\n督其所行", "问民所需 督其所行"),
        ("守住一方水土！", "守住一方水土！"),
    ],
)
def test_titles_of_one_or_more_lines(lines: str, title: str) -> None:
    session = "——2024年1月10日在云溪区第六届人民代表大会第四次会议上"
    (report,) = read_reports(text=f"{lines}\n\n{session}\n\n各位代表：\n\n{FINANCE}")
    assert report.title == title
    assert report.text.startswith(f"{title}\n{session}\n各位代表：\n{FINANCE}")


@pytest.mark.parametrize(
    "text",
    [
        f"{FINANCE}\n{PEOPLE}",
        f"坚持服务大局，增强监督实效\n{FINANCE}",
        f"各位代表：\n{FINANCE}",
        "听取和审议年度审计工作报告",
        f"{FINANCE}\n——狠抓渡口整治。检查12次。\n——船工培训取得新突破\n{PEOPLE}",
        f"{FINANCE}\n听取审计工作报告\n{PEOPLE}",
    ],
)
def test_text_without_a_title_is_one_report(text: str) -> None:
    (report,) = read_reports(text=text)
    assert report.title is None
    assert report.text == text


def test_text_above_the_first_title_is_not_lost() -> None:
    first, second = read_reports(text=f"{PEOPLE}\n{FINANCE}\n\n{REPORT}")
    assert (first.title, shape(first)) == (None, [(None, [PEOPLE, FINANCE])])
    assert shape(second) == SHAPE


def test_an_editors_note_belongs_to_no_report() -> None:
    (report,) = read_reports(text=f"编者按：本期刊发一篇综述。请读者指正。\n\n{REPORT}")
    assert shape(report) == SHAPE


def test_an_opening_line_above_a_heading_is_a_title() -> None:
    (report,) = read_reports(text=f"这一年，渡口变了\n\n一、加强监督\n\n{FINANCE}")
    assert (report.title, shape(report)) == ("这一年，渡口变了", [("一、加强监督", [FINANCE])])
