import json
import subprocess
import sys

import pytest

from govtext.taxonomy import LABEL_IDS

REPORT = """\
把监督做实 把民意听真

——禾川县人大常委会2023年工作综述

紧盯要事，监督更有力

聚焦财政运行加强监督。听取和审议预算执行情况报告3项，督促5个部门整改。

走近群众，协商更有味

坐下来商量难事。在院坝召开恳谈会12场，与居民商定停车方案。
"""


def govtext(*arguments, text=None, cwd=None):
    """Run the command as a user does."""
    code = "from govtext.cli.main import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        input=text, capture_output=True, text=True, cwd=cwd, check=False,
    )  # fmt: skip


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_predict_prints_a_table(report):
    run = govtext("predict", report)
    assert run.returncode == 0, run.stderr
    assert "听取和审议预算执行情况报告3项" in run.stdout
    assert "supervision" in run.stdout
    assert "share" in run.stdout


def test_predict_names_what_moved_each_decision(report):
    assert "moved by" in govtext("predict", report, "--reasons", "2").stdout
    [record] = json.loads(govtext("predict", report, "--json", "--reasons", "2").stdout)
    for sentence in record["sentences"]:
        assert 1 <= len(sentence["reasons"]) <= 2
        assert set(sentence["reasons"][0]) == {"text", "part", "start", "end", "weight"}


def test_predict_as_json(report):
    [record] = json.loads(govtext("predict", report, "--json").stdout)
    assert record["title"] == "把监督做实 把民意听真"
    assert (record["body"], record["year"]) == ("people_congress", 2023)
    assert len(record["sentences"]) == 4
    second = record["sentences"][1]
    assert second["label"] in LABEL_IDS
    assert second["topic"] == "聚焦财政运行加强监督。"
    assert abs(sum(second["probabilities"].values()) - 1) < 0.01


def test_standard_input(report):
    run = govtext("predict", "-", "--json", text=REPORT)
    assert json.loads(run.stdout)[0]["source"] is None


def test_summarize(report):
    [record] = json.loads(govtext("summarize", report, "--json", "--max-chars", 60).stdout)
    assert 0 < len(record["summary"]) <= 60
    assert record["evidence"]
    plain = govtext("summarize", report, "--max-chars", 60)
    assert record["summary"] in plain.stdout.replace("\n", "")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["predict", "no.txt"], 1, "no.txt"),
        (["summarize", "no.txt"], 1, "no.txt"),
        (["predict", "."], 1, "is a folder"),
        (["predict"], 2, "Missing argument"),
        (["predict", "x.txt", "--colour"], 2, "No such option"),
        (["predict", "x.txt", "--min-score", "7"], 2, "Invalid value"),
        (["pedict"], 2, "No such command"),
        (["train", "classifier", "no.yaml"], 1, "no such configuration file"),
        (["evaluate", "classifier", "no.jsonl"], 1, "no such file or folder"),
        (["data", "check", "no"], 1, "no annotated report"),
    ],
)
def test_failures_are_one_line_and_an_exit_code(arguments, code, message, tmp_path):
    run = govtext(*arguments, cwd=tmp_path)
    assert run.returncode == code
    assert message in run.stderr
    assert "Traceback" not in run.stderr
    if code == 1:
        assert run.stderr.startswith("govtext: error: ")
        assert run.stderr.count("\n") == 1


def test_an_unknown_model_is_named(report):
    run = govtext("predict", report, "--model", "bets")
    assert run.returncode == 1
    assert "unknown classifier model 'bets'; shipped: accurate, fast" in run.stderr


def test_help_shows_examples():
    assert "Example: govtext predict" in govtext("predict", "--help").stdout
    assert "Exit codes" in govtext("--help").stdout


def test_data_check_names_faults(reports_folder):
    run = govtext("data", "check", reports_folder)
    assert run.returncode == 1
    assert "report-0.txt:1: report summary has" in run.stderr


def test_data_stats_and_plots(reports_folder, tmp_path):
    run = govtext("data", "stats", reports_folder, "--plots", tmp_path / "plots")
    assert run.returncode == 0, run.stderr
    assert "6 reports, 60 sentences" in run.stdout
    assert {path.name for path in (tmp_path / "plots").iterdir()} == {
        "labels_by_body.png", "labels_by_level.png", "labels_by_style.png", "labels_by_year.png",
        "sentence_lengths.png",
    }  # fmt: skip


def test_evaluate_classifier(reports_folder):
    run = govtext("evaluate", "classifier", reports_folder, "--json")
    figures = json.loads(run.stdout)
    assert figures["test/macro_f1_low"] <= figures["test/macro_f1"] <= 1
    assert figures["test/f1_supervision"] > 0.5


@pytest.mark.parametrize(
    "arguments",
    [
        ["data", "export", "report.txt", "--out", "nowhere/tasks.json"],
        ["data", "build", "report.txt/out"],
    ],
)
def test_an_output_that_cannot_be_written_is_one_line(arguments, report, tmp_path, reports_folder):
    extra = [reports_folder] if "build" in arguments else []
    run = govtext(*arguments, *extra, cwd=tmp_path)
    assert run.returncode == 1
    assert run.stderr.startswith("govtext: error: ")
    assert "Traceback" not in run.stderr


def test_labels_with_brackets_are_shown_as_they_are(tmp_path, reports_folder):
    path = tmp_path / "[x].jsonl"
    path.write_text('{"text": "听取报告。", "label": "[/red]立法"}\n', encoding="utf-8")
    run = govtext("evaluate", "classifier", path)
    assert run.returncode == 1
    assert "does not know the label '[/red]立法'" in run.stderr


def test_standard_input_in_gb18030():
    code = "from govtext.cli.main import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", code, "predict", "-", "--json"],
        input=REPORT.encode("gb18030"), capture_output=True, check=True,
    )  # fmt: skip
    assert json.loads(run.stdout)[0]["title"] == "把监督做实 把民意听真"


def test_export_does_not_overwrite(report, tmp_path):
    first = govtext("data", "export", report, "--out", tmp_path / "tasks.csv")
    again = govtext("data", "export", report, "--out", tmp_path / "tasks.csv")
    assert (first.returncode, again.returncode) == (0, 1)
    assert "exists, and may hold labels" in again.stderr


def test_alone_it_shows_three_examples():
    run = govtext()
    assert run.returncode == 0
    examples = [line for line in run.stdout.splitlines() if line.startswith("  govtext ")]
    assert len(examples) == 3
    assert "govtext digest --example" in examples[0]


def test_digest_of_the_example(tmp_path):
    run = govtext("digest", "--example", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert run.stdout == "digest.html\n"
    assert "全文摘要" in (tmp_path / "digest.html").read_text(encoding="utf-8")
    again = govtext("digest", "--example", cwd=tmp_path)
    assert again.returncode == 1
    assert "digest.html: exists" in again.stderr
    assert govtext("digest", "--example", "--force", cwd=tmp_path).returncode == 0


def test_digest_of_several_with_pictures(report, tmp_path):
    (tmp_path / "both.txt").write_text(REPORT.replace("2023", "2022") + REPORT, encoding="utf-8")
    run = govtext(
        "digest", tmp_path / "both.txt", tmp_path / "bad.txt", "-o", tmp_path / "a.html",
        "--plots", tmp_path / "plots",
    )  # fmt: skip
    assert run.returncode == 1
    assert "bad.txt: no such file" in run.stderr
    assert "1 of the files could not be read" in run.stderr
    assert "Traceback" not in run.stderr
    assert "2 份报告的比较" in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert (tmp_path / "plots" / "functions.svg").is_file()


def test_digest_of_a_folder(report, tmp_path):
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).write_text(REPORT, encoding="utf-8")
    run = govtext("digest", "in", "-o", "out", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "out" / "index.html").is_file()
    assert sorted(page.name for page in (tmp_path / "out/reports").iterdir()) == [
        "a.html",
        "b.html",
    ]
    assert "Reports" in run.stderr


def test_digest_of_standard_input(tmp_path):
    run = govtext("digest", "-", "-o", "a.html", text=REPORT, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "把监督做实" in (tmp_path / "a.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "--example"),
        (["--example", "report.txt"], 2, "--example"),
        (["no.txt"], 1, "no.txt: no such file"),
        (["--example", "-o", "none/a.html"], 1, "there is no folder none"),
        (["empty"], 1, "holds no report"),
        (["--example", "-o", "file/pages"], 1, "file/pages"),
    ],
)
def test_digest_of_what_it_cannot_take(arguments, code, message, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    run = govtext("digest", *arguments, cwd=tmp_path)
    assert run.returncode == code
    assert message in run.stderr.replace("\n", " ")
    assert "Traceback" not in run.stderr
