from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtext.text.quantities import quantities
from govtext.text.repetition import repeats
from govtext.text.verify import Verifier, missing

SOURCE = (
    "2023年召开常委会会议12次，主任会议研究事项30件。9月21日审议专项工作报告十六项。"
    "任免国家机关工作人员１，２００人，办结率98.5%。修订《禾川县养犬条例》，擦亮“家站”品牌。"
)


@pytest.mark.parametrize(
    "true",
    [
        "召开12次常委会会议", "常委会开会12次", "审议专项工作报告16项", "任免工作人员1200名",
        "9月21日审议报告", "2023年审议报告", "办结率98.5%", "修订《养犬条例》", "“家站”品牌",
    ],
)  # fmt: skip
def test_what_the_source_has_is_not_missing(true: str) -> None:
    assert missing(true, SOURCE) == []


@pytest.mark.parametrize(
    ("false", "found"),
    [
        ("召开12次主任会议", "12次主任会议"),
        ("召开12期培训班", "12期"),
        ("审议专项工作报告12项", "12项"),
        ("审议报告十七项", "十七项"),
        ("研究事项12件", "12件"),
        ("9月2日审议报告", "9月2日"),
        ("2022年审议报告", "2022年"),
        ("办结率98.5人", "98.5人"),
        ("修订《禾川县河道条例》", "《禾川县河道条例》"),
        ("擦亮“金钥匙”品牌", "“金钥匙”"),
        ("石泷县人大审议报告", "石泷县"),
    ],
)
def test_what_the_source_lacks_is_named(false: str, found: str) -> None:
    assert missing(false, SOURCE) == [found]


def test_the_better_fitting_number_contradicts() -> None:
    source = "全年召开常委会会议12次、主任会议30次。"
    outcomes = {c.fact: c.outcome for c in Verifier(source).checks("召开主任会议12次")}
    assert outcomes == {"number": "found", "binding": "missing"}
    assert Verifier(source).with_figures_of_source("召开主任会议12次") == "召开主任会议30次"


def test_a_number_among_other_words_is_unclear() -> None:
    outcomes = {c.fact: c.outcome for c in Verifier("三方全年办了25场。").checks("恳谈25场")}
    assert outcomes == {"number": "found", "binding": "unclear"}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("第十二次会议听取二十三项报告", ["第12", "23"]),
        ("一百零五件、一千二百名、二〇二三年", ["105", "1200", "2023"]),
        ("两个联系、一批实事、十余次", ["2"]),
        ("１，２００万元增长6.5%", ["1200万", "6.5%"]),
        ("三农工作", []),
    ],
)
def test_quantities(text: str, values: list[str]) -> None:
    assert [quantity.value for quantity in quantities(text)] == values


@given(st.text("监督审议12３十二百第次项个，、。：年月 %万", max_size=40))
def test_quantities_stand_where_they_say(text: str) -> None:
    found = quantities(text)
    assert all(text[q.start : q.start + len(q.text)] == q.text for q in found)
    assert all(a.start + len(a.text) <= b.start for a, b in pairwise(found))


@given(st.text("监督审议报告12３十二次项个，、。《》“”9月年石县", max_size=40))
def test_a_text_supports_itself(text: str) -> None:
    assert not {c.fact for c in Verifier(text).checks(text) if c.outcome == "missing"} - {"binding"}


@pytest.mark.parametrize(
    "text", ["全面推进，全面推进", "退回退回建议", "学校、食堂、食堂", "办复复复", "校车、校车保、校校车和校车"]
)  # fmt: skip
def test_repetition(text: str) -> None:
    assert repeats(text)


@pytest.mark.parametrize(
    "text", ["", "人人有责", "全面推进改革", "听取和审议报告", "代表家家户户走访"]
)
def test_no_repetition(text: str) -> None:
    assert not repeats(text)
