"""The figures of data/keyfigures that the rules were made with; experiments/key-figures measures."""

from govtext.corpus.marked_figures import read_marked
from govtext.recipes.judged_figures import judge_figures
from tests.conftest import ROOT


def test_development_figures():
    scores = judge_figures(read_marked(ROOT / "data" / "keyfigures" / "development.jsonl"))
    assert scores.marked >= 800
    assert scores.precision(scores.quantity) >= 0.95
    assert scores.recall(scores.quantity) >= 0.95
    # Below the 0.95 that is wanted: see the experiment for where it fails.
    assert scores.precision(scores.object) >= 0.86
    assert scores.recall(scores.object) >= 0.86


def test_development_and_measurement_share_no_report():
    names = [
        {s.id.split("#")[0] for s in read_marked(path)}
        for path in sorted((ROOT / "data" / "keyfigures").glob("*.jsonl"))
    ]
    development, *measurements = names
    for reports in measurements:
        assert not development & reports
