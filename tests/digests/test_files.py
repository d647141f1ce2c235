"""What is written, what is never written over, and what is said when it cannot be."""

import pytest

import govtext
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
