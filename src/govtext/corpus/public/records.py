"""Documents of a repository become records of a corpus."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from govtext.corpus.public.documents import Document
from govtext.corpus.public.markdown import plain_text, split_front_matter
from govtext.errors import DataError, MissingFileError

Record = dict[str, Any]

LEVELS = ("state_council", "province", "major_city", "prefecture")
_REPORTS = "政府工作报告-"
_LEVEL_OF_FOLDER = {"国务院": "state_council", "主要城市": "major_city"}
_DATE = re.compile(r"\(\d{4}-\d\d-\d\d\)$")
_LAW_FOLDERS = ("司法解释", "宪法", "法律", "监察法规", "行政法规")


def government_reports(documents: Iterable[Document]) -> list[Record]:
    """Return the government reports, by level, region and year.

    Their files are `政府工作报告-…/REGION/YEAR….md`, those of the State Council without a region.
    """
    reports = []
    for document in documents:
        path = PurePosixPath(document.path)
        year = re.match(r"(?:19|20)\d\d", path.name)
        if not path.parts[0].startswith(_REPORTS) or year is None:
            continue
        fields, markdown = split_front_matter(document.text, document.path)
        folder = path.parts[0].removeprefix(_REPORTS)
        region = "" if folder == "国务院" else path.parts[-2]
        report = {
            "level": _level(folder, region),
            "region": region,
            "year": int(year.group()),
            "title": str(fields.get("title") or ""),
            "text": plain_text(markdown),
        }
        reports.append((LEVELS.index(report["level"]), document.path, report))
    return [report for _, _, report in sorted(reports, key=lambda entry: entry[:2])]


def laws(documents: Iterable[Document]) -> list[Record]:
    """Return the national laws, regulations and judicial interpretations, by their paths."""
    found = []
    for document in sorted(documents, key=lambda document: document.path):
        parts = PurePosixPath(document.path).parts
        if parts[0] != "content" or len(parts) < 3 or parts[1] not in _LAW_FOLDERS:
            continue
        fields, markdown = split_front_matter(document.text, document.path)
        about = {name: str(fields.get(name) or "") for name in ("title", "date", "status")}
        found.append({**about, "text": plain_text(markdown)})
    return found


def congress_procedure_laws(documents: Iterable[Document], paths: Iterable[str]) -> list[Record]:
    """Return the rules of procedure of people's congresses: the documents of the named paths."""
    wanted = set(paths)
    found = []
    for document in sorted(documents, key=lambda document: document.path):
        if document.path in wanted:
            text = plain_text(document.text, squeeze=False)
            title = _DATE.sub("", PurePosixPath(document.path).stem)
            found.append({"path": document.path, "title": title, "text": text})
    return found


def read_records(path: Path) -> Iterator[Record]:
    """Yield the objects of a compressed JSON Lines file.

    Raises:
        MissingFileError: There is no such file.
        DataError: It is not gzip or not JSON; the message names file and line.
    """
    if not path.is_file():
        raise MissingFileError(f"{path}: no such file; scripts/fetch_corpora.py makes it")
    number = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                number += 1
                yield json.loads(line)
    except (OSError, EOFError, ValueError) as error:
        raise DataError(f"{path}:{max(1, number)}: not JSON Lines in gzip: {error}") from error


def write_records(records: Iterable[Record], path: Path) -> None:
    """Write a compressed JSON Lines file; it is there in full or not at all."""
    part = path.with_name(path.name + ".part")
    # Without name and time in its head, the same records make the same file.
    with part.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as file:
        for record in records:
            file.write(f"{json.dumps(record, ensure_ascii=False)}\n".encode())
    os.replace(part, path)


def _level(folder: str, region: str) -> str:
    if folder in _LEVEL_OF_FOLDER:
        return _LEVEL_OF_FOLDER[folder]
    return "province" if region.endswith(("省", "自治区")) else "prefecture"
