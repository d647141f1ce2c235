import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govtext.keyfigures.quantities import find_quantities


def found(text):
    return [(q.printed, q.unit, q.value, q.high, q.qualifier) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("召开座谈会18次", ("18", "次", 18, None, None)),
        ("召开座谈会十二次", ("十二", "次", 12, None, None)),
        ("惠及居民1.2亿人", ("1.2亿", "人", 1.2e8, None, None)),
        ("拨付资金3，200万元", ("3，200万", "元", 3.2e7, None, None)),
        ("走访居民300余户", ("300余", "户", 300, None, "over")),
        ("收到来信二十多封", ("二十多", "封", 20, None, "over")),
        ("走访近300户", ("近300", "户", 300, None, "under")),
        ("惠及约120人", ("约120", "人", 120, None, "about")),
        ("全年接访不少于3次", ("不少于3", "次", 3, None, "over")),
        ("提案数量在50件左右", ("50", "件", 50, None, "about")),
        ("安排议题3至5个", ("3至5", "个", 3, 5, None)),
        ("安排议题3个至5个", ("3个至5", "个", 3, 5, None)),
        ("投入2至3万元", ("2至3万", "元", 20000, 30000, None)),
        ("满意率98.5%", ("98.5", "%", 98.5, None, None)),
        ("提高8.2个百分点", ("8.2", "个百分点", 8.2, None, None)),
        ("办成率达百分之九十八点五", ("百分之九十八点五", "%", 98.5, None, None)),
        ("整改率不足三成", ("不足三成", "%", 30, None, "under")),
        ("合格率升到八成三", ("八成三", "%", 83, None, None)),
        ("文件压缩三分之二", ("三分之二", "", 2 / 3, None, None)),
        ("常住人口六万八，", ("六万八", "", 68000, None, None)),
        ("写出改进方案一份。", ("一", "份", 1, None, None)),
        ("办理时间由9天缩短", ("9", "天", 9, None, None)),
        ("报送建议 18 件", ("18", "件", 18, None, None)),
    ],
)  # fmt: skip
def test_quantities(text, quantity):
    assert found(text) == [quantity]


@pytest.mark.parametrize(
    "text",
    [
        "2023年3月5日上午9点", "第三次会议", "县五届三次会议闭幕", "十四五规划", "第十二条规定", "《水法二十条》",
        "落实“三个一批”", "乘17路车", "三个月内答复", "历时两年", "一位代表说", "开了个会", "A4纸", "增强四个意识",
        "每季度听取一次汇报", "十分重视", "统一部署", "拨打12345热线", "积分前十名", "零件", "三农工作", "几百封来信",
    ],
)  # fmt: skip
def test_no_quantities(text):
    assert found(text) == []


@settings(deadline=None)
@given(
    st.text(
        "零一二两三十百千万亿0123456789.，,%至近约余多成分之个件次元年月第《》“” \n报告",
        max_size=30,
    )
)
def test_any_text_has_sound_offsets(text):
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.start < quantity.end <= len(text)
        end = quantity.end
        stands = text[quantity.start : quantity.end].replace(" ", "")
        assert stands in (
            quantity.printed.replace(" ", ""),
            (quantity.printed + quantity.unit).replace(" ", ""),
        )
