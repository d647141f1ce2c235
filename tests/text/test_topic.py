"""Topic sentences."""

from __future__ import annotations

import pytest

from govtext.text.topic import topic_sentence

REST = "听取和审议预算执行情况报告，审查批准决算。"


@pytest.mark.parametrize(
    "first",
    [
        "聚焦财政经济工作加强监督。",
        "（一）加强财政监督。",
        "1. 加强财政监督。",
        "——民主协商走深走实。",
        "深化落实“两个联系”。",
        "优化“1+7+24”参与网络。",
        "（二）" + "坚" * 29 + "。",
    ],
)
def test_a_short_first_sentence_announces(first: str) -> None:
    assert topic_sentence([first, REST]) == first


@pytest.mark.parametrize(
    "first",
    [
        "补选代表28名。",
        "2023年，区人大走过第三个年头。",
        "账本看得懂吗？",
        "各位代表！",
        "我代表区人大常委会报告工作。",
        "坚" * 30 + "。",
        "（一）。",
        "聚焦财政经济工作加强监督",
    ],
)
def test_others_announce_nothing(first: str) -> None:
    assert topic_sentence([first, REST]) is None


def test_a_single_sentence_announces_nothing() -> None:
    assert topic_sentence(["聚焦财政经济工作加强监督。"]) is None
    assert topic_sentence([]) is None
