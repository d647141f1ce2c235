"""Names of places, organizations and laws in a text, and whether another text has them.

Chinese has no capitals and no spaces, so rules that find every name find many that are none. These
look only where a name is nearly certain: places of common place-name characters or right before a
body's name, departments and committees from a closed list, laws by their usual endings.
"""

from __future__ import annotations

import re
from functools import lru_cache

_HAN = "[\u4e00-\u9fff]"

# Each is one department or committee by the forms in which it is written.
_BODIES = (
    "财政 财经", "审计", "教育 教体", "公安", "司法 监察司法", "民政", "人社 人力资源",
    "自然资源 国土 规划", "生态环境 环保 环境保护", "住建 住房 建设 城建 建委",
    "城管 城市管理 行政执法 综合执法", "交通", "水利 水务", "农业 农村 农牧", "商务",
    "文旅 文化 旅游", "卫健 卫生 卫计", "应急 安监", "市场监管 市场监督 工商 食药监 质监", "统计",
    "医保 医疗保障", "林业 林草", "国资 国有资产", "信访", "税务", "发改 发展改革 发展和改革",
    "科技", "工信 经信 工业和信息化", "民宗 民族 宗教", "退役军人", "法制 法工", "提案", "文史",
    "社会建设", "教科 科教",
)  # fmt: skip
_ENDING = "(?:管理|监督|保障|健康|建设|委员会|委|局|厅|部|办|系统|机关|口|会|组|口径|部门)"
_FORMS = {form: forms.split() for forms in _BODIES for form in forms.split()}
_ORGANIZATION = re.compile(
    rf"(?:{'|'.join(sorted(_FORMS, key=len, reverse=True))})"
    "(?:管理|保障|监督管理|健康|和农村|和旅游|和城乡建设|和社会保障|和信息化|和规划|和水利)?(?:委员会|局|厅|委(?!员|托|派|任|以))"
)
_COURTS = {
    "检察院": "检察|两院|法检",
    "法院": "法院|法庭|法官|审判|两院|法检|中院|高院",
    "监委": "监委|监察委|监察",
    "监察委": "监委|监察委|监察",
}
_COURT = re.compile("检察院|法院|监察委|监委")

_PLACE_CHARS = (
    "东西南北中上下前后山水河江湖海溪泉石岩坪坝沟湾桥头庄塘岭坡沙林松柏柳桃李梅荷莲兰竹桐枫榆槐桂梧"
    "榕杨云龙凤虎鹤鹭鹿马牛羊燕雀鸥金银铜玉珠安福兴永宁康泰丰昌盛平阳阴清澄浦港洲岛屿滩渡津沽"
    "淮漳沅沂洛汾渭滨源川谷峰崖峡关城堡寨屯岗丘陵原野田池潭井洋潮汐墨青白黑红赤紫黄蓝碧翠丹霞"
    "双三五七九王张陈赵周吴郑孙何沈韩蒋"
)
_PLACE_KINDS = "省|市|县|区|旗|镇|乡|街道|村|社区"
_PLACE = re.compile(
    rf"[{_PLACE_CHARS}]{{2,3}}(?:{_PLACE_KINDS})(?![民场容域级间别位块庄落居亲土愁情贤音])|"
    rf"(?:(?<![{_HAN[1:-1]}0-9０-９，、；：])|(?<=[由受对在与和向赴被年])|(?<=年，)){_HAN}{{2,3}}(?:省|市|县|区|镇|乡|街道)"
    "(?=人大|政协|人民代表大会|人民政府|政府|(?:19|20)[0-9]{2}年)"
)
# What ends like a name of a place and is none: 老城区, 渔村, 全县, 完成区(人大换届).
_NO_PLACE = re.compile(
    "(?:城|山|林|湖|库|港|海|社|小|园|景|新|老|库|片|灾|牧|校|厂|矿|地|沙|辖|全|各|本|该|两|邻|跨|设|产)区$"
    "|(?:乡|城|古|小|老|集|新|重|各|全|两|远|中心)镇$"
    "|(?:农|乡|古|新|山|渔|水|老|穷|驻|进|下|各|全|两|三|双|七|五|九|联|中心|空心|城中)村$"
    "|(?:家|侨|茶|水|竹|老|返|下|城|同|县|山|异|各|全|两|海|双|三|五|七|九)乡$"
    "|(?:城|夜|集|菜|超|门|全|各|本|两|上|省|股|开|早|三|五|七|九|双|设区的)市$"
    "|(?:全|各|本|两|邻|市|跨|三|五|七|九|该|产粮)县$|(?:老|各|全|两|三|五|七|九)(?:社区|街道)$|[全各本该我两三五七九外邻委]省$"
    "|水平|水源|南北|东中西|东西|中西|平安"
    "|^[年条次项件个名场期份篇与并被获由受对在向从为把将请让使令经报]|[获被与]"
    "|介绍|概述|汇报|汇总|列出|统计|作为|成为|完成|促成|坚持|完善|建立|实行|加大|发挥|聘请|主动|今年|[一二三四]是|各位|市委|省委|落实|争取|加强|增加|建成|选出|承办|接受|参与|列席|出席|配合|督促|会同"
    "|协助|协同|联合|依托|建议|请求|报请|提请|邀请|提交|反馈|写入|组织|召开|推动|支持|服务|围绕|要求|征求"
    "|听取|通过|领导|指导|代表|充实|感谢|充分|全年|报告|本届|上届|表示"
)

_LAW = re.compile(
    rf"{_HAN}{{2}}条例|"
    "(?:保护|促进|防治|管理|保障|安全|生产|教育|监督|预算|旅游|代表|消防|审计|环保|选举|合同|森林|草原"
    "|渔业|种子|档案|慈善|物权|农产品质量|民族区域自治)法(?![院治律规制官庭定人检办工学])"
)
_NO_LAW = re.compile(
    "[和与及等的了在对将把就让用按向从这该各其有后前旧新部项件条份首本]"
    "|修订|修改|制定|检查|出台|审议|评估|监督|探索|指出|修正|废止|起草|列入|写入|进入|围绕|单行|自治"
    "|党纪|监管|规范|立法|执法|完善|落实|依照|根据|宣传|学习|通过"
)


def names(text: str) -> list[str]:
    """Return the names of places, organizations and laws in a text, in order, each once.

    Titles in 《》 are left to `facts.titles`. Precision goes before completeness.
    """
    found: list[tuple[int, str]] = []
    for match in _PLACE.finditer(text):
        if not _NO_PLACE.search(match.group()):
            found.append((match.start(), match.group()))
    found += [(match.start(), match.group()) for match in _ORGANIZATION.finditer(text)]
    found += [(match.start(), match.group()) for match in _COURT.finditer(text)]
    for match in _LAW.finditer(text):
        if not _NO_LAW.search(match.group().removesuffix("条例")[-2:]):
            found.append((match.start(), match.group()))
    return list(dict.fromkeys(name for _, name in sorted(found)))


def has_name(name: str, source: str) -> bool:
    """Return whether a text has a name, as it stands, longer, shorter, or in another usual form.

    Longer: 卫健委 is in 卫生健康委员会, 养犬条例 in 养犬管理条例. Shorter: 禾川市 is there where
    禾川 is. Another form: 财政局 is the 财政部门, 法院 one of the 两院.

    Args:
        name: A name that `names` found.
        source: A text without white space.
    """
    if name in source:
        return True
    if name in _COURTS:
        return re.search(_COURTS[name], source) is not None
    if law := _LAW.fullmatch(name):
        return (
            _spread(law.group().removesuffix("条例").removesuffix("法")).search(source) is not None
        )
    if _ORGANIZATION.fullmatch(name):
        forms = next(forms for form, forms in _FORMS.items() if name.startswith(form))
        known = (re.search(f"{form}{_HAN}{{0,6}}{_ENDING}", source) for form in forms)
        return any(known) or _spread(name).search(source) is not None
    stem = re.sub(f"(?:{_PLACE_KINDS})$", "", name)
    return len(stem) > 1 and stem in source


@lru_cache(maxsize=4096)
def _spread(name: str) -> re.Pattern[str]:
    """Return what finds the characters of a name in order, with a few others in between."""
    return re.compile(f"{_HAN}{{0,5}}".join(map(re.escape, name)))
