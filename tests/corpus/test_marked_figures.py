import json

import pytest

from govtext.corpus.marked_figures import MarkedFigure, read_marked
from govtext.errors import DataError, MissingFileError


def write(path, **fields):
    row = {"id": "x#1", "text": "听取报告3个。", "figures": []} | fields
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def test_read(tmp_path):
    figure = {"action": "听取", "object": "报告", "printed": "3", "unit": "个"}
    [sentence] = read_marked(write(tmp_path / "m.jsonl", figures=[figure]))
    assert sentence.figures == (MarkedFigure("听取", "报告", "3", "个"),)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"figures": None}, "m.jsonl:1: field 'figures' is not a list"),
        ({"figures": ["3个"]}, "m.jsonl:1: a figure is an object"),
        ({"figures": [{"printed": "4"}]}, "does not print the quantity '4'"),
        ({"figures": [{"unit": "个"}]}, "field 'printed' is missing"),
    ],
)
def test_faults_name_the_line(tmp_path, fields, message):
    with pytest.raises(DataError, match=message):
        read_marked(write(tmp_path / "m.jsonl", **fields))


def test_missing_file(tmp_path):
    with pytest.raises(MissingFileError, match="no such file"):
        read_marked(tmp_path / "no.jsonl")
