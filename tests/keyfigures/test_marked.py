"""The model of key figures on figures it was trained with; experiments/key-figures measures."""

import numpy as np
import pytest

from govtext.corpus.marked_figures import MarkedFigure, MarkedSentence, read_marked
from govtext.errors import DataError, ModelError
from govtext.evaluation.figures import score_figures
from govtext.keyfigures.ranker import Binder, Ranker, read_binder, save_binder
from govtext.keyfigures.training import train_binder
from govtext.recipes.judged_figures import (
    compare_marks,
    found_figures,
    judge_figures,
    marked_figures,
)
from tests.conftest import ROOT

MARKS = ROOT / "data" / "keyfigures"
DEVELOPMENT = sorted(MARKS.glob("development-*.jsonl"))


def judged(sentences, binder):
    return score_figures((marked_figures(s), found_figures(s, binder)) for s in sentences)


@pytest.mark.parametrize("name", ["first", "second"])
def test_development_figures(name):
    scores = judge_figures(read_marked(MARKS / f"development-{name}.jsonl")[:120])
    assert scores.marked >= 150
    assert scores.precision(scores.quantity) >= 0.95
    assert scores.recall(scores.quantity) >= 0.95
    # Learned from these very marks; on others see the experiment.
    assert scores.precision(scores.object) >= 0.9
    assert scores.recall(scores.object) >= 0.9


def test_the_same_marks_give_the_same_model_and_one_that_learned():
    sentences = read_marked(MARKS / "development-first.jsonl")
    known, fresh = sentences[:150], sentences[150:210]
    sizes = {"object_slots": 2**15, "action_slots": 2**14}
    binder, again = train_binder(known, **sizes), train_binder(known, **sizes)
    assert np.array_equal(binder.object.weights, again.object.weights)
    assert np.array_equal(binder.action.weights, again.action.weights)
    ignorant = Ranker(np.zeros(2, dtype=np.int8))
    unlearned = judged(fresh, Binder(ignorant, ignorant))
    learned = judged(fresh, binder)
    assert learned.recall(learned.object) > 0.6 > 2 * unlearned.recall(unlearned.object)


def test_saved_and_read_again(tmp_path):
    sentences = read_marked(MARKS / "development-phrases.jsonl")
    binder = train_binder(sentences, object_slots=2**12, action_slots=2**12)
    save_binder(binder, tmp_path)
    read = read_binder(tmp_path)
    assert [found_figures(s, read) for s in sentences] == [
        found_figures(s, binder) for s in sentences
    ]
    (tmp_path / "arrays.safetensors").unlink()
    with pytest.raises(ModelError, match="incomplete"):
        read_binder(tmp_path)


def test_nothing_to_learn_from():
    with pytest.raises(DataError, match="no marked figure"):
        train_binder([MarkedSentence("x/1.1.1", "今年没有数字。", ())])


def test_marks_are_compared_only_of_the_same_sentences():
    figure = MarkedFigure("听取", "报告", "3", "个")
    first = [MarkedSentence("x/1.1.1", "听取报告3个。", (figure,))]
    assert compare_marks(first, first).object == 1
    other = [MarkedSentence("x/1.1.2", "听取报告3个。", ())]
    with pytest.raises(DataError, match="lack the sentence x/1.1.1"):
        compare_marks(first, other)
    with pytest.raises(DataError, match="hold 1 sentences, the second 2"):
        compare_marks(first, first + other)


def test_development_and_measurement_share_no_report():
    def reports(paths):
        return {s.id.split("/")[0] for path in paths for s in read_marked(path)}

    tests = sorted(MARKS.glob("test-*.jsonl"))
    assert len(tests) == 3
    assert not reports(DEVELOPMENT) & reports(tests)
