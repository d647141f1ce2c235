"""What is written, what is never written over, and what is said when it cannot be."""

import csv
import io
import json

import pytest

import govtext
from govtext.digests.tables import figures_csv
from govtext.errors import InputError

from .conftest import text_of


def test_save(page, tmp_path):
    path = page.save(tmp_path / "a.html")
    assert path.read_text(encoding="utf-8") == page.html
    assert [file.name for file in tmp_path.iterdir()] == ["a.html"]


def test_nothing_is_written_over_unasked(page, tmp_path):
    path = tmp_path / "a.html"
    path.write_text("mine")
    with pytest.raises(InputError, match="exists"):
        page.save(path)
    assert path.read_text() == "mine"
    page.save(path, overwrite=True)
    assert path.read_text(encoding="utf-8") == page.html


def test_places_that_cannot_be_written_to(page, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="is a folder"):
        page.save(tmp_path)
    with pytest.raises(InputError, match="no folder"):
        page.save(tmp_path / "none" / "a.html")
    with pytest.raises(InputError, match="no folder"):
        page.save(tmp_path / "file" / "a.html")
    with pytest.raises(InputError, match=r"cannot be written|no folder"):
        page.save("/proc/a.html")


def test_figures_as_tables(page, view, tmp_path):
    rows = list(csv.DictReader(io.StringIO(figures_csv([view]).removeprefix("\ufeff"))))
    records = json.loads(page.save_figures(tmp_path / "a.json").read_text(encoding="utf-8"))
    assert len(rows) == len(records) == len(view.figures)
    assert rows[0]["printed"] == records[0]["printed"] == "18"
    assert records[0]["value"] == 18
    assert records[0]["label"] == "supervision"
    start, end = records[0]["start"], records[0]["end"]
    assert view.report.text[start:end] == "18项"
    assert page.save_figures(tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with pytest.raises(InputError, match=r"\.csv or \.json"):
        page.save_figures(tmp_path / "a.xlsx")


def test_a_cell_is_never_a_formula():
    [report] = govtext.read_reports(text="=cmd|'/c calc'!A1听取报告3项。")
    table = figures_csv(govtext.digest(report).reports)
    for row in csv.reader(io.StringIO(table.removeprefix("\ufeff"))):
        assert not any(cell.startswith(("=", "+", "@")) for cell in row)


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "in"
    (folder / "below").mkdir(parents=True)
    for year in (2021, 2022):
        (folder / f"青屿 {year}.txt").write_text(text_of(year), encoding="utf-8")
    (folder / "below" / "青屿 2022.txt").write_text(text_of(2023), encoding="utf-8")
    (folder / "bad.pdf").write_bytes(b"no pdf")
    return folder


def test_folder(files, tmp_path):
    done = []
    made = govtext.digest_folder(
        sorted(files.rglob("*.*")), tmp_path / "out", on_file=done.append, min_score=0.5
    )
    assert len(done) == 4
    assert [failure.file.name for failure in made.failures] == ["bad.pdf"]
    names = sorted(page.path.name for page in made.pages)
    assert names == ["青屿-2021.html", "青屿-2022-2.html", "青屿-2022.html"]
    index = made.index.read_text(encoding="utf-8")
    assert "bad.pdf" in index
    for name in names:
        assert f'href="reports/{name}"' in index
        assert 'href="../index.html"' in (tmp_path / "out/reports" / name).read_text("utf-8")


def test_folder_that_is_in_use(files, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("mine")
    with pytest.raises(InputError, match="not empty"):
        govtext.digest_folder(files.glob("*.txt"), tmp_path / "out")
    govtext.digest_folder(files.glob("*.txt"), tmp_path / "out", overwrite=True)
    assert (tmp_path / "out" / "mine").read_text() == "mine"
    with pytest.raises(InputError, match="is a file"):
        govtext.digest_folder(files.glob("*.txt"), tmp_path / "out" / "mine")


def test_folder_without_a_report(files, tmp_path):
    with pytest.raises(InputError, match="none of the files could be read: .*bad.pdf"):
        govtext.digest_folder([files / "bad.pdf"], tmp_path / "out")
    with pytest.raises(InputError, match="no file"):
        govtext.digest_folder([], tmp_path / "out2")
