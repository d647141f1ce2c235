from govtext.corpus.annotated import read_annotated
from govtext.corpus.check import check_report, novelty
from tests.conftest import REPORT


def messages(tmp_path, content):
    path = tmp_path / "report.txt"
    path.write_text(content, encoding="utf-8")
    return [f"{finding.line}: {finding.message}" for finding in check_report(read_annotated(path))]


def test_faults_are_found_where_they_are(tmp_path):
    good = REPORT.format(id="a-2020", region="禾川县", year=2020, n=4)
    found = messages(
        tmp_path,
        good.replace("> 部门的账要晒在太阳下", "> 聚焦财政运行加强监督").replace(
            "> 坐下来把难事谈拢", "> 开了99场会把《停车办法》谈拢"
        ),
    )
    assert "14: the headline repeats the topic sentence" in found
    assert "26: headline summary says 99, which the text does not" in found
    assert "26: headline summary says 《停车办法》, which the text does not" in found
    assert "1: report summary has 55 characters, not 120 to 180" in found


def test_novelty_counts_what_the_source_does_not_say(tmp_path):
    good = REPORT.format(id="a-2020", region="禾川县", year=2020, n=4)
    path = tmp_path / "report.txt"
    path.write_text(good.replace("> 部门的账要晒在太阳下", "> 聚焦财政运行加强监督"), "utf-8")
    shares = novelty([read_annotated(path)])
    assert set(shares) == {"headline", "section", "report"}
    assert 0.5 < shares["headline"] < 0.9
