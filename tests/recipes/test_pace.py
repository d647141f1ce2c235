"""What is measured is what a user asks: sentences with all that is around them."""

from datetime import UTC, datetime

import pytest

from govtext.bundle.locate import locate_model
from govtext.recipes import pace
from govtext.recipes.answers import Answers
from govtext.tracking import RecordedRun
from govtext.types import Sentence
from tests.recipes.test_comparison import sentences


@pytest.fixture
def asked(monkeypatch):
    """The sentences that the classifier was asked for, the last time."""
    seen = []
    predict = pace.predict

    def watched(items, **options):
        seen[:] = items
        return predict(items, **options)

    monkeypatch.setattr(pace, "predict", watched)
    return seen


def answers(rows):
    run = RecordedRun("0" * 32, "n", "e", "FINISHED", datetime.now(UTC), None, {}, {}, {}, {})
    return Answers(run, "classifier", ("test.jsonl", "one"), rows)


def test_the_whole_context_of_an_answer_is_given(asked):
    around = {"heading": "一、监督", "topic": "", "before": "开会。", "after": "整改。"}
    pace.answer_one(
        locate_model("fast", task="classifier"), answers([{**sentences(9)[0], **around}])
    )
    assert asked == [Sentence("第0句。", 0, 4, "一、监督", None, "开会。", "整改。")]


def test_answers_recorded_without_neighbours_are_read_too(asked):
    row = {k: v for k, v in sentences(9)[0].items() if k not in ("before", "after")}
    pace.answer_one(locate_model("fast", task="classifier"), answers([row]))
    assert asked == [Sentence("第0句。", 0, 4)]


def test_texts_a_second(asked):
    fast = locate_model("fast", task="classifier")
    assert min(pace.texts_a_second(fast, fast, answers(sentences(9)))) > 0
    assert len(asked) == 120
