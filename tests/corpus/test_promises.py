from pathlib import Path

import pytest

from govtext.config import load_config
from govtext.corpus.annotated import read_annotated_folder
from govtext.corpus.check import check_report
from govtext.corpus.duplicates import near_duplicates
from govtext.corpus.keywords import keyword_label
from govtext.corpus.promises import Agreement, Promises, verify

CORPUS = Path(__file__).parents[2] / "data" / "reports"


@pytest.fixture(scope="module")
def reports():
    return read_annotated_folder(CORPUS)


def test_the_corpus_keeps_its_promises(reports):
    promises = load_config(CORPUS / "promises.yaml", Promises)
    assert promises.sentences >= 4000
    assert [verdict for verdict in verify(promises, reports, CORPUS) if not verdict.holds] == []


def test_no_report_of_the_corpus_has_a_fault(reports):
    assert [str(finding) for report in reports for finding in check_report(report)] == []


def broken(promises, folder):
    verdicts = verify(promises, read_annotated_folder(folder), folder)
    return [(verdict.promise, verdict.found) for verdict in verdicts if not verdict.holds]


def test_broken_promises_are_found(reports_folder):
    promises = Promises(
        reports=7, near_duplicates=0.1, crossing_duplicates=0, labels={"other": 6}, novelty=0.99,
        test_stratum=6, years=(2018, 2024),
    )  # fmt: skip
    assert [promise for promise, _ in broken(promises, reports_folder)] == [
        "reports",
        "years",
        "sentences with a near-duplicate in another report",
        "kinds of body with 6 reports or more in the test split",
        "characters, headline",
        "characters, section",
        "characters, report",
        "new bigrams, report",
        "new bigrams, section",
        "new bigrams, headline",
    ]


def test_what_a_summary_invents_breaks_a_promise(reports_folder):
    path = reports_folder / "report-0.txt"
    text = path.read_text("utf-8").replace("> 坐下来把难事谈拢", "> 教育局办成99件")
    path.write_text(text.replace("> 部门的账要晒在太阳下", "> 聚焦财政运行加强监督"), "utf-8")
    found = dict(broken(Promises(), reports_folder))
    assert found["numbers and names that the text lacks"] == "2"
    assert found["headlines that are topic sentences"] == "1"


def test_agreement_is_a_promise(reports_folder):
    table = reports_folder / "agreement.csv"
    table.write_text(
        "id,first,second,settled,rule\n"
        "report-0/1,supervision,supervision,supervision,\n"
        "report-0/2,other,supervision,supervision,1\n"
        "report-0/9,other,other,other,\n",
        encoding="utf-8",
    )
    agreement = Agreement(table=Path("agreement.csv"), sentences=4, kappa=0.9)
    found = dict(broken(Promises(agreement=agreement), reports_folder))
    assert found["sentences labelled twice"] == "3"
    assert found["kappa before settling, all"] == "0.400"
    assert found["settled labels that the corpus does not have"] == "1"


def test_near_duplicates():
    texts = [
        "听取和审议年度预算执行情况的报告。",
        "听取和审议年度预算执行情况的报告！",
        "召开协商座谈会。",
        "好。",
    ]
    [pair] = near_duplicates(texts, ["a", "b", "b", "c"])
    assert (pair.first, pair.second, pair.similarity) == (0, 1, 1.0)
    assert near_duplicates(texts, ["a", "a", "b", "c"]) == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("围绕条例实施开展执法检查。", "legislation_participation"),
        ("执法检查组赴乡镇。", "supervision"),
        ("阳光很好。", None),
    ],
)
def test_the_most_obvious_keyword_stands_first(text, label):
    assert keyword_label(text) == label
