"""The same configuration and seed give the same figures, twice on one machine."""

import pytest

from govtext.recipes.classifier import train_classifier
from govtext.recipes.summarizer import train_summarizer
from govtext.tracking import find_runs
from tests.recipes import test_classifier, test_summarizer

# Of a figure from 0 to 1: 0.2 points.
TOLERANCE = 0.002


def figures(run):
    """Return what a run found out, without what it used up."""
    return {name: value for name, value in run.metrics.items() if not name.startswith("usage/")}


def trained_twice(train, configure):
    for number in (1, 2):
        train(configure(f"runs/{number}"))
    first, second = (figures(run) for run in find_runs())
    assert first.keys() == second.keys()
    assert len(first) > 20
    return first, second


@pytest.mark.parametrize(
    "model",
    [
        {"kind": "tfidf", "min_count": 1, "chars": [1, 2], "words": [1, 1]},
        {"kind": "hashed", "buckets": 4096},
    ],
    ids=lambda model: model["kind"],
)
def test_linear_models_are_identical(store, reports_folder, model):
    first, second = trained_twice(
        train_classifier,
        lambda out: test_classifier.config(reports_folder, output=out, model=model),
    )
    assert first == second


@pytest.mark.slow
def test_encoders_differ_by_less_than_a_fifth_of_a_point(store, reports_folder, tiny_encoder):
    model = {
        "kind": "encoder", "base": str(tiny_encoder), "max_tokens": 64, "epochs": 2,
        "batch_size": 8, "bf16": False,
    }  # fmt: skip
    first, second = trained_twice(
        train_classifier,
        lambda out: test_classifier.config(reports_folder, output=out, model=model),
    )
    assert second == pytest.approx(first, abs=TOLERANCE)


@pytest.mark.slow
def test_summarizers_differ_by_less_than_a_fifth_of_a_point(store, reports_folder, tiny_seq2seq):
    first, second = trained_twice(
        train_summarizer,
        lambda out: test_summarizer.config(reports_folder, tiny_seq2seq, output=out),
    )
    assert second == pytest.approx(first, abs=TOLERANCE)
