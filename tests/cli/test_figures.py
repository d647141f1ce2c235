import csv
import json

from tests.cli.test_cli import REPORT, govtext


def test_table(tmp_path):
    run = govtext("figures", "-", text=REPORT)
    assert run.returncode == 0, run.stderr
    assert "恳谈会" in run.stdout
    assert "3 figures" in run.stdout


def test_json_of_one_function(tmp_path):
    [record] = json.loads(govtext("figures", "-", "--json", text=REPORT).stdout)
    assert record["year"] == 2023
    assert [(f["object"], f["value"], f["unit"]) for f in record["figures"]] == [
        ("预算执行情况报告", 3, "项"), ("部门", 5, "个"), ("恳谈会", 12, "场"),
    ]  # fmt: skip
    label = record["figures"][0]["function"]
    [only] = json.loads(govtext("figures", "-", "--json", "--label", label, text=REPORT).stdout)
    assert {f["function"] for f in only["figures"]} == {label}


def test_csv(tmp_path):
    path = tmp_path / "figures.csv"
    run = govtext("figures", "-", "--csv", path, text=REPORT)
    assert run.returncode == 0, run.stderr
    assert f"{path}: 3 figures" in run.stdout
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [row["printed"] for row in csv.DictReader(file)] == ["3", "5", "12"]


def test_faults_in_one_line(tmp_path):
    unknown = govtext("figures", "-", "--label", "talk", text=REPORT)
    assert unknown.returncode == 1
    assert "label is 'talk'; the classifier's labels are" in unknown.stderr
    folder = govtext("figures", "-", "--csv", tmp_path, text=REPORT)
    assert folder.returncode == 1
    assert len(folder.stderr.strip().splitlines()) == 1


def test_evaluate(tmp_path):
    path = tmp_path / "marked.jsonl"
    figure = {"action": "听取", "object": "报告", "printed": "3", "unit": "个"}
    row = {"id": "x/1.1.1", "text": "听取报告3个。", "figures": [figure]}
    path.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    assert "1.000" in govtext("evaluate", "figures", path).stdout
    scores = json.loads(govtext("evaluate", "figures", path, "--json").stdout)
    assert (scores["marked"], scores["object"]) == (1, 1)
    both = govtext("evaluate", "figures", path, "--second", path).stdout
    assert "second marks against first" in both
    assert "found against either" in both
    scores = json.loads(govtext("evaluate", "figures", path, "--second", path, "--json").stdout)
    assert scores["agreement"]["object"] == scores["either"]["object"] == 1
