import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtext.summarization.clauses import split_clauses
from govtext.summarization.marks import restore_marks
from govtext.summarization.openings import opening


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("听取审议报告十二项，督促整改问题，办理建议。", "听取审议报告十二项，"),
        ("依法任免工作人员20人次，组织宪法宣誓。", "依法任免工作人员20人次，"),
        ("全年共召开会议12次，任免工作人员20人次。", "全年共召开会议12次，"),
        ("聚焦湖泊治理加强监督。", "聚焦湖泊治理加强监督。"),
        ("审议报告十二项,督促整改。", "审议报告十二项，"),
    ],
)
def test_a_clause_that_says_something_stands_alone(sentence: str, expected: str) -> None:
    assert opening(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "全年，听取审议报告十二项。",
        "围绕湖泊治理，依托代表联络站，开展专题视察。",
        "常委会围绕湖泊治理，开展专题视察。",
        "预算调整方案审查期间，常委会要求压减三成。",
        "常委会审查县级预算时提出，公用经费只减不增。",
        "民主监督的经费不多，但换来了三条新路。",
        "卫生站离居民最近，却常常有门没医生。",
        "对拒不整改的四家公司，检查组建议约谈。",
        "常委会重点抓了三件事：修订养犬条例，视察公路。",
        "实施2018年—2023年立法规划，修订养犬条例。",
        "四十名委员开着自家车，沿街查看车位。",
        "新区的基层立法联系点，收到意见三十条。",
        "审计发现的126个问题，常委会逐件对账。",
        "县政协联合督查室，复查农村公路。",
    ],
)
def test_what_may_say_nothing_alone_keeps_what_follows(sentence: str) -> None:
    assert opening(sentence) == sentence


@pytest.mark.parametrize(
    "sentence",
    ["这63件建议重新立卡，逐件销号。", "医保卡能不能在村里刷，委员月月问。",
     "愿来年的湖水更清，岸更绿。", "其余的问题仍在追办。", "（二）加强法律监督工作。",
     "二是修订养犬条例实施细则。", "同时，办理代表建议12件。", "整改。", ""],
)  # fmt: skip
def test_what_leans_on_what_stands_before_is_not_taken_over(sentence: str) -> None:
    assert opening(sentence) == ""


@given(st.text(alphabet="审议人大监督但这对时，。；：“”《》（）、！1,.2 \n", max_size=60))
def test_it_is_the_first_clause_or_all(text: str) -> None:
    whole = restore_marks(text)
    assert opening(text) in ("", whole, *split_clauses(whole)[:1])
