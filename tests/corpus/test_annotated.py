import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtext.corpus.annotated import _blocks, read_annotated, read_annotated_folder
from govtext.errors import DataError, MissingFileError
from tests.conftest import REPORT

GOOD = REPORT.format(id="hechuan-2020", region="禾川县", year=2020, n=4)


def write(tmp_path, content):
    path = tmp_path / "report.txt"
    path.write_text(content, encoding="utf-8")
    return path


def test_reads_what_was_written(tmp_path):
    report = read_annotated(write(tmp_path, GOOD))
    assert (report.id, report.body, report.year) == ("hechuan-2020", "people_congress", 2020)
    assert [section.heading for section in report.sections] == [
        "紧盯要事，监督更有力",
        "走近群众，协商更有味",
    ]
    assert [len(section.paragraphs) for section in report.sections] == [2, 2]
    first = report.sections[0].paragraphs[0]
    assert first.headline == "部门的账要晒在太阳下"
    assert first.sentences[0].text == "聚焦财政运行加强监督。"
    assert [s.label for s in report.sentences()][-2:] == ["self_building", "other"]
    assert GOOD.splitlines()[first.sentences[1].line - 1].endswith(first.sentences[1].text)


def test_windows_line_ends_and_a_bom_change_nothing(tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert [s.text for s in read_annotated(path).sentences()] == [
        s.text for s in read_annotated(write(tmp_path, GOOD)).sentences()
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("[立法] 新建", "[立发] 新建", 21, r"unknown tag \[立发\]; the tags are 监督, 立法"),
        ("> 部门的账要晒在太阳下\n", "", 14, "expected `> headline` to open a paragraph"),
        ("> 管账本", "管账本", 11, "expected one line `> summary` right below the heading"),
        ("body: people_congress", "body: party", 4, "body is 'party', not people_congress | cppcc"),
        ("year: 2020", "year: last", 7, "year 'last' is not a year"),
        ("id: hechuan-2020", "id: 禾川", 1, "is not of the form yunxi-2023"),
        ("level: county\n", "", 8, "the header lacks level"),
        ("level: county", "tier: county", 5, "expected one of id, title"),
        ("region: 禾川县", "body: cppcc", 6, r"body is given a second time \(first in line 4\)"),
        ("style: newspaper", "style:", 8, "style is empty"),
        ("举办代表履职培训班4期。", "举办代表履职培训班4期", 31, "the line is not one sentence"),
        ("举办代表履职培训班4期。", "举办培训。效果好。", 31, "the line is not one sentence"),
        ("[监督] 聚焦财政运行加强监督。\n", "[监督]\n", 15, r"expected `\[tag\] sentence`"),
        ("# 走近群众，协商更有味\n> 村头", "##\n> 村头", 23, "needs a heading"),
    ],
)
def test_a_malformed_file_is_refused_with_its_line(tmp_path, old, new, line, message):
    assert old in GOOD
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(DataError, match=message) as caught:
        read_annotated(path)
    assert str(caught.value).startswith(f"{path}:{line}:")


def test_a_section_without_paragraph(tmp_path):
    path = write(tmp_path, GOOD + "\n# 空章\n> 只有小结没有段落。\n")
    with pytest.raises(DataError, match="the section has no paragraph"):
        read_annotated(path)


def test_empty_missing_and_undecodable(tmp_path):
    with pytest.raises(DataError, match="1: the file is empty"):
        read_annotated(write(tmp_path, ""))
    with pytest.raises(MissingFileError):
        read_annotated(tmp_path / "no.txt")
    path = tmp_path / "gbk.txt"
    path.write_bytes("id: x\ntitle: 标题\n".encode("gb18030"))
    with pytest.raises(DataError, match="2: not UTF-8"):
        read_annotated(path)


def test_two_reports_with_one_id(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.txt").write_text(GOOD, encoding="utf-8")
    with pytest.raises(DataError, match=r"b.txt:1: id 'hechuan-2020' is taken by .*a.txt"):
        read_annotated_folder(tmp_path)


def test_a_folder_without_reports(tmp_path):
    with pytest.raises(MissingFileError, match="no annotated report"):
        read_annotated_folder(tmp_path)


@given(st.text())
def test_blocks_keep_every_line_that_is_not_blank(content):
    lines = [number for block in _blocks(content) for number, _ in block]
    assert lines == sorted(set(lines))
    assert all(line.strip() for block in _blocks(content) for _, line in block)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_clearly(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "x.txt"
    path.write_text(content, encoding="utf-8", errors="surrogatepass")
    with pytest.raises(DataError, match=r"x\.txt:\d+: "):
        read_annotated(path)
