from pathlib import Path

import pytest

from govtext.config import load_config
from govtext.corpus.annotated import read_annotated_folder
from govtext.corpus.check import check_report
from govtext.corpus.duplicates import near_duplicates
from govtext.corpus.keywords import keyword_label
from govtext.corpus.promises import Promises, verify

CORPUS = Path(__file__).parents[2] / "data" / "reports"


@pytest.fixture(scope="module")
def reports():
    return read_annotated_folder(CORPUS)


def test_the_corpus_keeps_its_promises(reports):
    promises = load_config(CORPUS / "promises.yaml", Promises)
    assert promises.sentences >= 4000
    assert [verdict for verdict in verify(promises, reports) if not verdict.holds] == []


def test_no_report_of_the_corpus_has_a_fault(reports):
    assert [str(finding) for report in reports for finding in check_report(report)] == []


def test_broken_promises_are_found(reports_folder):
    promises = Promises(reports=7, near_duplicates=0.1, crossing_duplicates=0, labels={"other": 6})
    verdicts = verify(promises, read_annotated_folder(reports_folder))
    assert [verdict.promise for verdict in verdicts if not verdict.holds] == [
        "reports",
        "sentences with a near-duplicate",
    ]


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
