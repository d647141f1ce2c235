import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtext.summarization.chunks import pack, split_long
from govtext.summarization.clauses import (
    close,
    cut_at_clause,
    drop_repeated,
    fit,
    split_clauses,
)
from govtext.summarization.marks import restore_marks
from govtext.text.ngrams import bare

texts = st.text(alphabet="人大监督，。；：“”《》（）、！1,.2 \n", max_size=60)


@given(texts)
def test_clauses_join_to_the_text(text: str) -> None:
    assert "".join(split_clauses(text)) == text


def test_clauses_end_outside_quotes_and_numbers() -> None:
    text = "审议“一府，两院”报告1,200件，办结；修订《甲、乙条例》。"
    assert split_clauses(text) == [
        "审议“一府，两院”报告1,200件，",
        "办结；",
        "修订《甲、乙条例》。",
    ]


@given(texts, st.integers(min_value=10, max_value=40))
def test_a_fitted_text_keeps_the_limit_and_ends_once(text: str, limit: int) -> None:
    fitted = fit(text, limit)
    assert len(fitted) <= limit
    assert fitted[-1] in "。！" and fitted[-2:] != "。。"


def test_a_long_text_is_cut_after_a_clause() -> None:
    assert (
        fit("听取审议报告十二项，督促整改问题，办理代表建议。", 20)
        == "听取审议报告十二项，督促整改问题。"
    )
    assert fit("听取审议报告十二项", 20) == "听取审议报告十二项。"
    assert fit("听取和审议专项工作报告十二项", 10) == "听取和审议专项工作。"


def test_a_number_is_not_cut() -> None:
    assert fit("办理建议意见1234567件次", 12) == "办理建议意见。"


def test_closing_replaces_a_comma() -> None:
    assert close("开展检查，") == "开展检查。"
    assert close("开展检查。") == "开展检查。"
    assert close("何处去？") == "何处去？"


def test_a_clause_is_said_once() -> None:
    assert drop_repeated("加强监督，办理建议，加强监督。") == "加强监督，办理建议，"
    assert drop_repeated("督办代表建议20件，听取代表建议。") == "督办代表建议20件，"
    assert drop_repeated("审议报告，修订规则。") == "审议报告，修订规则。"


@given(texts)
def test_what_is_left_says_no_clause_twice(text: str) -> None:
    clauses = [bare(clause) for clause in split_clauses(drop_repeated(text)) if bare(clause)]
    assert len(set(clauses)) == len(clauses)


def test_a_cut_comes_after_a_clause_or_not_at_all() -> None:
    assert cut_at_clause("听取审议报告，督促整改。", 9) == "听取审议报告。"
    assert cut_at_clause("听取和审议专项工作报告", 9) == ""


@given(st.lists(st.text(alphabet="监督立法，。", min_size=1, max_size=30)), st.integers(5, 20))
def test_packing_loses_nothing_and_keeps_the_limit(sentences: list[str], limit: int) -> None:
    pieces = [part for sentence in sentences for part in split_long(sentence, limit, len)]
    packed = pack(pieces, limit, len)
    assert "".join(packed) == "".join(sentences)
    assert all(len(part) <= limit for part in packed)


def test_packing_is_even() -> None:
    assert [len(part) for part in pack(["一" * 5] * 5, 20, len)] == [15, 10]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("审议报告,办理建议", "审议报告，办理建议"),
        ("总投资1,200万元:增长6.5%", "总投资1,200万元：增长6.5%"),
        ("上午9:30开会", "上午9:30开会"),
        ("推动 “十四五” 规划 (草案);", "推动“十四五”规划（草案）；"),
        ("用好 App Store 平台", "用好App Store平台"),
        ("等等......", "等等……"),
        ("修改2.件,增长3.5%", "修改2件，增长3.5%"),
        ("1.审议报告", "1.审议报告"),
    ],
)
def test_marks_are_chinese_again(written: str, expected: str) -> None:
    assert restore_marks(written) == expected
