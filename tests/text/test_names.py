"""Names are found where they are nearly certain, and known in their usual other forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtext.text.names import has_name, names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2023年，石泷县政协协商", ["石泷县"]),
        ("2023年石泷县人大", ["石泷县"]),
        ("暗访桃源镇，与柳林村村民座谈", ["桃源镇", "柳林村"]),
        ("约谈市生态环境局和区卫健委", ["生态环境局", "卫健委"]),
        ("听取法院、检察院和监委报告", ["法院", "检察院", "监委"]),
        ("检查养犬条例、农产品质量安全法", ["养犬条例", "安全法"]),
        ("检查安全法，再查安全法", ["安全法"]),
    ],
)
def test_names_are_found(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "老旧小区改造、渔村议事，赴山区视察，与邻县政协交流",
        "建议获区政府采纳，配合市人大调研，完成区人大换届",
        "督办建议，举办培训，立法执法，出台办法，修订条例",
        "教育委员学法，财政委托评估，法治宣传，农村委员驻村",
        "南山市民参与，城区改造，全县人大代表",
    ],
)
def test_what_only_ends_like_a_name_is_none(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("name", "source", "there"),
    [
        ("柳泉县", "柳泉因水得名", True),
        ("柳泉县", "青屿县", False),
        ("卫健委", "卫生健康委员会", True),
        ("发改委", "发展和改革委员会", True),
        ("环保局", "生态环境部门", True),
        ("财政局", "财政资金", False),
        ("法院", "评议两院工作", True),
        ("法院", "公安机关", False),
        ("大气条例", "大气污染防治条例草案", True),
        ("大气条例", "养犬条例", False),
    ],
)
def test_other_forms_of_a_name(name: str, source: str, there: bool) -> None:
    assert names(f"检查{name}") == [name]
    assert has_name(name, source) is there


@given(st.text(st.sampled_from("山水市区县镇村局委法院条例年石柳财政教育，。2 "), max_size=40))
def test_a_text_has_its_own_names(text: str) -> None:
    flat = "".join(text.split())
    assert all(has_name(name, flat) for name in names(flat))
