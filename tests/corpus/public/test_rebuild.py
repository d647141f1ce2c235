import subprocess
import sys
import tarfile

import pytest

from govtext.corpus.public.documents import Document, read_archive
from govtext.corpus.public.headings import section_headings
from govtext.corpus.public.known import read_known, write_known
from govtext.corpus.public.markdown import plain_text, split_front_matter
from govtext.corpus.public.rebuild import Local, Network, rebuild
from govtext.corpus.public.records import (
    congress_procedure_laws,
    government_reports,
    laws,
    read_records,
)
from govtext.errors import DataError, MissingFileError
from tests.conftest import ROOT, SHARED
from tests.corpus.public.archives import BODY, FILES, pack, serve
from tests.corpus.public.test_download import closed_port, silent

CHOSEN = ("government_reports", "section_headings")


def network(tmp_path, host):
    return Network(tmp_path / "archives", lambda name: silent, host)


def unpack(folder, files=FILES):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def test_from_the_network(tmp_path):
    with serve(pack(FILES), cut_after=200) as (host, seen):
        origin = network(tmp_path, host)
        steps = list(rebuild(origin, tmp_path / "out", corpora=CHOSEN, known=tmp_path))
        again = list(rebuild(origin, tmp_path / "out", corpora=CHOSEN, known=tmp_path))
    assert seen == [None, "bytes=200-"]
    assert [(step.records, step.kept) for step in steps] == [(4, False), (1, False)]
    assert [(step.records, step.kept) for step in again] == [(4, True), (1, True)]
    state, province, city, prefecture = read_records(steps[0].path)
    assert (state["level"], state["region"], state["year"]) == ("state_council", "", 1999)
    assert (province["level"], city["level"]) == ("province", "major_city")
    assert (prefecture["region"], prefecture["level"]) == ("青屿州", "prefecture")
    assert city["title"] == "禾川市2023年政府工作报告"
    assert city["text"].split("\n")[:4] == [
        "政府工作报告",
        "——2023年1月5日在禾川市人民代表大会上",
        "各位代表：",
        "一、今年工作回顾",
    ]
    [section] = read_records(steps[1].path)
    assert section == {
        "level": "major_city", "region": "禾川市", "year": 2023, "depth": 2,
        "heading": "办好民生实事，让群众住得更安心", "body": BODY,
    }  # fmt: skip


def test_a_local_repository_gives_the_same(tmp_path):
    with serve(pack(FILES)) as (host, _):
        origin = network(tmp_path, host)
        [loaded, _] = rebuild(origin, tmp_path / "a", corpora=CHOSEN, known=tmp_path)
    unpack(tmp_path / "copies" / "gov")
    [copied, _] = rebuild(
        Local(tmp_path / "copies"), tmp_path / "b", corpora=CHOSEN, known=tmp_path
    )
    assert copied.path.read_bytes() == loaded.path.read_bytes()


def test_what_is_known_is_compared(tmp_path):
    unpack(tmp_path / "gov")
    origin = Local(tmp_path / "gov")
    [first] = rebuild(origin, tmp_path / "a", corpora=CHOSEN[:1], known=tmp_path)
    records = list(read_records(first.path))
    write_known(records, tmp_path / "government_reports.sha256")
    [step] = rebuild(origin, tmp_path / "b", corpora=CHOSEN[:1], known=tmp_path)
    assert str(step.comparison) == "4 of 4 known records are the same, 0 are others"

    unpack(tmp_path / "gov", {"政府工作报告-国务院/1999.md": "另一份报告\n"})
    with pytest.raises(DataError, match="3 of 4 known records are the same, 1 are others; nothing"):
        list(rebuild(origin, tmp_path / "c", corpora=CHOSEN[:1], known=tmp_path))
    assert not (tmp_path / "c" / "government_reports.jsonl.gz").exists()


def test_ready_made_files_are_verified(tmp_path):
    unpack(tmp_path / "gov")
    made = list(rebuild(Local(tmp_path / "gov"), tmp_path / "a", corpora=CHOSEN, known=tmp_path))
    copied = list(rebuild(Local(tmp_path / "a"), tmp_path / "b", corpora=CHOSEN, known=tmp_path))
    assert [s.path.read_bytes() for s in copied] == [s.path.read_bytes() for s in made]
    made[0].path.write_bytes(made[0].path.read_bytes()[:-9])
    with pytest.raises(DataError, match=r"government_reports.jsonl.gz:\d+: not JSON Lines in gzip"):
        list(rebuild(Local(tmp_path / "a"), tmp_path / "c", corpora=CHOSEN, known=tmp_path))


def test_a_folder_without_a_copy(tmp_path):
    with pytest.raises(MissingFileError, match="holds no copy of lawtext/gov, which has the fold"):
        list(rebuild(Local(tmp_path), tmp_path / "out"))
    with pytest.raises(MissingFileError, match="fetch_corpora.py makes it"):
        list(rebuild(Local(tmp_path), tmp_path / "out", corpora=["section_headings"]))


def link(name, target, kind=tarfile.SYMTYPE):
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member


@pytest.mark.parametrize(
    "member",
    [
        tarfile.TarInfo("../../evil.md"),
        link("gov/a.md", "/etc/passwd"),
        link("gov/a.md", "../../../x", tarfile.LNKTYPE),
        link("gov/null.md", "", tarfile.CHRTYPE),
    ],
)
def test_dangerous_archives_are_refused(tmp_path, member):
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "x.tar.gz"
    path.write_bytes(pack(FILES, members=[member]))
    with pytest.raises(DataError, match=r"x.tar.gz: refused: "):
        list(read_archive(path))
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["x.tar.gz"]


@pytest.mark.parametrize("data", [b"", b"no archive", pack(FILES)[:-60]])
def test_no_archive(tmp_path, data):
    path = tmp_path / "x.tar.gz"
    path.write_bytes(data)
    with pytest.raises(DataError, match="not a complete .tar.gz"):
        list(read_archive(path))


def test_a_document_that_is_not_utf8(tmp_path):
    (tmp_path / "x").mkdir()
    unpack(tmp_path / "gov")
    (tmp_path / "gov/政府工作报告-国务院/2000.md").write_bytes("第一行\n".encode() + b"\xb1\xa8")
    with pytest.raises(DataError, match=r"2000.md:2: not UTF-8"):
        list(rebuild(Local(tmp_path / "gov"), tmp_path / "out", known=tmp_path))


def test_markdown_becomes_text():
    markdown = (
        "## 第一章\u3000总则\n\n<!-- 注\n释 -->\n**粗**体，[链接](http://a.b)。  \n![图](a.png)\n"
        "- 一项\n| 甲 | 乙 |\n| --- | :-: |\n***\n> > 引用<br>\n"
    )
    assert plain_text(markdown).split("\n") == [
        "第一章 总则", "粗体，链接。", "- 一项", "| 甲 | 乙 |", "引用",
    ]  # fmt: skip
    assert split_front_matter("没有\n", "x") == ({}, "没有\n")
    with pytest.raises(DataError, match=r"x.md: the head is not YAML"):
        split_front_matter("---\na: [\n---\n", "x.md")


def test_laws_and_rules_of_procedure():
    head = "---\ntitle: 禾川法\ndate: '2020-01-02'\nstatus: 有效\n---\n"
    documents = [
        Document("content/法律/a.md", head + "# 禾川法\n第一条\u3000总则。\n"),
        Document("content/appendix/b.md", "附件\n"),
        Document("宪法相关法/议事规则(2021-03-11).md", "# 议事规则\n\n## 第一章  总则\n"),
    ]
    assert laws(documents) == [
        {
            "title": "禾川法", "date": "2020-01-02", "status": "有效",
            "text": "禾川法\n第一条 总则。",
        }
    ]  # fmt: skip
    [rules] = congress_procedure_laws(documents, [documents[2].path])
    assert (rules["title"], rules["text"]) == ("议事规则", "议事规则\n第一章  总则")
    assert government_reports(documents) == []


def test_sections_end_at_the_next_number():
    text = f"开头。\n一、{'长' * 41}\n{BODY}\n（ 二 ）稳住粮食生产底线。{BODY}\n续。\n三 、2022年工作回顾\n{BODY}"
    report = {"level": "province", "region": "石泷省", "year": 2022, "text": text}
    [section] = section_headings(report)
    assert (section["depth"], section["heading"]) == (2, "稳住粮食生产底线")
    assert section["body"] == f"{BODY}\n续。"


def test_digests_are_read_by_line(tmp_path):
    path = tmp_path / "x.sha256"
    path.write_text("0123456789abcdef a b.md\nnothing\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"x.sha256:2: expected 16 hexadecimal digits first"):
        read_known(path)


def test_the_script_offline(tmp_path):
    run = subprocess.run(
        [
            sys.executable, ROOT / "scripts/fetch_corpora.py", "--out", tmp_path,
            "--host", f"http://127.0.0.1:{closed_port()}",
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 1
    assert run.stderr.strip().startswith("error: http://127.0.0.1:")
    assert run.stderr.strip().count("\n") == 0
    assert "lawtext/gov/tar.gz/fc1a2f67a589" in run.stderr


@pytest.mark.skipif(not (SHARED / "corpora").is_dir(), reason="the public corpora are not here")
def test_section_headings_are_those_of_the_public_corpus():
    reports = read_records(SHARED / "corpora/government_reports.jsonl.gz")
    expected = read_records(SHARED / "corpora/section_headings.jsonl.gz")
    derived = [section for report in reports for section in section_headings(report)]
    assert derived == list(expected)


@pytest.mark.skipif(not (SHARED / "corpora").is_dir(), reason="the public corpora are not here")
def test_the_known_digests_are_those_of_the_public_corpora(tmp_path):
    chosen = ("laws", "congress_procedure_laws")
    steps = rebuild(Local(SHARED / "corpora"), tmp_path, corpora=chosen, known=ROOT / "data/public")
    found = {step.corpus: step.comparison for step in steps}
    assert [(c.known, c.same, c.new) for c in found.values()] == [(2443, 2443, 0), (103, 103, 0)]
