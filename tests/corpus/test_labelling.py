import csv
import json
from xml.etree import ElementTree

import pytest

from govtext.corpus.labelling import Task, read_labels, report_names, write_tasks
from govtext.errors import DataError, InputError, MissingFileError
from govtext.taxonomy import LABEL_IDS

TASKS = [
    Task("a/1", "听取报告，督促整改。", "监督", None, None, "看一看。", "a", "supervision", 0.9),
    Task(
        "a/2", '座谈会上,"话"不少。', None, "听民意。", "看一看。", None, "a", "consultation", 0.4
    ),
]


def studio_export(path, tmp_path, *labels):
    """Return what Label Studio exports once people have chosen."""
    tasks = json.loads(path.read_text(encoding="utf-8"))
    for task, label in zip(tasks, labels, strict=True):
        choice = {"from_name": "label", "type": "choices", "value": {"choices": [label]}}
        task["annotations"] = [{"was_cancelled": False, "result": [choice]}]
    exported = tmp_path / "export.json"
    exported.write_text(json.dumps(tasks), encoding="utf-8")
    return exported


def fill_in(path, *labels, encoding="utf-8-sig"):
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    for row, label in zip(rows, labels, strict=True):
        row[head.index("label")] = label
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([head, *rows])


@pytest.fixture
def studio(tmp_path):
    path = tmp_path / "tasks.json"
    write_tasks(TASKS, path, labels=LABEL_IDS, model="fast")
    return path


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "tasks.csv"
    write_tasks(TASKS, path, labels=LABEL_IDS, model="fast")
    return path


def test_the_least_certain_come_first_with_suggestions(studio):
    first, second = json.loads(studio.read_text(encoding="utf-8"))
    assert first["data"]["govtext_id"] == "a/2"
    assert first["predictions"][0]["result"][0]["value"] == {"choices": ["consultation"]}
    assert second["predictions"][0]["score"] == 0.9


@pytest.mark.parametrize("kind", ["studio", "table"])
def test_labels_come_back_with_the_sentences_around(kind, request, tmp_path):
    path = request.getfixturevalue(kind)
    if kind == "studio":
        path = studio_export(path, tmp_path, "consultation", "supervision")
    else:
        fill_in(path, "consultation", "supervision")
    first, second = read_labels(path, labels=LABEL_IDS)
    assert (first.topic, first.before, first.after) == ("听民意。", "看一看。", None)
    assert (second.heading, second.before, second.after) == ("监督", None, "看一看。")


def test_the_interface_offers_every_label(studio):
    view = ElementTree.fromstring(studio.with_suffix(".xml").read_text(encoding="utf-8"))
    assert [c.get("value") for c in view.iter("Choice")] == list(LABEL_IDS)


def test_labels_come_back_from_label_studio(studio, tmp_path):
    exported = studio_export(studio, tmp_path, "other", "supervision")
    first, second = read_labels(exported, labels=LABEL_IDS)
    assert (first.id, first.label, first.topic) == ("a/2", "other", "听民意。")
    assert (second.text, second.heading, second.group) == (TASKS[0].text, "监督", "a")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_labels_come_back_from_a_table(table, encoding):
    fill_in(table, "other", "supervision", encoding=encoding)
    assert [s.label for s in read_labels(table, labels=LABEL_IDS)] == ["other", "supervision"]


def test_a_table_that_is_not_filled_in(table):
    with pytest.raises(DataError, match="tasks.csv:2: field 'label' is empty"):
        read_labels(table, labels=LABEL_IDS)


def test_a_changed_sentence_is_refused(table):
    fill_in(table, "other", "supervision")
    table.write_text(table.read_text(encoding="utf-8").replace("督促整改", "督促落实"), "utf-8")
    with pytest.raises(
        DataError, match=r"tasks.csv:3: the sentence is not the one that was exported"
    ):
        read_labels(table, labels=LABEL_IDS)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            '[{"data": {"text": "x"}}]',
            "x.json:1: task 1: has no govtext_id and sha256; is it of a project",
        ),
        ('{"a": 1}', "expected the list of tasks"),
        ("[]", "expected the list of tasks"),
        ("[", "not valid JSON"),
        ("[3]", "task 1: has no govtext_id"),
        ('\n[\n{"data": {"text": "[x]"}}\n,\n3]', "x.json:3: task 1: has no govtext_id"),
    ],
)
def test_json_of_another_project(tmp_path, content, message):
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        read_labels(path, labels=LABEL_IDS)


def test_unfinished_and_unknown_labels(studio, tmp_path):
    with pytest.raises(DataError, match=r"task 1 \(a/2\): not labelled yet"):
        read_labels(studio, labels=LABEL_IDS)
    with pytest.raises(
        DataError, match=r"task 2 \(a/1\): unknown label 'praise'; expected supervision"
    ):
        read_labels(studio_export(studio, tmp_path, "other", "praise"), labels=LABEL_IDS)


def test_refusals(tmp_path):
    with pytest.raises(MissingFileError):
        read_labels(tmp_path / "no.json", labels=LABEL_IDS)
    with pytest.raises(InputError, match="two tasks share an id"):
        write_tasks([TASKS[0], TASKS[0]], tmp_path / "x.csv", labels=LABEL_IDS, model="fast")
    with pytest.raises(InputError, match=r"written as .json \(Label Studio\) or .csv"):
        write_tasks(TASKS, tmp_path / "x.txt", labels=LABEL_IDS, model="fast")
    (tmp_path / "other.csv").write_text("text,label\n好。,other\n", encoding="utf-8")
    with pytest.raises(DataError, match="other.csv:2: no column id, sha256"):
        read_labels(tmp_path / "other.csv", labels=LABEL_IDS)


def test_people_who_disagree(studio, tmp_path):
    exported = studio_export(studio, tmp_path, "other", "supervision")
    tasks = json.loads(exported.read_text(encoding="utf-8"))
    choice = {"from_name": "label", "value": {"choices": ["consultation"]}}
    tasks[0]["annotations"].append({"result": [choice]})
    exported.write_text(json.dumps(tasks), encoding="utf-8")
    with pytest.raises(DataError, match="labelled 'other' and 'consultation' by different people"):
        read_labels(exported, labels=LABEL_IDS)
    tasks[0]["annotations"] = [{"result": None}]
    exported.write_text(json.dumps(tasks), encoding="utf-8")
    with pytest.raises(DataError, match="does not hold one label"):
        read_labels(exported, labels=LABEL_IDS)


def test_a_fault_is_found_in_its_line(studio, tmp_path):
    exported = studio_export(studio, tmp_path, "other", "praise")
    exported.write_text(
        json.dumps(json.loads(exported.read_text("utf-8")), indent=1, ensure_ascii=False), "utf-8"
    )
    lines = exported.read_text("utf-8").splitlines()
    second = [number for number, line in enumerate(lines, start=1) if line == " {"][1]
    with pytest.raises(DataError, match=rf"export.json:{second}: task 2 \(a/1\): unknown label"):
        read_labels(exported, labels=LABEL_IDS)


def test_files_of_one_name_keep_apart(tmp_path):
    a, b, c = tmp_path / "2023/report.txt", tmp_path / "2024/report.txt", tmp_path / "x.docx"
    assert report_names([a, c]) == ["report", "x"]
    assert report_names([a, b, c]) == [
        "2023-report.txt",
        "2024-report.txt",
        f"{tmp_path.name}-x.docx",
    ]
    assert report_names([a, a.with_suffix(".md")]) == ["report.txt", "report.md"]
    with pytest.raises(InputError, match="a file is named twice"):
        report_names([a, tmp_path / "2023/../2023/report.txt"])
