"""Lines of a report that are known by their phrase: titles, session lines, addresses, bylines."""

from __future__ import annotations

import re

from govtext.reports.year_forms import YEAR

_MAX_CHARS = 100

_AUDIENCE = (
    r"(?:各位|尊敬的|全体|列席)*(?:人大)?"
    r"(?:代表|委员|领导|来宾|嘉宾|同志|朋友|主任|主席|市民|乡亲)们?"
)
_ADDRESS = re.compile(
    rf"(?=各位|尊敬的|同志们|朋友们|代表们|委员们|乡亲们){_AUDIENCE}(?:[、，,\s]*{_AUDIENCE})*[：:！!]?"
)
_DASHES = r"(?:[—－─―–-]+\s*)?"
_PERSON = r"[\u4e00-\u9fff]{1,4}(?:[·•・\s]+[\u4e00-\u9fff]{1,6}){0,3}"
_OFFICE = (
    r"(?:主\s*任|主\s*席|[省市县区州盟旗镇乡]\s*长|院长|检察长|会长|秘书长|总理|书记|主席团|"
    r"委员会|政府)"
)
_MEETING = r"(?:会议|大会|全会)(?:上|通过)"
_OTHER = r"[^，。；：:]"
_WHEN_AND_WHERE = (
    rf"(?:(?:{YEAR}{_OTHER}{{0,30}})?[在向]{_OTHER}{{2,60}}{_MEETING}"
    rf"|{YEAR}{_OTHER}{{2,50}}(?:{_MEETING}|次会议))"
)
_SESSION = re.compile(
    rf"[（(]?{_DASHES}{_WHEN_AND_WHERE}[）)]?(?:\s*[（(]{YEAR}[^（）()]{{2,12}}[）)])?"
    rf"(?:\s+{_PERSON}|\s*[^，。；：:0-9]{{0,16}}{_OFFICE}\s*{_PERSON})?[）)]?"
    rf"|[（(]?[—－─―–-]+\s*{_OTHER}{{2,40}}次(?:会议|全会)[）)]?"
)
_DAY = re.compile(
    rf"[（(]?{YEAR}\s*[0-9一二三四五六七八九十]{{1,2}}\s*月(?:\s*[0-9一二三四五六七八九十]{{1,3}}\s*日)?"
    rf"(?:\s+{_PERSON})?[）)]?"
)
_SPEAKER = re.compile(
    rf"[^，。；：:0-9]{{0,30}}{_OFFICE}\s+{_PERSON}|(?:报告人|主讲人|汇报人)\s*[：:]\s*{_PERSON}"
)
_CREDIT = (
    r"图[为：:]|图片|题图|上图|下图|本报记者|本报讯|本刊记者|记者\s|见习记者|特约记者|通讯员|责任编辑|责编|"
    r"编辑[：:\s]|作者[：:]|供稿|撰稿|摄影|审核[：:]|编审[：:]|作者系|文[/／]"
)
_WEB_PAGE = (
    r"(?:发布|更新|发稿|发表)?(?:时间|日期)[：:]|(?:信息|文章|稿件)?来源[：:]|索引号[：:]|"
    r"(?:浏览|点击|阅读)(?:次数|量|数)?[：:]|(?:字号|字体|分享到?|上一篇|下一篇)[：:]|版权所有|主办单位[：:]|"
    r"打印本页|关闭窗口|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"
)
_ASIDE = re.compile(
    rf"[（(【\[]?\s*(?:{_CREDIT}|{_WEB_PAGE})[^。]{{0,60}}"
    r"|[（(][^（）()。]{0,40}(?:供稿|摄|整理|记者[^（）()。]{0,20}|通讯员[^（）()。]{0,20})[）)]"
    r"|[^。]{0,40}(?:供稿|[/／]\s*摄)"
    r"|[（(](?:(?:全文)?完|此件[^（）()]{2,10})[）)]"
)
_ORGANISATION = re.compile(
    r"[^，。；：:、\s]{2,30}(?:委员会|常委会|办公室|研究室|主席团|编辑部|政协|人大|人民政府)"
    r"(?:办公室|研究室)?"
)
_BANNER = re.compile(
    r".*(?:专题报道|专题宣传|特别报道|专版|特刊|专刊|专栏|增刊|副刊|要闻|版面|两会特刊)\s*"
    r"|.*第?\s*[0-9０-９A-Z]{1,3}\s*版.*|.*星期[一二三四五六日天].*"
    r"|.*(?:日报|晚报|晨报|时报|周报|商报|报社)(?:\s.*)?"
    r"|.*[届次](?:会议|大会|全会)(?:\s*\S*(?:报道|特刊|专刊|专版|专题))?\s*"
    r"|(?:国内|国内外)?统一刊号.*|.*(?:https?://|www\.)\S+.*"
)

_BODY = r"(?:人大|人民代表大会|政协|政治协商|人民政府|政府|常委会|常务委员会|主席团)"
_GENRE = (
    r"(?:工作报告|工作情况报告|工作情况的报告|工作综述|工作总结|工作要点|工作回顾|工作回眸|工作纪实|"
    r"工作侧记|工作摘要|工作述评|工作情况|工作计划|工作安排|履职综述|履职纪实|履职回眸|履职回顾|履职报告|"
    r"综述|总结|回眸|纪实|侧记|掠影|巡礼|速览|简报|走笔)"
)
_FORMAL = re.compile(
    rf"(?!.*(?:听取|审议|开展|做好|围绕))[^，,。；：:]{{0,40}}{_BODY}[^，,。；：:]{{0,30}}{_GENRE}"
    rf"|[*＊]?(?:{YEAR})?(?:政府)?工作报告"
)
_SUBTITLE = re.compile(
    rf"(?=.*(?:{YEAR}|届))(?=.*(?:{_BODY}|工作|履职|报告|{_GENRE}))[^。；！？]{{4,60}}"
)


def is_address(text: str) -> bool:
    """Tell whether a line only addresses the audience (各位代表：)."""
    return _is(_ADDRESS, text)


def is_session(text: str) -> bool:
    """Tell whether a line says at which session the report was given."""
    return _is(_SESSION, text)


def is_front(text: str) -> bool:
    """Tell whether a line below the title says when, where or by whom the report was given."""
    return bool(
        is_session(text)
        or is_address(text)
        or is_aside(text)
        or _is(_DAY, text)
        or _is(_SPEAKER, text)
    )


def is_aside(text: str) -> bool:
    """Tell whether a line is a caption, a byline or a credit."""
    return _is(_ASIDE, text)


def is_signature(text: str) -> bool:
    """Tell whether a line at the end of a report signs or dates it."""
    return bool(_is(_DAY, text) or _is(_ORGANISATION, text) or is_aside(text))


def is_banner(text: str) -> bool:
    """Tell whether a line belongs to the page of a newspaper and not to a report."""
    return _is(_BANNER, text)


def _is(pattern: re.Pattern[str], text: str) -> bool:
    return len(text) <= _MAX_CHARS and pattern.fullmatch(text) is not None


def is_formal_title(text: str) -> bool:
    """Tell whether a line names a body and the kind of its report (…人大常委会工作报告)."""
    return _is(_FORMAL, text)


def is_subtitle(text: str) -> bool:
    """Tell whether a line gives body or kind of a report, and its year or term."""
    return _is(_SUBTITLE, text)
