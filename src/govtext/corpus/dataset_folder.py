"""Write a corpus as a folder that Hugging Face `datasets` loads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import yaml

from govtext.corpus.examples import read_labelled, read_pairs
from govtext.errors import InputError, MissingFileError

SPLITS = ("train", "validation", "test")


def write_dataset_folder(corpus: Path, out: Path) -> dict[str, int]:
    """Write `sentences` and `summaries`, each with its splits, and the card that names them.

    `datasets.load_dataset(out, "sentences")` and `load_dataset(out, "summaries")` read the result.

    Args:
        corpus: A folder with the folders train, validation and test of annotated reports.
        out: Folder to write; must be new or empty.

    Returns:
        Number of rows by `configuration/split`.

    Raises:
        InputError: `out` holds files already.
        MissingFileError: A split of the corpus is missing.
        DataError: A report is malformed.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out}: exists and is not empty; name a new folder")
    missing = [name for name in SPLITS if not (corpus / name).is_dir()]
    if missing:
        raise MissingFileError(f"{corpus}: no folder {', '.join(missing)} of annotated reports")
    rows = {
        f"{configuration}/{split}": [asdict(example) for example in read(corpus / split)]
        for configuration, read in (("sentences", read_labelled), ("summaries", read_pairs))
        for split in SPLITS
    }
    for name, records in rows.items():
        _write_rows(out / f"{name}.jsonl", records)
    (out / "README.md").write_text(_card(), encoding="utf-8")
    return {name: len(records) for name, records in rows.items()}


def _write_rows(path: Path, records: Iterable[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for record in records:
            record.pop("place")
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _card() -> str:
    configs = [
        {
            "config_name": name,
            "data_files": [{"split": s, "path": f"{name}/{s}.jsonl"} for s in SPLITS],
        }
        for name in ("sentences", "summaries")
    ]
    head = yaml.safe_dump({"license": "cc-by-4.0", "language": "zh", "configs": configs})
    return f"---\n{head}---\n\n# Annotated Chinese work reports\n\nBuilt by `govtext data build`.\n"
