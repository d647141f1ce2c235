"""The annotated report: a plain-text file that a person can read, diff and correct.

A file is a header and blocks, separated by blank lines::

    id: yunxi-2023
    title: 把监督做实 把民意写进决策
    subtitle: 云溪区人大常委会2023年工作综述
    body: people_congress
    level: district
    region: 云溪区
    year: 2023
    style: newspaper
    summary: 全年……

    # 坚持服务大局，增强监督实效
    > Summary of the section.

    > Headline of the paragraph
    [监督] 聚焦财政经济加强监督。
    [监督] 听取和审议……

A line with `#` is a heading as the report prints it (`##` inside a `#`; `#` alone opens text
that stands before any heading), a line with `>` is written about the report, and a line with a
tag is a sentence. The sentences of a block, joined, are its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from govtext.errors import DataError, MissingFileError
from govtext.taxonomy import BY_ID, BY_TAG
from govtext.text.sentences import split_sentences

BODIES = ("people_congress", "cppcc")
LEVELS = ("province", "city", "district", "county", "town")
STYLES = ("newspaper", "session", "digest", "plan")
FIELDS = ("id", "title", "subtitle", "body", "level", "region", "year", "style", "summary")
_SENTENCE = re.compile(r"\[(?P<tag>[^\]]*)\] (?P<text>\S.*)")


@dataclass(frozen=True, slots=True)
class AnnotatedSentence:
    """A sentence, its label, and the line of the file that holds it."""

    text: str
    label: str
    line: int


@dataclass(frozen=True, slots=True)
class AnnotatedParagraph:
    """A paragraph with the headline written for it."""

    headline: str
    sentences: tuple[AnnotatedSentence, ...]
    line: int

    @property
    def text(self) -> str:
        """The sentences, joined."""
        return "".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class AnnotatedSection:
    """A section with the summary written for it; `heading` is None before the first heading."""

    heading: str | None
    level: int
    summary: str
    paragraphs: tuple[AnnotatedParagraph, ...]
    line: int

    @property
    def text(self) -> str:
        """The paragraphs, one a line, without the heading."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class AnnotatedReport:
    """A report with labels and summaries; see the module for the file's format."""

    id: str
    title: str
    subtitle: str
    body: str
    level: str
    region: str
    year: int
    style: str
    summary: str
    sections: tuple[AnnotatedSection, ...]
    path: Path

    def paragraphs(self) -> Iterator[AnnotatedParagraph]:
        """Yield the paragraphs in reading order."""
        for section in self.sections:
            yield from section.paragraphs

    def sentences(self) -> Iterator[AnnotatedSentence]:
        """Yield the sentences in reading order."""
        for paragraph in self.paragraphs():
            yield from paragraph.sentences

    @property
    def text(self) -> str:
        """The report as it would be printed: title, subtitle, headings, paragraphs."""
        lines = [self.title, f"——{self.subtitle}"]
        for section in self.sections:
            if section.heading is not None:
                lines.append(section.heading)
            lines.extend(paragraph.text for paragraph in section.paragraphs)
        return "\n\n".join(lines)


def read_annotated(path: str | Path) -> AnnotatedReport:
    """Read one annotated report.

    Raises:
        MissingFileError: There is no such file.
        DataError: The file is malformed; the message names file and line and what was expected.
    """
    path = Path(path)
    if not path.is_file():
        raise MissingFileError(f"{path}: no such file; expected an annotated report (.txt)")
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise DataError(f"{path}:{line}: not UTF-8; save annotated reports as UTF-8") from error
    return _Parser(path, content).report()


def read_annotated_folder(folder: str | Path) -> list[AnnotatedReport]:
    """Read every annotated report (`**/*.txt`) below a folder, in order of their paths.

    Raises:
        MissingFileError: The folder is not there or holds no report.
        DataError: A file is malformed, or two reports share an id.
    """
    folder = Path(folder)
    paths = sorted(folder.rglob("*.txt")) if folder.is_dir() else []
    if not paths:
        raise MissingFileError(f"{folder}: no annotated report (*.txt) in this folder")
    reports: dict[str, AnnotatedReport] = {}
    for path in paths:
        report = read_annotated(path)
        if report.id in reports:
            raise DataError(
                f"{path}:1: id {report.id!r} is taken by {reports[report.id].path}; "
                "ids of reports must differ"
            )
        reports[report.id] = report
    return list(reports.values())


class _Parser:
    """Reads the blocks of one file; every fault becomes a DataError with its line."""

    def __init__(self, path: Path, content: str) -> None:
        self._path = path
        self._blocks = list(_blocks(content))

    def report(self) -> AnnotatedReport:
        if not self._blocks:
            self._fail(1, "the file is empty; expected a header such as `id: yunxi-2023`")
        header = self._header(self._blocks[0])
        return AnnotatedReport(**header, sections=tuple(self._sections()), path=self._path)

    def _fail(self, line: int, message: str) -> NoReturn:
        raise DataError(f"{self._path}:{line}: {message}")

    def _header(self, block: list[tuple[int, str]]) -> dict[str, Any]:
        values: dict[str, str] = {}
        lines: dict[str, int] = {}
        for number, line in block:
            key, colon, value = line.partition(":")
            if not colon or key not in FIELDS:
                self._fail(number, f"expected one of {', '.join(FIELDS)} and a colon, got {line!r}")
            if key in values:
                self._fail(number, f"{key} is given a second time (first in line {lines[key]})")
            if not value.strip():
                self._fail(number, f"{key} is empty")
            values[key], lines[key] = value.strip(), number
        missing = [name for name in FIELDS if name not in values]
        if missing:
            self._fail(block[-1][0], f"the header lacks {', '.join(missing)}")
        for key, allowed in (("body", BODIES), ("level", LEVELS), ("style", STYLES)):
            if values[key] not in allowed:
                self._fail(lines[key], f"{key} is {values[key]!r}, not {' | '.join(allowed)}")
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", values["id"]):
            self._fail(lines["id"], f"id {values['id']!r} is not of the form yunxi-2023")
        if not re.fullmatch(r"(19|20)\d\d", values["year"]):
            self._fail(lines["year"], f"year {values['year']!r} is not a year such as 2023")
        return {**values, "year": int(values["year"])}

    def _sections(self) -> Iterator[AnnotatedSection]:
        heads = [i for i, block in enumerate(self._blocks) if i and block[0][1].startswith("#")]
        if not heads or heads[0] != 1:
            line = self._blocks[min(1, len(self._blocks) - 1)][0][0]
            self._fail(line, "expected a section (`# heading`, or `#` alone) after the header")
        for i, begin in enumerate(heads):
            end = heads[i + 1] if i + 1 < len(heads) else len(self._blocks)
            following = self._blocks[end][0][1] if end < len(self._blocks) else ""
            yield self._section(self._blocks[begin:end], has_subsection=following.startswith("##"))

    def _section(
        self, blocks: list[list[tuple[int, str]]], *, has_subsection: bool
    ) -> AnnotatedSection:
        (line, head), *rest = blocks[0]
        match = re.fullmatch(r"(#{1,2})(?: +(\S.*))?", head)
        if match is None:
            self._fail(line, f"expected `# heading` or `## heading`, got {head!r}")
        level, heading = len(match[1]), match[2]
        if level == 2 and heading is None:
            self._fail(line, "a subsection (`##`) needs a heading")
        if len(rest) != 1 or not rest[0][1].startswith("> "):
            self._fail(line, "expected one line `> summary` right below the heading, then a blank")
        paragraphs = tuple(self._paragraph(block) for block in blocks[1:])
        if not paragraphs and not (level == 1 and has_subsection):
            self._fail(line, "the section has no paragraph")
        return AnnotatedSection(heading, level, rest[0][1][2:].strip(), paragraphs, line)

    def _paragraph(self, block: list[tuple[int, str]]) -> AnnotatedParagraph:
        (line, head), *rest = block
        if not head.startswith("> ") or not head[2:].strip():
            self._fail(line, f"expected `> headline` to open a paragraph, got {head!r}")
        if not rest:
            self._fail(line, "the paragraph has no sentence (`[监督] …`)")
        sentences = tuple(self._sentence(number, text) for number, text in rest)
        paragraph = AnnotatedParagraph(head[2:].strip(), sentences, line)
        split = split_sentences(paragraph.text)
        for sentence, found in zip(sentences, split, strict=False):
            if sentence.text != found:
                self._fail(
                    sentence.line,
                    f"the line is not one sentence; split as in running text it reads {found!r}",
                )
        if len(split) != len(sentences):
            self._fail(line, "the sentences of the paragraph do not split again as they stand")
        return paragraph

    def _sentence(self, line: int, content: str) -> AnnotatedSentence:
        match = _SENTENCE.fullmatch(content)
        if match is None:
            self._fail(line, f"expected `[tag] sentence`, got {content!r}")
        tag = match["tag"]
        label = BY_TAG.get(tag) or BY_ID.get(tag)
        if label is None:
            self._fail(line, f"unknown tag [{tag}]; the tags are {', '.join(BY_TAG)}")
        return AnnotatedSentence(match["text"], label.id, line)


def _blocks(content: str) -> Iterator[list[tuple[int, str]]]:
    """Yield the runs of lines that are not blank, each line with its number."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(re.split(r"\r\n?|\n", content), start=1):
        if line.strip():
            block.append((number, line.rstrip()))
        elif block:
            yield block
            block = []
    if block:
        yield block
