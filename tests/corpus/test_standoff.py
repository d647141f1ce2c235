import json

import pytest

import govtext
from govtext.corpus.standoff import attach, detach, read_standoff, write_standoff
from govtext.errors import DataError, MissingFileError

TEXT = """\
把监督做实 把民意听真

——禾川县人大常委会2023年工作综述

紧盯要事,监督更有力

聚焦财政运行加强监督。听取和审议预算执行情况报告3项。听取和审议预算执行情况报告3项。

走近群众,协商更有味

在院坝召开恳谈会12场。
"""
LABELS = ["supervision", "supervision", "other", "consultation"]


@pytest.fixture
def report():
    [report] = govtext.read_reports(text=TEXT)
    return report


@pytest.fixture
def labels(report):
    return detach(report, LABELS, id="hechuan-2023")


def test_labels_travel_without_their_text(labels, tmp_path):
    path = tmp_path / "labels.json"
    write_standoff(labels, path)
    assert "听取" not in path.read_text(encoding="utf-8")
    assert read_standoff(path) == labels


def test_labels_find_their_sentences_again(labels, report):
    attached = attach(labels, [report])
    assert not attached.missing
    assert [s.label for s in attached.sentences] == LABELS
    first = attached.sentences[0]
    assert (first.text, first.heading) == ("聚焦财政运行加强监督。", "紧盯要事,监督更有力")
    assert first.topic == "聚焦财政运行加强监督。"


def test_another_layout_of_the_document_does_not_matter(labels):
    broken = TEXT.replace("预算执行情况报告3项。听取", "预算执行情\n\n况报告3项。听取")
    assert not attach(labels, govtext.read_reports(text=broken)).missing


def test_what_does_not_match_is_said(labels):
    other = TEXT.replace("恳谈会12场", "恳谈会13场")
    attached = attach(labels, govtext.read_reports(text=other))
    assert len(attached.sentences) == 3
    assert attached.missing[0].startswith("sentence 4 (characters ")
    assert "no label for characters" in attached.missing[1]


def test_another_document(labels):
    other = govtext.read_reports(text=TEXT.replace("把监督做实", "把法治做实"))
    with pytest.raises(
        DataError, match="the labels are for '把监督做实 把民意听真', the document holds 把法治做实"
    ):
        attach(labels, other)


def test_as_many_labels_as_sentences(report):
    with pytest.raises(DataError, match="3 labels for 4 sentences"):
        detach(report, LABELS[:3], id="x")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"year": "soon"}, "year: Input should be a valid integer"),
        ({"colour": 1}, "colour: Extra inputs"),
        ({"sections": [{"level": 3}]}, "sections.0.level"),
    ],
)
def test_malformed_label_files(labels, tmp_path, change, message):
    path = tmp_path / "labels.json"
    path.write_text(json.dumps({**labels.model_dump(), **change}), encoding="utf-8")
    with pytest.raises(DataError, match=message):
        read_standoff(path)


def test_no_label_file(tmp_path):
    with pytest.raises(MissingFileError):
        read_standoff(tmp_path / "no.json")
    (tmp_path / "x.json").write_text("[", encoding="utf-8")
    with pytest.raises(DataError, match="not a JSON file of labels"):
        read_standoff(tmp_path / "x.json")
