"""The label that a keyword suggests at first sight: what a hard case contradicts."""

from __future__ import annotations

_KEYWORDS: dict[str, tuple[str, ...]] = {
    "supervision": (
        "监督", "听取和审议", "审议", "听取", "执法检查", "专题询问", "备案审查", "视察", "督办",
        "审计", "预算", "决算", "国有资产", "债务", "履职评议", "测评", "暗访", "整改",
    ),
    "legislation_participation": (
        "立法", "法规", "条例", "草案", "修订", "法律", "起草", "立项", "规章",
    ),
    "consultation": (
        "协商", "提案", "社情民意", "建言", "议事", "票决", "座谈会", "征求意见", "献策", "资政",
        "听取意见", "民意", "恳谈",
    ),
    "self_building": (
        "学习", "党组", "党建", "培训", "自身建设", "纪律", "作风", "干部", "机关", "代表之家",
        "委员工作室", "履职能力", "宣传", "制度建设", "队伍",
    ),
    "other": ("任免", "选举", "宪法宣誓", "捐款", "不足", "差距"),
}  # fmt: skip
_BY_KEYWORD = {keyword: label for label, words in _KEYWORDS.items() for keyword in words}


def keyword_label(text: str) -> str | None:
    """Return the label that the most obvious keyword of a sentence suggests.

    The most obvious keyword is the one that stands first, the longest of several that start at
    the same place. None where the sentence has no keyword.
    """
    found = [
        (position, -len(keyword), label)
        for keyword, label in _BY_KEYWORD.items()
        if (position := text.find(keyword)) >= 0
    ]
    return min(found)[2] if found else None
