"""Sentences on their way to people who label them, and back.

Out as Label Studio's tasks (JSON) or as a table (CSV), with a model's suggestion for each sentence
and the least certain ones first; back as labelled sentences, all or none.
"""

from __future__ import annotations

import csv
import hashlib
import html
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govtext.corpus.examples import LabelledSentence
from govtext.corpus.tables import Row, read_rows
from govtext.errors import DataError, InputError, MissingFileError
from govtext.taxonomy import BY_ID
from govtext.types import Prediction, Report

_CONTROL = "label"
_OBJECT = "text"
_ITEM = re.compile(r"[\s,]*(?=[^\s,\]])")
_CONTEXT = ("heading", "topic", "before", "after")
_FIELDS = ("id", "group", *_CONTEXT, "text", "sha256", "suggested", "score", "label")


@dataclass(frozen=True, slots=True)
class Task:
    """A sentence to label, and what a model suggests.

    Attributes:
        id: Names the sentence; unique among the tasks.
        text: The sentence.
        heading: Heading of its section, None where there is none.
        topic: Topic sentence of its paragraph, None where there is none.
        before: The sentence before it in its paragraph, None where there is none.
        after: The sentence after it in its paragraph, None where there is none.
        group: The report it is from.
        suggested: The label that the model would give.
        score: Its probability, 0 to 1.
    """

    id: str
    text: str
    heading: str | None
    topic: str | None
    before: str | None
    after: str | None
    group: str
    suggested: str
    score: float

    @property
    def sha256(self) -> str:
        """Digest of the sentence, by which a change is noticed when labels come back."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def tasks_of(report: Report, predictions: Sequence[Prediction], *, group: str) -> list[Task]:
    """Return a task for each sentence of a report, with what a model says of it.

    Args:
        report: The report.
        predictions: One for each sentence, in reading order.
        group: Names the report.
    """
    return [
        Task(
            id=f"{group}/{number}",
            text=sentence.text,
            heading=sentence.heading,
            topic=sentence.topic,
            before=sentence.before,
            after=sentence.after,
            group=group,
            suggested=prediction.label or "",
            score=prediction.score,
        )
        for number, (sentence, prediction) in enumerate(
            zip(report.iter_sentences(), predictions, strict=True), start=1
        )
    ]


def report_names(files: Sequence[Path]) -> list[str]:
    """Return a name for each file by which its tasks are told from those of the others.

    The name without its suffix; where two are the same, as much of the paths as tells them apart.

    Raises:
        InputError: A file is named twice.
    """
    paths = [file.resolve() for file in files]
    if len(set(paths)) < len(paths):
        raise InputError("a file is named twice; its tasks would be there twice")
    names = [path.stem for path in paths]
    depth = 0
    while len(set(names)) < len(names):
        depth += 1
        names = ["-".join(path.parts[-depth:]) for path in paths]
    return names


def write_tasks(tasks: Sequence[Task], path: Path, *, labels: Sequence[str], model: str) -> None:
    """Write tasks for people, the least certain first.

    A .json file is one that Label Studio imports; the project's labelling interface is written
    beside it, as `<name>.xml`. A .csv file has an empty column `label` to be filled in.

    Args:
        tasks: The sentences.
        path: File to write, .json or .csv.
        labels: The labels that may be given.
        model: What the suggestions come from.

    Raises:
        InputError: The suffix is another, the file exists, or two tasks share an id.
    """
    if len({task.id for task in tasks}) < len(tasks):
        raise InputError("two tasks share an id; ids must differ")
    for written in (path, path.with_suffix(".xml")):
        if written.exists() and path.suffix in (".json", written.suffix):
            raise InputError(f"{written}: exists, and may hold labels; name a new file")
    ordered = sorted(tasks, key=lambda task: task.score)
    if path.suffix == ".json":
        records = [_studio_task(task, model) for task in ordered]
        content = json.dumps(records, ensure_ascii=False, indent=1)
        path.write_text(content + "\n", encoding="utf-8")
        path.with_suffix(".xml").write_text(_interface(labels), encoding="utf-8")
    elif path.suffix == ".csv":
        path.write_text(_table(ordered), encoding="utf-8-sig")
    else:
        raise InputError(f"{path}: tasks are written as .json (Label Studio) or .csv")


def read_labels(path: Path, *, labels: Sequence[str]) -> list[LabelledSentence]:
    """Read back what people labelled; a file with a fault gives nothing.

    Args:
        path: Label Studio's JSON export, or the filled-in table (.csv, UTF-8 or GB18030).
        labels: The labels that may have been given.

    Raises:
        MissingFileError: There is no such file.
        DataError: It is of another project, a sentence changed since it was exported, or a
            label is missing or unknown; the message names file, place and what was expected.
    """
    if not path.is_file():
        raise MissingFileError(f"{path}: no such file of labels")
    if path.suffix == ".json":
        found = _studio_labels(path)
    elif path.suffix == ".csv":
        found = [_table_label(row) for row in read_rows(path)]
    else:
        raise DataError(f"{path}: labels are read from .json (Label Studio) or .csv")
    places: dict[str, str] = {}
    for sentence in found:
        if sentence.label not in labels:
            raise DataError(
                f"{sentence.place}: unknown label {sentence.label!r}; expected {', '.join(labels)}"
            )
        if sentence.id in places:
            raise DataError(
                f"{sentence.place}: id {sentence.id!r} is taken by {places[sentence.id]}"
            )
        places[sentence.id] = sentence.place
    return found


def _studio_task(task: Task, model: str) -> dict[str, Any]:
    choice = {
        "from_name": _CONTROL,
        "to_name": _OBJECT,
        "type": "choices",
        "value": {"choices": [task.suggested]},
    }
    return {
        "data": {
            "govtext_id": task.id,
            "group": task.group,
            **{part: getattr(task, part) or "" for part in _CONTEXT},
            "text": task.text,
            "sha256": task.sha256,
        },
        "predictions": [{"model_version": model, "score": task.score, "result": [choice]}],
    }


def _interface(labels: Sequence[str]) -> str:
    choices = "\n".join(
        f'    <Choice value="{html.escape(label)}" '
        f'alias="{html.escape(label)}" hint="{html.escape(_chinese(label))}"/>'
        for label in labels
    )
    return (
        "<View>\n"
        '  <Header value="$heading" size="5"/>\n'
        '  <Text name="topic" value="$topic"/>\n'
        '  <Text name="before" value="$before"/>\n'
        f'  <Text name="{_OBJECT}" value="$text"/>\n'
        '  <Text name="after" value="$after"/>\n'
        f'  <Choices name="{_CONTROL}" toName="{_OBJECT}" choice="single-radio" required="true">\n'
        f"{choices}\n"
        "  </Choices>\n"
        "</View>\n"
    )


def _chinese(label: str) -> str:
    return BY_ID[label].chinese if label in BY_ID else label


def _studio_labels(path: Path) -> list[LabelledSentence]:
    try:
        content = path.read_text(encoding="utf-8-sig")
        tasks = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path}: not valid JSON in UTF-8: {error}") from error
    if not isinstance(tasks, list) or not tasks:
        raise DataError(f"{path}:1: expected the list of tasks that Label Studio exports as JSON")
    lines = _lines_of_items(content)
    return [
        _studio_label(task, f"{path}:{line}: task {i}")
        for i, (task, line) in enumerate(zip(tasks, lines, strict=True), start=1)
    ]


def _lines_of_items(content: str) -> list[int]:
    """Return the line in which each item of a JSON list begins."""
    decoder = json.JSONDecoder()
    lines: list[int] = []
    line, counted, end = 1, 0, content.index("[") + 1
    while match := _ITEM.match(content, end):
        line += content.count("\n", counted, match.end())
        lines.append(line)
        counted = match.end()
        _, end = decoder.raw_decode(content, counted)
    return lines


def _studio_label(task: Any, place: str) -> LabelledSentence:
    data = task.get("data") if isinstance(task, dict) else None
    if not isinstance(data, dict) or "govtext_id" not in data or "sha256" not in data:
        raise DataError(
            f"{place}: has no govtext_id and sha256; is it of a project whose tasks were exported "
            "by govtext data export?"
        )
    place = f"{place} ({data['govtext_id']})"
    try:
        given = [_choice(a) for a in task.get("annotations", []) if not a.get("was_cancelled")]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DataError(
            f"{place}: an annotation does not hold one label of {_CONTROL!r}"
        ) from error
    if not given:
        raise DataError(f"{place}: not labelled yet; export finished tasks")
    if len(set(given)) > 1:
        raise DataError(
            f"{place}: labelled {' and '.join(map(repr, dict.fromkeys(given)))} by different "
            "people; settle it in Label Studio first"
        )
    row = Row({**data, "id": data["govtext_id"], "label": given[0]}, place)
    return _sentence(row)


def _choice(annotation: dict[str, Any]) -> str:
    [choice] = [
        choice
        for result in annotation["result"]
        if result.get("from_name") == _CONTROL
        for choice in result["value"]["choices"]
    ]
    return str(choice)


def _table(tasks: Sequence[Task]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_FIELDS)
    for t in tasks:
        place = (t.id, t.group, *(getattr(t, part) or "" for part in _CONTEXT))
        writer.writerow([*place, t.text, t.sha256, t.suggested, f"{t.score:.4f}", ""])
    return out.getvalue()


def _table_label(row: Row) -> LabelledSentence:
    unknown = [name for name in ("id", "sha256", "label") if name not in row.fields]
    if unknown:
        raise DataError(
            f"{row.place}: no column {', '.join(unknown)}; is it a table of govtext data export?"
        )
    return _sentence(row)


def _sentence(row: Row) -> LabelledSentence:
    text = row.required("text")
    if hashlib.sha256(text.encode()).hexdigest() != row.required("sha256"):
        raise DataError(
            f"{row.place}: the sentence is not the one that was exported: {text[:30]!r}; restore "
            "it, or export it again and have it labelled anew"
        )
    return LabelledSentence(
        id=row.required("id"),
        text=text,
        label=row.required("label"),
        group=row.optional("group") or text,
        place=row.place,
        **{part: row.optional(part) for part in _CONTEXT},
    )
