"""Runs that recorded answers on a test split, compared; nothing is trained here."""

from html.parser import HTMLParser
from io import StringIO

import pytest
from rich.console import Console

from govtext.errors import InputError, TrackingError
from govtext.recipes import comparison_page
from govtext.recipes.comparison import compare_runs
from govtext.tracking import start_run

LABELS = ["supervision", "consultation", "other"]


def sentences(right: int, *, reports: int = 12):
    """Return rows of a test table of which `right` of ten are labelled right."""
    rows = []
    for i in range(reports * 10):
        label = LABELS[i % 3]
        guess = label if i % 10 < right else LABELS[(i + 1) % 3]
        rows.append(
            {
                "id": f"r{i // 10}/{i % 10}", "text": f"第{i}句。", "label": label,
                "predicted": guess, "right": label == guess, "score": right / 10,
                "heading": "", "topic": "", "before": "", "after": "", "group": f"r{i // 10}",
            }
        )  # fmt: skip
    return rows


@pytest.fixture
def record(store, tmp_path):
    """Record a run with a test table, as a training does."""
    data = tmp_path / "test.jsonl"
    data.write_text("{}\n")

    def one(
        name, rows, *, digest="one", task="classifier", experiment="e", parent_id=None, **config
    ):
        path = "predictions/test.json" if task == "classifier" else "summaries/test.json"
        with start_run(
            experiment=experiment, name=name, config=config, seed=0,
            tags={"govtext.task": task}, parent_id=parent_id,
        ) as run:  # fmt: skip
            run.log_dataset(data, name="test.jsonl", split="test", rows=len(rows), digest=digest)
            run.log_metrics({"test/accuracy": 0.5})
            run.log_table(rows, path)
        return run.id

    return one


def test_nothing_is_cut_short_in_a_narrow_terminal(record):
    record("grid 1: context_weight=0.25", sentences(5), model={"inverse_regularization": 8.0})
    record("grid 2: context_weight=0.5", sentences(9), model={"inverse_regularization": 32.0})
    console = Console(width=72, record=True, file=StringIO())
    console.print(comparison_page.terminal(compare_runs()))
    shown = console.export_text()
    assert "…" not in shown


def test_the_best_is_the_baseline_and_the_worse_is_called_worse(record):
    record("weak", sentences(5), features={"chars": [1, 2]})
    record("strong", sentences(9), features={"chars": [1, 4]})
    record("alike", sentences(9), features={"chars": [1, 5]})
    [part] = compare_runs().parts
    assert [item.run.name for item in part.runs] == ["strong", "alike", "weak"]
    assert [item.verdict for item in part.runs] == ["baseline", "no clear difference", "worse"]
    assert part.runs[2].settings == {"features.chars": "[1, 2]"}
    assert part.runs[2].difference.interval.high < 0
    assert (part.examples, part.reports) == (120, 12)


def test_p_values_are_adjusted_for_the_number_of_runs(record):
    for name, right in (("a", 9), ("b", 8), ("c", 7)):
        record(name, sentences(right))
    [part] = compare_runs().parts
    raw = [item.difference.p_value for item in part.runs[1:]]
    assert [item.p_value for item in part.runs[1:]] == pytest.approx([2 * raw[0], 2 * raw[1]])


def test_a_baseline_by_name(record):
    record("weak", sentences(5))
    record("strong", sentences(9))
    [part] = compare_runs(["strong"], baseline="weak").parts
    assert part.baseline.name == "weak"
    assert part.runs[0].verdict == "better"


def test_runs_on_different_data_are_not_compared(record):
    record("here", sentences(9), digest="one")
    record("there", sentences(5, reports=3), digest="two")
    found = compare_runs()
    assert [len(part.runs) for part in found.parts] == [1, 1]
    assert any("tested on different data" in note for note in found.notes)
    assert any("only 3 reports" in note for note in found.notes)


def test_tables_in_another_order_are_paired_by_content(record):
    record("one", sentences(9))
    rows = [{**row, "id": f"x{i}"} for i, row in enumerate(reversed(sentences(9)))]
    record("two", rows)
    [part] = compare_runs().parts
    assert part.runs[1].difference.p_value == 1


def test_a_table_that_was_changed(record):
    record("one", sentences(9))
    record("two", [{**sentences(9)[0], "text": "别的句子。"}, *sentences(8)[1:]])
    with pytest.raises(TrackingError, match="do not hold the same test examples"):
        compare_runs()


def test_the_latest_of_a_name_speaks_for_those_before(record):
    record("same", sentences(5))
    latest = record("same", sentences(9))
    found = compare_runs()
    assert [item.run.id for item in found.parts[0].runs] == [latest]
    assert "1 earlier runs of the same names are left out; --every shows them" in found.notes
    assert len(compare_runs(every=True).parts[0].runs) == 2


def test_what_is_chosen(record):
    first = record("tfidf seed=0", sentences(9), experiment="a")
    record("tfidf seed=1", sentences(8), experiment="b")
    record("encoder seed=0", sentences(7), experiment="a")
    record("part of it", sentences(7), experiment="a", parent_id=first)

    def names(*wanted, **options):
        return sorted(i.run.name for i in compare_runs(wanted, **options).parts[0].runs)

    assert names("tfidf*") == ["tfidf seed=0", "tfidf seed=1"]
    assert names(first[:8]) == ["tfidf seed=0"]
    assert names(experiment="a") == ["encoder seed=0", "tfidf seed=0"]
    assert names(parent_id=first) == ["part of it"]
    with pytest.raises(TrackingError, match=r"no finished run 'x\*' in .*latest there: .*encoder"):
        compare_runs(["x*"])
    with pytest.raises(TrackingError, match="no experiment 'c' in .*; there: .*a, b"):
        compare_runs(experiment="c")


def test_runs_that_differ_in_much(record):
    record("linear", sentences(9), model={"kind": "tfidf", "a": 1, "b": 1, "c": 1, "d": 1})
    record("neural", sentences(8), model={"kind": "encoder", "rate": 0.1})
    found = compare_runs()
    assert list(found.parts[0].runs[0].settings) == ["model.kind", "model.a", "model.b", "model.c"]
    assert any("differ in 6 parameters, of which 4 are shown; --setting" in n for n in found.notes)
    assert list(compare_runs(settings=["model.rate"]).parts[0].runs[0].settings) == ["model.rate"]


def test_runs_without_answers_are_named(record, store):
    record("one", sentences(9))
    with start_run(experiment="e", name="sweep", config={}, seed=0) as run:
        pass
    assert any("left out" in note and "sweep" in note for note in compare_runs().notes)
    with pytest.raises(TrackingError, match="none of the runs recorded answers"):
        compare_runs(["sweep"])
    with pytest.raises(InputError, match="recorded no answers on a test split"):
        compare_runs(["one"], baseline=run.id)


def test_summaries(record):
    def rows(rouge):
        return [
            {"id": f"r{i // 4}/{i}", "kind": ("headline", "section")[i % 2], "ROUGE-L": rouge + i % 3 / 10,
             "output": "短", "reference": f"参考{i}", "source": f"原文{i}", "unsupported": "", "group": f"r{i // 4}"}
            for i in range(60)
        ]  # fmt: skip

    record("one", rows(0.2), task="summarizer")
    record("two", rows(0.4), task="summarizer")
    [part] = compare_runs().parts
    assert part.figure.startswith("ROUGE-L")
    assert part.runs[1].difference.interval.value == pytest.approx(-0.2)


def test_text_from_a_store_is_escaped(record):
    record("<script>alert(1)</script> | [red]x", sentences(9), note="[b]&")
    record("plain", sentences(8), note="<b>")
    found = compare_runs()
    page = comparison_page.html(found, title="<i>")
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<title>&lt;i&gt;</title>" in page
    table = comparison_page.markdown(found)
    assert r"\| [red]x" in table
    assert "<script>" not in table
    widths = {line.replace(r"\|", "").count("|") for line in table.splitlines() if line[:1] == "|"}
    assert len(widths) == 1


def test_the_page_is_whole_and_needs_nothing_else(record):
    record("a", sentences(9))
    record("b", sentences(6))
    page = comparison_page.html(compare_runs(), title="runs")
    names = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            names.append(tag)
            assert not {"src", "href"} & dict(attrs).keys()

    Reader().feed(page)
    assert names.count("tr") == 3
    assert names.count("svg") == 2
