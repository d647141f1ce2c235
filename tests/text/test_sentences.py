"""Sentences: where they end, what protects, and that no character is touched."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtext.text.sentences import neighbours, sentence_spans, split_sentences

PIECES = st.sampled_from(
    [*list("甲乙。！？!?；，…“”‘’（）()《》「」\"' \u3000\n.5a😀"), "……", "《甲？》", "“甲。”"]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        (" \u3000\n", []),
        ("听取报告", ["听取报告"]),
        (
            "听取报告。审查决算！谁来办？办了吗?好!",
            ["听取报告。", "审查决算！", "谁来办？", "办了吗?", "好!"],
        ),
        ("一是听；二是看；三是问。", ["一是听；二是看；三是问。"]),
        ("真的吗？！不是。", ["真的吗？！", "不是。"]),
        ("增长3.5%。支出1.2亿元。", ["增长3.5%。", "支出1.2亿元。"]),
        ("路、灯、医保……都要问。问完再走……", ["路、灯、医保……都要问。", "问完再走……"]),
        ("他说：“办得好。再办。”大家笑了。走了。", ["他说：“办得好。再办。”大家笑了。", "走了。"]),
        ("看《怎么办？》一文。再看。", ["看《怎么办？》一文。", "再看。"]),
        ("（见附表。共三页。）再看。", ["（见附表。共三页。）再看。"]),
        ("（见附表。共三页。)再看。完。", ["（见附表。共三页。)再看。", "完。"]),
        ("“外面‘里面。’还在里面。”外面。完。", ["“外面‘里面。’还在里面。”外面。", "完。"]),
        ('他说"好。再好。"走了。完。', ['他说"好。再好。"走了。', "完。"]),
        ("听取。  \u3000审查。 ", ["听取。", "审查。"]),
        ("听取。\u3000！审查。", ["听取。\u3000！", "审查。"]),
    ],
)
def test_ends_of_sentences(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("“没有关上。第二句。第三句。", ["“没有关上。", "第二句。", "第三句。"]),
        ("没有打开。”第二句。", ["没有打开。”", "第二句。"]),
        ("“甲）。乙”丙。丁。", ["“甲）。乙”丙。", "丁。"]),
        ("（甲“乙）丙”。丁。", ["（甲“乙）丙”。", "丁。"]),
        ("“甲。乙“丙。丁”戊。", ["“甲。", "乙“丙。丁”戊。"]),
        (
            '他说"好。第二句。第三句"完"。末句。',
            ['他说"好。', "第二句。", '第三句"完"。', "末句。"],
        ),
        ('"甲"乙。丙"。丁。', ['"甲"乙。', '丙"。', "丁。"]),
    ],
)
def test_unbalanced_marks_swallow_nothing(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


@given(TEXTS | st.text())
def test_spans_cover_every_character_once(text: str) -> None:
    spans = sentence_spans(text)
    end = 0
    for start, stop in spans:
        assert not text[end:start].strip()
        assert text[start:stop] == text[start:stop].strip() != ""
        end = stop
    assert not text[end:].strip()


@given(TEXTS)
def test_sentences_joined_again_split_the_same(text: str) -> None:
    sentences = split_sentences(text)
    assert split_sentences("".join(sentences)) == sentences


def test_long_sentences_take_no_time() -> None:
    started = time.perf_counter()
    assert len(split_sentences("听" * 20_000 + "。")) == 1
    assert len(split_sentences("（" * 100_000 + "。" + "）" * 100_000)) == 1
    assert len(split_sentences("“甲。" * 50_000)) == 50_000
    assert time.perf_counter() - started < 5


def test_neighbours_are_what_stands_beside_a_sentence() -> None:
    assert neighbours([]) == []
    assert neighbours(["甲。"]) == [(None, None)]
    assert neighbours(["甲。", "乙。", "丙。"]) == [
        (None, "乙。"),
        ("甲。", "丙。"),
        ("乙。", None),
    ]
