import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from govtext.classify.probabilities import MIN_TEMPERATURE, fit_temperature, softmax


@given(st.lists(st.lists(st.floats(-50, 50), min_size=3, max_size=3), min_size=1))
def test_rows_sum_to_one_and_keep_the_order_of_the_scores(scores):
    rows = softmax(scores, 2.0)
    np.testing.assert_allclose(rows.sum(axis=1), 1)
    for row, score in zip(rows, scores, strict=True):
        assert row[np.argmax(score)] == row.max()


def test_the_temperature_that_was_hidden_in_the_scores_is_found():
    random = np.random.default_rng(0)
    scores = random.normal(size=(4000, 4))
    truth = [random.choice(4, p=row) for row in softmax(scores)]
    assert abs(fit_temperature(scores * 3, truth) - 3) < 0.3


def test_scores_that_are_all_right_stay_short_of_certainty():
    truth = np.arange(40) % 4
    assert MIN_TEMPERATURE <= fit_temperature(np.eye(4)[truth], truth) < MIN_TEMPERATURE * 1.05
