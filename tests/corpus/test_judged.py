import json

import pytest

from govtext.corpus.annotated import read_annotated_folder
from govtext.corpus.judged import attach_judged, read_judged, write_judged
from govtext.corpus.public.known import record_digest
from govtext.errors import DataError, MissingFileError
from tests.conftest import ROOT

JUDGED = ROOT / "data" / "judged"
REPORT = {
    "level": "prefecture",
    "region": "禾川市",
    "year": 2021,
    "title": "",
    "text": "各位代表：\n新建公路三百公里。改造危桥十二座。",
}
SAID = [{"statement": "修通公路", "is_true": True}, {"statement": "改造公路", "is_true": False}]


@pytest.fixture
def written(tmp_path):
    def write(**fields):
        path = tmp_path / "judged.jsonl"
        path.write_text(json.dumps(fields, ensure_ascii=False) + "\n", encoding="utf-8")
        return path

    return write


def test_each_statement_comes_with_its_text(written):
    found = read_judged(written(group="a", text="新建公路。", statements=SAID))
    assert [(one.statement, one.is_true) for one in found] == [
        ("修通公路", True),
        ("改造公路", False),
    ]
    assert {(one.text, one.group) for one in found} == {("新建公路。", "a")}
    assert len({one.id for one in found}) == 2


def test_what_is_written_is_read_again(written, tmp_path):
    found = read_judged(written(group="a", text="新建公路。", statements=SAID))
    write_judged(found, tmp_path / "again.jsonl")
    again = read_judged(tmp_path / "again.jsonl")
    assert [(one.text, one.statement, one.is_true, one.group) for one in again] == [
        (one.text, one.statement, one.is_true, one.group) for one in found
    ]


def test_statements_meet_the_sentence_of_a_public_report(written):
    path = written(report=record_digest(REPORT), paragraphs=[1], sentence=1, statements=SAID)
    found, missing = attach_judged(path, [REPORT])
    assert {one.text for one in found} == {"改造危桥十二座。"}
    assert missing == 0
    assert attach_judged(path, []) == ([], 1)


@pytest.mark.parametrize("sentence", [2, -1, "1", True])
def test_a_sentence_that_is_not_there_is_refused(written, sentence):
    path = written(report=record_digest(REPORT), paragraphs=[1], sentence=sentence, statements=SAID)
    with pytest.raises(DataError, match=r"judged.jsonl:1: sentence is .* from 0 to 1"):
        attach_judged(path, [REPORT])


@pytest.mark.parametrize(
    "statements",
    [None, "修通公路", [{"statement": "修通公路"}], [{"statement": 3, "is_true": True}]],
)
def test_malformed_statements_are_named(written, statements):
    with pytest.raises(DataError, match=r'judged.jsonl:1: statements is .* "is_true"'):
        read_judged(written(group="a", text="新建公路。", statements=statements))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(MissingFileError, match=r"none.jsonl: no such file"):
        read_judged(tmp_path / "none.jsonl")


def test_what_is_learned_is_on_no_held_out_report():
    held_out = {
        split: "\n".join(
            "".join(sentence.text for sentence in paragraph.sentences)
            for report in read_annotated_folder(ROOT / "data" / "reports" / split)
            for paragraph in report.paragraphs()
        )
        for split in ("validation", "test")
    }
    learned = read_judged(JUDGED / "train.jsonl")
    measured = read_judged(JUDGED / "validation.jsonl")
    assert len(learned) > 5000 and len(measured) > 1000
    for one in learned:
        assert not any(line in text for text in held_out.values() for line in one.text.split("\n"))
    assert all(line in held_out["validation"] for one in measured for line in one.text.split("\n"))
