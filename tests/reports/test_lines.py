"""Clean lines."""

from __future__ import annotations

import pytest

from govtext.reports.lines import Line, clean_lines


def texts(text: str) -> list[str]:
    return [line.text for line in clean_lines(text)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\u2028", "\u2029", "\x85", "\f"])
def test_every_line_end(end: str) -> None:
    assert texts(f"听取{end}审议{end}") == ["听取", "审议"]


def test_surrounding_space_goes_and_inner_space_stays() -> None:
    assert clean_lines("\u3000\u3000听取\u3000审议 \n\n  决算\t预算\u00a0") == [
        Line("听取\u3000审议", gap=True, indent=2.0),
        Line("决算\t预算", gap=True, indent=1.0),
    ]


def test_no_character_is_normalized() -> None:
    text = "監督１２％，ﬁ①℃㈱ 😀👩\u200d👧𠮷⼈"
    assert texts(text) == [text]


def test_control_characters_go() -> None:
    assert texts("\ufeff听\x07取\u200b报\x1b告\x9f") == ["听取报告"]


@pytest.mark.parametrize(
    "number",
    ["- 3 -", "—3—", "－ 12 －", "· 7 ·", "第 3 页", "第3页 共10页", "Page 3 of 10", "-----"],
)
def test_certain_page_numbers_and_rules_go(number: str) -> None:
    assert texts(f"听取\n{number}\n审议") == ["听取", "审议"]


def test_bare_numbers_go_only_where_they_count_pages() -> None:
    assert texts("听取\n1\n审议\n2\n决算\n3") == ["听取", "审议", "决算"]
    assert texts("听取\n1/3\n审议\n2/3") == ["听取", "审议"]
    assert texts("听取\n28\n审议") == ["听取", "28", "审议"]
    assert texts("2021\n听取\n2022\n审议") == ["2021", "听取", "2022", "审议"]


def test_running_heads_of_pages_go() -> None:
    pages = [f"云溪区人大公报 第{i}期\n第{i}项工作\n听取报告。" for i in range(1, 5)]
    assert texts("\f".join(pages)).count("听取报告。") <= 4
    assert sum("公报" in line for line in texts("\f".join(pages))) == 1
    assert sum("公报" in line for line in texts("\n".join(pages))) == 4


def test_heading_marks() -> None:
    lines = clean_lines("# 标题\n##小标题\n### 一、监督 ##\n#渡口#的故事\n####### 七\n#")
    assert [(line.depth, line.text) for line in lines] == [
        (1, "标题"),
        (2, "小标题"),
        (3, "一、监督"),
        (0, "#渡口#的故事"),
        (0, "####### 七"),
    ]


def test_an_indent_inside_a_line_opens_a_paragraph() -> None:
    assert texts("听取报告。\u3000\u3000审议决算。") == ["听取报告。", "审议决算。"]
    assert texts("听取报告\u3000\u3000审议决算。") == ["听取报告\u3000\u3000审议决算。"]
