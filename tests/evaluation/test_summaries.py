import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtext.evaluation.extractive import first_clause, lead, oracle, textrank
from govtext.evaluation.summaries import _common_subsequence, rouge, score_summaries
from govtext.text.repetition import repeats


def test_rouge_by_hand():
    one, two, longest = rouge("监督预算", "预算监督")
    assert one == 1
    assert two == pytest.approx(2 / 3)
    assert longest == pytest.approx(0.5)
    assert rouge("监督，预算。", "监督预算") == (1, 1, 1)
    assert rouge("", "监督") == (0, 0, 0)


def slow_common_subsequence(a, b):
    rows = [[0] * (len(b) + 1)]
    for x in a:
        row = [0]
        for j, y in enumerate(b):
            row.append(rows[-1][j] + 1 if x == y else max(rows[-1][j + 1], row[-1]))
        rows.append(row)
    return rows[-1][-1]


@given(st.text("甲乙丙丁", max_size=12), st.text("甲乙丙丁", max_size=12))
def test_the_longest_common_subsequence(a, b):
    assert _common_subsequence(a, b) == slow_common_subsequence(a, b)


def test_figures_of_summaries():
    scores = score_summaries(
        ["全年听取报告3项。", "开展执法检查。"],
        ["听报告3项", "查执法"],
        ["听取报告5项", "查法查法查法"],
        groups=["a", "b"],
    )
    assert scores.unsupported == 0.5
    assert scores.repetition == 0.5
    assert 0 < scores.novelty < 1
    assert scores.metrics("test")["test/rouge_l_low"] <= scores.rouge_l.value


def test_repetition():
    assert repeats("全面推进，全面推进")
    assert not repeats("全面推进改革")


def test_extractive_baselines():
    text = "监督预算执行。\n监督决算执行情况。天气很好。监督预算和决算执行。"
    assert lead(text, 9) == "监督预算执行。监督"
    assert "天气" not in textrank(text, 12)
    assert len(textrank("很长" * 50, 10)) == 10
    assert textrank("", 10) == ""
    assert oracle(text, "天气好", 10) == "天气很好。"
    assert oracle("", "天气", 10) == ""


def test_the_first_clause():
    assert first_clause("听取审议报告，督促整改。", 30) == "听取审议报告"
    assert first_clause("听取审议报告", 4) == "听取审议"
    assert first_clause("", 4) == ""


def test_a_number_that_counts_something_else():
    source = "全年召开常委会会议12次、主任会议30次。"
    scores = score_summaries([source], ["开会"], ["召开主任会议12次"], groups=["a"])
    assert (scores.misbound, scores.unsupported) == (1, 0)
