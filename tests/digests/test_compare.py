from dataclasses import replace

import pytest

import govtext
from govtext.digests.compare import compare, figure_rows, in_order
from govtext.digests.strip import HEIGHT, WIDTH, strip


def test_years_are_put_in_order(years):
    assert [view.report.year for view in years.reports] == [2021, 2022, 2023]
    assert compare(years.reports).over_time


def test_bodies_stay_as_given(years):
    reports = [view.report for view in years.reports]
    others = [reports[2], replace(reports[0], body="cppcc")]
    assert in_order(others) == others
    unknown = [replace(report, year=None) for report in reports[::-1]]
    assert in_order(unknown) == unknown


def test_the_same_figure_over_time(years):
    rows = {row.name: row for row in compare(years.reports).rows}
    [heard] = [row for name, row in rows.items() if name.endswith("专项工作报告")]
    assert [[item.figure.value for item in cell] for cell in heard.cells] == [[12], [14], [18]]
    assert all(row.reports >= 2 for row in rows.values())


def test_pieces_of_work_are_the_same_whatever_counts_them():
    def view(text):
        return govtext.digest(govtext.read_reports(text=text)[0]).reports[0]

    views = [view("听取和审议专项工作报告18个。"), view("听取审议专项工作报告12项。")]
    [row] = figure_rows(views)
    assert row.reports == 2
    money = [view("安排资金3万元。"), view("安排资金3公里。")]
    assert figure_rows(money) == ()


def test_what_is_new_and_what_is_gone(years):
    changes = compare(years.reports).changes
    steps = [(change.view.report.year, change.other.report.year) for change in changes]
    assert steps == [(2022, 2021), (2021, 2022), (2023, 2022), (2022, 2023)]
    new, gone, *_ = changes
    assert [mention.text for mention in new.titles] == ["《港口法》"]
    assert [mention.text for mention in gone.titles] == ["《渔业法》"]
    assert "码头" in [mention.text for mention in new.words]
    assert "码头" not in [mention.text for mention in gone.words]
    [title] = new.titles
    sentences = {sentence.number: sentence for sentence in new.view.sentences()}
    assert "《港口法》" in sentences[title.number].text


def test_what_only_one_body_has(years):
    views = [replace(years.reports[0]), replace(years.reports[1])]
    bodies = ["people_congress", "cppcc"]
    views = [
        replace(view, report=replace(view.report, body=body))
        for view, body in zip(views, bodies, strict=True)
    ]
    comparison = compare(views)
    assert not comparison.over_time
    assert [change.other for change in comparison.changes] == [None, None]


def test_page_of_several_reports(years):
    html = years.html
    assert "3 份报告的比较" in html
    assert "2022 年新出现" in html
    assert html.count('class="report"') == 3


@pytest.mark.parametrize("kept", [slice(0, 3), slice(0, 1)])
def test_dots_lie_in_their_frame(years, kept):
    views = years.reports[kept]
    for row in figure_rows(views, least=1):
        drawn = strip(row, views)
        assert drawn.lowest <= drawn.median <= drawn.highest
        assert all(0 <= dot.x <= WIDTH and 0 <= dot.y <= HEIGHT for dot in drawn.dots)
