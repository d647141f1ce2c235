import pytest

from govtext.config.schema import Data
from govtext.corpus.examples import read_labelled
from govtext.corpus.splits import read_splits
from govtext.errors import DataError


def split(train, *, seed=0, **options):
    data = Data(train=train, validation_share=0.2, test_share=0.2, **options)
    return read_splits(read_labelled, data, stratum=lambda s: s.label, seed=seed)


def test_splits_tear_no_report_apart_and_say_what_they_did(reports_folder):
    splits = split(reports_folder)
    groups = [{s.group for s in part} for part in (splits.train, splits.validation, splits.test)]
    assert all(groups)
    assert sum(map(len, groups)) == len(set.union(*groups)) == 6
    assert len(splits.notes) == 2
    assert "no data.test is named: " in splits.notes[0]


def test_the_seed_decides(reports_folder):
    assert split(reports_folder) == split(reports_folder)
    drawn = {tuple(sorted({x.group for x in split(reports_folder, seed=s).test})) for s in range(8)}
    assert len(drawn) > 1


def test_equal_texts_stay_together(tmp_path):
    path = tmp_path / "a.csv"
    rows = "".join(f"第{i % 10}句。,{'甲乙'[i % 2]}\n" for i in range(60))
    path.write_text("text,label\n" + rows, encoding="utf-8")
    splits = split(path)
    assert not {s.text for s in splits.train} & {s.text for s in splits.test}
    assert {s.label for s in splits.test} == {"甲", "乙"}


def test_named_splits_are_read(reports_folder, tmp_path):
    (reports_folder / "report-1.txt").rename(tmp_path / "report-1.txt")
    splits = split(reports_folder, test=tmp_path / "report-1.txt")
    assert {s.group for s in splits.test} == {"report-1"}
    assert len(splits.notes) == 1


def test_too_few_to_split(reports_folder):
    with pytest.raises(DataError, match="too few examples to split off"):
        split(reports_folder / "report-0.txt")


def test_what_is_in_two_splits_is_said(reports_folder):
    splits = split(reports_folder, test=reports_folder, validation=reports_folder)
    assert len(splits.notes) == 2
    assert "60 of the 60 test examples are in the training data too" in splits.notes[0]
