"""A real report, where one lies beside the project."""

from __future__ import annotations

import pytest

from govtext.reports import read_reports
from govtext.types import Report
from tests.conftest import SHARED

PATH = SHARED / "reports" / "yangpu-people-congress-2024.txt"


@pytest.fixture(scope="module")
def report() -> Report:
    if not PATH.exists():
        pytest.skip(f"no real report at {PATH}")
    (report,) = read_reports(PATH)
    return report


def test_what_it_is(report: Report) -> None:
    assert report.title == "坚定人民当家作主制度自信 凝聚人民城市建设奋进合力"
    assert (report.body, report.year) == ("people_congress", 2024)
    assert report.text.startswith(report.title)


def test_sections(report: Report) -> None:
    assert [section.heading is None for section in report.sections] == [True] + [False] * 5
    assert [len(section.paragraphs) for section in report.sections] == [1, 3, 4, 3, 3, 4]
    assert {section.level for section in report.sections} == {1}


def test_broken_lines_are_joined(report: Report) -> None:
    paragraphs = [p for section in report.sections for p in section.paragraphs]
    assert all(paragraph.text.endswith("。") for paragraph in paragraphs)
    assert "\n\n" not in report.text


def test_topics(report: Report) -> None:
    _, *sections = report.sections
    assert all(p.topic == p.sentences[0].text for s in sections for p in s.paragraphs)
