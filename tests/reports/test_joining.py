"""Broken lines are joined; headings and paragraphs stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govtext.reports import read_reports
from govtext.reports.joining import join_lines
from govtext.reports.lines import clean_lines
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


def joined(text: str) -> list[str]:
    return [line.text for line in join_lines(clean_lines(text))]


@pytest.mark.parametrize("space", ["\n", "\n\n", "\r\n\r\n", "\n\n\n- 3 -\n\n", "\f"])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("聚焦增进民生福祉加强监督。开", "展《云溪区就业促进条例》执法检查，走访企业26家。"),
        ("推进区人大常委会关于创新发展决定的落", "实，为云溪凝聚智慧力量。"),
        ("走访渡口，", "听取船工意见。"),
        ("走访渡口", "，听取船工意见。"),
        ("大家说：“渡口要修。", "船也要换。”散会时天已黑。"),
        ("检查《云溪区渡口", "管理条例》落实情况。"),
        ("创建平台。启用“代表", "e线”履职系统。"),
        ("审议报告。办理建议", "137件，全部答复。"),
        ("审议报告。办理建议137", "件，全部答复。"),
        ("一是听取报告；", "督促各部门逐项整改。"),
        ("各位代表，我们也清醒看到，监督的刚", "性不够。调研的深度不够。"),
        ("2023年，常委会依法履职，守住了全", "区的水。大家都出了力。"),
        ("（一）加强财政监督。听取和审", "议预算执行情况报告。"),
        ("（一）", "加强财政监督"),
    ],
)
def test_a_sentence_cut_by_columns_or_pages(first: str, second: str, space: str) -> None:
    assert joined(f"{first}{space}{second}") == [first + second]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (HEADING, FINANCE),
        ("扩大公众参与", FINANCE),
        ("把牢政治方向", "党组带头学。走进田间听。"),
        ("依法有序，把神圣一票投好", "区、镇两级换届选举是大事。代表逐户走访。"),
        ("监督怎么干？一竿子插到底", FINANCE),
        (FINANCE, "一、加强监督"),
        (FINANCE, PEOPLE),
        ("一年来，主要做了以下工作：", "听取报告，审查决算。"),
        ("一是听取报告；", "二是审查决算。"),
        ("审议报告12项", "（一）加强财政监督"),
        ("各位代表：", FINANCE),
        ("主任 李某某", "各位代表："),
        ("工作有了起色（详见附表）。", "办理建议26件。"),
    ],
)
def test_lines_that_stand_alone(first: str, second: str) -> None:
    assert joined(f"{first}\n{second}") == [first, second]
    assert joined(f"{first}\n\n{second}") == [first, second]


def test_several_pieces_are_one_paragraph() -> None:
    pieces = ["聚焦民生加强监督。开", "展执法检", "查，组织", "12名", "代表暗访渡口。"]
    assert joined("\n\n".join(pieces)) == ["".join(pieces)]


def test_space_between_latin_words_is_put_back() -> None:
    assert joined("引进平台。启用Smart\nCity系统，\nAI助手。") == [
        "引进平台。启用Smart City系统，AI助手。"
    ]


def test_an_indented_line_begins_a_paragraph() -> None:
    text = "云溪区简况\n\u3000\u3000听取报告。审查决算\n\u3000\u3000走访渡口。检查码头。"
    assert joined(text)[-2:] == ["听取报告。审查决算", "走访渡口。检查码头。"]


def test_a_session_line_of_two_lines() -> None:
    text = "云溪区人大常委会工作报告\n（2024年1月10日在云溪区第六届人民代表大会\n第四次会议上）\n主任 李某某"
    assert joined(text)[1:] == [
        "（2024年1月10日在云溪区第六届人民代表大会第四次会议上）",
        "主任 李某某",
    ]


BLOCKS = [TITLE, SUBTITLE, OPENING, HEADING, FINANCE, PEOPLE, SECOND, VOICES]


def _wrap(block: str, width: int) -> str:
    return "\n".join(block[i : i + width] for i in range(0, len(block), width))


@pytest.mark.parametrize("width", [28, 30, 33, 35, 37, 40])
def test_hard_wrapped_text_with_blank_lines(width: int) -> None:
    (report,) = read_reports(text="\n\n".join(_wrap(block, width) for block in BLOCKS))
    assert (report.title, shape(report)) == (TITLE, SHAPE)


@pytest.mark.parametrize("width", [28, 30, 33, 35, 37, 40])
def test_hard_wrapped_text_with_indents(width: int) -> None:
    blocks = [f"\u3000\u3000{block}" if "。" in block else block for block in BLOCKS]
    (report,) = read_reports(text="\n".join(_wrap(block, width) for block in blocks))
    assert (report.title, shape(report)) == (TITLE, SHAPE)


@pytest.mark.parametrize("width", [30, 33, 35, 37])
def test_hard_wrapped_text_with_nothing_between(width: int) -> None:
    (report,) = read_reports(text="\n".join(_wrap(block, width) for block in BLOCKS))
    assert (report.title, shape(report)) == (TITLE, SHAPE)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_paragraph_broken_anywhere_behind_its_first_sentence(data: st.DataObject) -> None:
    block = data.draw(st.sampled_from([FINANCE, PEOPLE, VOICES]))
    inside = [i for i in range(block.index("。") + 2, len(block)) if block[i - 1] not in "。！？”"]
    at = data.draw(st.sampled_from(inside))
    (report,) = read_reports(text=REPORT.replace(block, f"{block[:at]}\n\n{block[at:]}"))
    assert shape(report) == SHAPE
