import json

import pytest

from govtext.corpus.public.known import record_digest
from govtext.corpus.public.summaries import attach_summaries
from govtext.errors import DataError, MissingFileError

REPORT = {
    "level": "prefecture",
    "region": "禾川市",
    "year": 2021,
    "title": "",
    "text": "各位代表：\n新建公路三百公里。\n改造危桥十二座。",
}


def row(**fields):
    summary = {
        "report": record_digest(REPORT),
        "kind": "section",
        "paragraphs": [1, 2],
        "summary": "修通三百公里公路，危桥改造十二座。",
    }
    return {**summary, **fields}


@pytest.fixture
def summaries(tmp_path):
    def write(*rows):
        path = tmp_path / "summaries.jsonl"
        lines = (json.dumps(fields, ensure_ascii=False) + "\n" for fields in rows)
        path.write_text("".join(lines), encoding="utf-8")
        return path

    return write


def test_summaries_meet_their_paragraphs(summaries):
    found = attach_summaries(summaries(row(), row(kind="headline", paragraphs=[2])), [REPORT])
    assert [(e.kind, e.text) for e in found.examples] == [
        ("section", "新建公路三百公里。\n改造危桥十二座。"),
        ("headline", "改造危桥十二座。"),
    ]
    assert len({example.id for example in found.examples}) == 2
    assert {example.group for example in found.examples} == {record_digest(REPORT)}
    assert found.missing == 0


def test_a_summary_of_one_sentence_meets_it(summaries):
    report = {**REPORT, "text": "新建公路三百公里。改造危桥十二座。"}
    named = row(report=record_digest(report), kind="headline", paragraphs=[0])
    rows = [{**named, "sentence": 0}, {**named, "sentence": 1}, named]
    found = attach_summaries(summaries(*rows), [report])
    assert [example.text for example in found.examples] == [
        "新建公路三百公里。",
        "改造危桥十二座。",
        "新建公路三百公里。改造危桥十二座。",
    ]
    assert len({example.id for example in found.examples}) == 3


def test_a_changed_report_is_another_one(summaries):
    changed = {**REPORT, "text": REPORT["text"].replace("三百", "四百")}
    found = attach_summaries(summaries(row(), row(kind="headline")), [changed])
    assert (found.examples, found.missing) == ([], 2)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"paragraphs": [1, 3]}, r"summaries.jsonl:1: paragraphs is \[1, 3\], expected .* 0 to 2"),
        ({"paragraphs": [-1]}, "expected numbers from 0 to 2"),
        ({"paragraphs": "1"}, "expected numbers"),
        ({"paragraphs": None}, "expected numbers"),
        ({"paragraphs": []}, "expected numbers"),
        ({"paragraphs": [True, [1]]}, "expected numbers"),
        ({"kind": "title"}, "kind is 'title', expected heading, headline, section, report"),
        ({"summary": ""}, "'summary' is empty"),
        ({"report": None}, "'report' is missing"),
    ],
)
def test_malformed_summaries_are_named(summaries, fields, message):
    with pytest.raises(DataError, match=message):
        attach_summaries(summaries(row(**fields)), [REPORT])


def test_no_file(tmp_path):
    with pytest.raises(MissingFileError, match=r"none\.jsonl"):
        attach_summaries(tmp_path / "none.jsonl", [REPORT])
