import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtext.evaluation.selective import area_under_risk_coverage, risk_coverage


def test_risk_falls_where_scores_know():
    points = risk_coverage([0.9, 0.8, 0.7, 0.6], [True, True, False, False])
    assert points == [(0.25, 0.0), (0.5, 0.0), (0.75, pytest.approx(1 / 3)), (1.0, 0.5)]


def test_equal_scores_are_one_point():
    assert risk_coverage([0.5, 0.5], [True, False]) == [(1.0, 0.5)]
    assert risk_coverage([], []) == []


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_the_last_point_is_the_error(pairs):
    scores, right = zip(*pairs, strict=True)
    points = risk_coverage(scores, right)
    assert points[-1] == (1.0, pytest.approx(1 - sum(right) / len(right)))
    assert [x for x, _ in points] == sorted(x for x, _ in points)
    assert 0 <= area_under_risk_coverage(scores, right) <= 1
