import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtext.corpus.examples import digest, read_labelled, read_pairs
from govtext.errors import DataError, MissingFileError


def test_sentences_of_annotated_reports(reports_folder):
    sentences = read_labelled(reports_folder)
    assert len(sentences) == 60
    second = sentences[1]
    assert second.id == "report-0/1.1.2"
    assert second.heading == "紧盯要事，监督更有力"
    assert second.topic == "聚焦财政运行加强监督。"
    assert second.group == "report-0"
    assert len({sentence.id for sentence in sentences}) == 60


def test_pairs_of_annotated_reports(reports_folder):
    pairs = read_pairs(reports_folder / "report-0.txt")
    assert [pair.kind for pair in pairs] == [
        "report", "section", "headline", "headline", "section", "headline", "headline",
    ]  # fmt: skip
    assert pairs[2].summary == "部门的账要晒在太阳下"
    assert pairs[2].text.startswith("聚焦财政运行加强监督。听取和审议")


def test_json_lines(tmp_path):
    path = tmp_path / "a.jsonl"
    rows = [{"text": "听取报告。", "label": "督", "id": 7}, {"text": "开会。", "label": "会"}]
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", encoding="utf-8")
    first, second = read_labelled(path)
    assert (first.id, first.text, first.label, first.heading) == ("7", "听取报告。", "督", None)
    assert second.id == f"{path}:2"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_the_encodings_of_spreadsheets(tmp_path, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes('text,label\r\n"审议,听取\n报告。",督\r\n开会。,会\r\n'.encode(encoding))
    first, second = read_labelled(path)
    assert first.text == "审议,听取\n报告。"
    assert second.place == f"{path}:4"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", '{"text": "好。"}', "a.jsonl:1: field 'label' is missing; fields here: text"),
        ("a.jsonl", '{"text": "", "label": "a"}', "a.jsonl:1: field 'text' is empty"),
        ("a.jsonl", '{"text": 1.5, "label": "a"}', "field 'text' is float, expected a text"),
        ("a.jsonl", '\n{"text": ', "a.jsonl:2: not valid JSON"),
        ("a.jsonl", '["x"]', "a.jsonl:1: expected a JSON object"),
        ("a.jsonl", "", "holds no example"),
        ("a.csv", "text,label\n一,二,三\n", "a.csv:2: 3 fields, but the header has 2"),
        ("a.csv", 'text,label\n"一,二\n', "not valid CSV"),
        ("a.csv", "text,label\n", "holds no example"),
        ("a.xlsx", "x", "not .xlsx"),
    ],
)
def test_malformed_rows_are_refused_with_their_place(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        read_labelled(path)


def test_bytes_of_no_known_encoding(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"text,label\na,b\n\xff\xff,c\n")
    with pytest.raises(DataError, match="a.csv:3: neither UTF-8 nor GB18030"):
        read_labelled(path)


def test_a_duplicate_id_names_both_places(tmp_path):
    path = tmp_path / "a.jsonl"
    row = json.dumps({"text": "好。", "label": "a", "id": "x"})
    path.write_text(f"{row}\n{row}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"a.jsonl:2: id 'x' is taken by .*a.jsonl:1"):
        read_labelled(path)


def test_unknown_kind_of_pair(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "好。", "summary": "好", "kind": "poem"}', encoding="utf-8")
    with pytest.raises(
        DataError, match="kind is 'poem', expected heading, headline, section, report"
    ):
        read_pairs(path)


def test_missing_path(tmp_path):
    with pytest.raises(MissingFileError, match="no such file or folder"):
        read_labelled(tmp_path / "no")


def test_the_digest_follows_content_not_place(reports_folder, tmp_path):
    before = digest(read_labelled(reports_folder))
    (reports_folder / "report-0.txt").rename(reports_folder / "z.txt")
    assert digest(read_labelled(reports_folder)) == before
    path = reports_folder / "z.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("[自身] 机关", "[其他] 机关"), "utf-8")
    assert digest(read_labelled(reports_folder)) != before


@given(st.lists(st.fixed_dictionaries({"text": st.text(), "label": st.text()}), max_size=5))
def test_any_rows_are_read_or_refused_clearly(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("rows") / "a.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    if rows and all(row["text"].strip() and row["label"].strip() for row in rows):
        assert [s.text for s in read_labelled(path)] == [row["text"].strip() for row in rows]
    else:
        with pytest.raises(DataError):
            read_labelled(path)
