from pathlib import Path

import pytest

from govtext.corpus.agreement import cohen_kappa, kappas, read_twice_labelled
from govtext.corpus.annotated import read_annotated_folder
from govtext.errors import DataError, MissingFileError

DATA = Path(__file__).parents[2] / "data"


def test_kappa():
    assert cohen_kappa("aabb", "aabb") == 1
    assert cohen_kappa("aabb", "abab") == 0


def test_the_table_of_the_corpus_settles_what_the_corpus_says():
    rows = read_twice_labelled(DATA / "agreement.csv")
    assert len(rows) >= 1000
    labels = {
        f"{report.id}/{number}": sentence.label
        for report in read_annotated_folder(DATA / "reports")
        for number, sentence in enumerate(report.sentences(), start=1)
    }
    assert [row.id for row in rows if labels[row.id] != row.settled] == []


def test_every_settled_rule_stands_in_the_guideline():
    guideline = (DATA / "GUIDELINE.md").read_text(encoding="utf-8")
    rules = {row.rule for row in read_twice_labelled(DATA / "agreement.csv") if row.rule}
    assert all(f"\n{rule}. " in guideline for rule in rules)


def test_kappa_of_each_label(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "id,first,second,settled,rule\nr/1,a,a,a,\nr/2,b,b,b,\nr/3,a,b,a,1\nr/4,b,b,b,\n", "utf-8"
    )
    found = kappas(read_twice_labelled(path))
    assert found["all"] == pytest.approx(0.5)
    assert set(found) == {"all", "a", "b"}


def test_malformed_tables(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,first,second,settled,rule\nr/1,a,b,a,\n", "utf-8")
    with pytest.raises(DataError, match=r"a.csv:2: the labels differ, but no rule is named"):
        read_twice_labelled(path)
    with pytest.raises(MissingFileError):
        read_twice_labelled(tmp_path / "no.csv")
