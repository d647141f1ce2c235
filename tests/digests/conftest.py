from __future__ import annotations

import pytest

import govtext

TEMPLATE = """\
青屿县人大常委会{year}年工作报告

——在县人大会议上

各位代表：

青屿县三面环水，渔港千年不冻。

一、依法监督

聚焦财政运行加强监督。听取和审议专项工作报告{heard}项，开展执法检查{checks}次。对《{law}》实施情况开展检查，督促{checks}个部门整改。

二、民主协商

在渔村议事亭召开协商座谈会{heard}场，听取渔民意见{views}条。{extra}

三、自身建设

举办代表履职培训班{checks}期。机关党组开展理论学习{heard}次。
"""
YEARS = {
    2021: {"heard": 12, "checks": 3, "views": 86, "law": "渔业法", "extra": "渔港改造渔港先议。"},
    2022: {"heard": 14, "checks": 4, "views": 97, "law": "港口法", "extra": "码头改造码头先议。"},
    2023: {"heard": 18, "checks": 6, "views": 120, "law": "港口法", "extra": ""},
}


def text_of(year: int) -> str:
    return TEMPLATE.format(year=year, **YEARS[year])


@pytest.fixture(scope="session")
def report() -> govtext.Report:
    [report] = govtext.read_reports(text=text_of(2023))
    return report


@pytest.fixture(scope="session")
def page(report):
    """Return the digest of a small report, some of its labels marked as uncertain."""
    return govtext.digest(report, max_chars=300, min_score=0.995)


@pytest.fixture(scope="session")
def view(page):
    return page.reports[0]


@pytest.fixture(scope="session")
def years():
    """Return the digest of three years, given out of order."""
    reports = [govtext.read_reports(text=text_of(year))[0] for year in (2023, 2021, 2022)]
    return govtext.digest(reports)
