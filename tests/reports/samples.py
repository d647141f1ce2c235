"""Fictional reports, and a compact view of what was read from them."""

from __future__ import annotations

from govtext.types import Report

TITLE = "把监督做实 把民意写进决策"
SUBTITLE = "——云溪区人大常委会2023年工作综述"
OPENING = (
    "2023年，云溪区人大常委会召开会议9次，听取专项工作报告14项。成绩写在账本里，也写在渡口边。"
)
HEADING = "坚持服务大局,寓支持于监督,助力推动区域发展新跃升"
FINANCE = (
    "聚焦财政经济工作加强监督。听取和审议预算执行情况报告，审查批准决算和预算调整方案。"
    "对区属7家企业开展专题调研，逐笔核对往来账目。"
)
PEOPLE = (
    "聚焦增进民生福祉加强监督。开展《云溪区就业促进条例》执法检查，走访企业26家。"
    "围绕“渡口客运”组织专题询问，答问者当场认账。"
)
SECOND = "坚持人民至上,加大创新探索,坚定迈出新步伐"
VOICES = "推动广泛有序的民主参与。邀请130名代表列席会议，居民旁听60人次。"
REPORT = "\n\n".join([TITLE, SUBTITLE, OPENING, HEADING, FINANCE, PEOPLE, SECOND, VOICES])


def shape(report: Report) -> list[tuple[str | None, list[str]]]:
    """Return the headings of a report, each with its paragraphs."""
    return [
        (section.heading, [paragraph.text for paragraph in section.paragraphs])
        for section in report.sections
    ]


SHAPE = [(None, [OPENING]), (HEADING, [FINANCE, PEOPLE]), (SECOND, [VOICES])]
