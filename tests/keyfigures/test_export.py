import csv

import govtext
from govtext.keyfigures.export import COLUMNS, figure_row, write_csv


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_excel_reads_the_csv(tmp_path):
    figures = govtext.key_figures(
        "听取专项报告12个，拨付资金1.5万元，满意率98.5%，走访居民3至5户。"
    )
    path = tmp_path / "figures.csv"
    write_csv([figure_row(f, function="supervision") for f in figures], path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = rows_of(path)
    assert tuple(rows[0]) == COLUMNS
    assert [(r["object"], r["value"], r["high"]) for r in rows] == [
        ("专项报告", "12", ""), ("资金", "15000", ""), ("满意率", "98.5", ""), ("居民", "3", "5"),
    ]  # fmt: skip


def test_no_cell_is_a_formula(tmp_path):
    [figure] = govtext.key_figures("=cmd()，报告12个。")
    rows = [
        figure_row(figure, function=start + "1", report=start + "SUM(A1)")
        for start in ("=", "+", "-", "@", " =", "\t=")
    ]
    path = tmp_path / "figures.csv"
    write_csv(rows, path)
    for row in rows_of(path):
        assert row["report"].startswith("'")
        assert row["sentence"].startswith("'=")
        assert row["value"] == "12"
