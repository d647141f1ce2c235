import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govtext
from govtext.errors import InputError, InputTypeError

REPORT = """\
问需于民 问计于民

——松泉县人大常委会2023年工作综述

把监督落到实处

听取和审议专项工作报告18个，开展执法检查4项、专题询问1次。审议意见办结率98.5%。
"""


def bound(text):
    return [(f.action, f.object, f.printed, f.unit) for f in govtext.key_figures(text)]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("听取和审议专项工作报告18个。", [("听取和审议", "专项工作报告", "18", "个")]),
        ("制定、修改地方性法规8件。", [("制定、修改", "地方性法规", "8", "件")]),
        ("开展视察、调研12次。", [("开展", "视察、调研", "12", "次")]),
        ("批准条例和决定共6件。", [("批准", "条例和决定", "6", "件")]),
        ("满意率98.5%。", [(None, "满意率", "98.5", "%")]),
        ("公用经费压减21%。", [("压减", "公用经费", "21", "%")]),
        ("走访社区、园区等点位46处。", [("走访", "点位", "46", "处")]),
        ("修订财务、档案两项制度。", [("修订", "制度", "两", "项")]),
        ("走访5个社区的居民。", [("走访", "社区", "5", "个")]),
        (
            "提出修改意见9条，采纳5条。",
            [("提出", "修改意见", "9", "条"), ("采纳", "修改意见", "5", "条")],
        ),
        (
            "开展执法检查4项、专题询问1次。",
            [("开展", "执法检查", "4", "项"), ("开展", "专题询问", "1", "次")],
        ),
        ("内设机构由12个增至15个。", [("增至", "内设机构", "15", "个")]),
        ("委员追问了三次。", [("追问", "", "三", "次")]),
        ("拨付救灾资金1.2亿元。", [("拨付", "救灾资金", "1.2亿", "元")]),
        ("今年没有数字。", []),
    ],
)  # fmt: skip
def test_action_object_quantity(text, figures):
    assert bound(text)[-len(figures) :] == figures if figures else bound(text) == []


def test_offsets_count_in_the_report():
    [report] = govtext.read_reports(text=REPORT)
    figures = govtext.key_figures(report)
    assert [(f.object, f.printed) for f in figures] == [
        ("专项工作报告", "18"), ("执法检查", "4"), ("专题询问", "1"), ("审议意见办结率", "98.5"),
    ]  # fmt: skip
    for figure in figures:
        assert report.text[figure.start : figure.end] == figure.printed + figure.unit
        assert figure.sentence.heading == "把监督落到实处"


NOUNS = st.sampled_from(["提案", "代表建议", "调研报告", "整改问题", "乡镇", "《条例》", "资金"])
UNITS = st.sampled_from(["件", "个", "次", "万元", "%", "人次", "平方公里"])


@settings(deadline=None)
@given(st.lists(st.tuples(NOUNS, st.integers(1, 10**7), UNITS), min_size=1, max_size=5))
def test_every_quantity_is_found_where_it_stands(parts):
    text = "，".join(f"办理{noun}{number}{unit}" for noun, number, unit in parts) + "。"
    figures = govtext.key_figures(text)
    [report] = govtext.read_reports(text=text)
    assert [report.text[f.start : f.end] for f in figures] == [f"{n}{u}" for _, n, u in parts]


@settings(deadline=None)
@given(
    st.text("听取审议报告件次个了的、，。；“”《》（）和与由被对等18十二%万元代表委员", max_size=40)
)
def test_nothing_makes_it_fail(text):
    report_text = "各项工作。" + text
    for figure in govtext.key_figures(report_text):
        assert figure.object == figure.object.strip()


def test_wrong_input():
    with pytest.raises(InputTypeError, match="cannot find key figures in list"):
        govtext.key_figures(["报告18个"])
    with pytest.raises(InputError, match="is empty"):
        govtext.key_figures(" ")
    with pytest.raises(InputError, match="holds 2 reports"):
        govtext.key_figures(REPORT + "\n\n" + REPORT.replace("2023", "2022"))
