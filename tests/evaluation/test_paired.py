import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import f1_score

from govtext.errors import InputError
from govtext.evaluation.bootstrap import bootstrap_interval
from govtext.evaluation.paired import (
    holm,
    macro_f1,
    macro_f1_difference,
    macro_f1_interval,
    mean_difference,
    mean_interval,
)

LABELS = ["a", "b", "c"]


def systems(right_first: float, right_second: float, *, n: int = 400, seed: int = 0):
    """Return truth, two labellings that are right that often, and reports of ten sentences."""
    random = np.random.default_rng(seed)
    truth = random.choice(LABELS, n).tolist()

    def answers(right: float) -> list[str]:
        return [t if random.random() < right else LABELS[(LABELS.index(t) + 1) % 3] for t in truth]

    return truth, answers(right_first), answers(right_second), [f"r{i // 10}" for i in range(n)]


def test_a_clear_difference_is_found():
    truth, first, second, groups = systems(0.6, 0.9)
    found = macro_f1_difference(truth, first, second, groups=groups)
    expected = f1_score(truth, second, average="macro") - f1_score(truth, first, average="macro")
    assert found.interval.value == pytest.approx(expected)
    assert found.interval.low > 0.1
    assert found.p_value < 0.01


def test_systems_alike_do_not_differ_often():
    alarms = 0
    for seed in range(40):
        truth, first, second, groups = systems(0.8, 0.8, n=300, seed=seed)
        found = macro_f1_difference(truth, first, second, groups=groups, resamples=500)
        alarms += found.p_value < 0.05
    assert alarms <= 6


def test_a_system_does_not_differ_from_itself():
    truth, first, _, groups = systems(0.8, 0.8)
    found = macro_f1_difference(truth, first, first, groups=groups)
    assert (found.interval.low, found.interval.value, found.interval.high) == (0, 0, 0)
    assert found.p_value == 1


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000), st.floats(0.3, 1), st.floats(0.3, 1))
def test_the_other_way_round_is_the_opposite(seed, right_first, right_second):
    truth, first, second, groups = systems(right_first, right_second, n=60, seed=seed)
    there = macro_f1_difference(truth, first, second, groups=groups, resamples=200)
    back = macro_f1_difference(truth, second, first, groups=groups, resamples=200)
    assert there.interval.value == pytest.approx(-back.interval.value)
    assert there.interval.low == pytest.approx(-back.interval.high)
    assert there.p_value == pytest.approx(back.p_value)


def test_pairing_sees_what_two_intervals_do_not():
    truth, first, _, groups = systems(0.75, 0.75)
    second = list(first)
    wrong = [i for i, t in enumerate(truth) if first[i] != t][:20]
    for i in wrong:
        second[i] = truth[i]
    alone = [macro_f1_interval(truth, x, groups=groups) for x in (first, second)]
    assert alone[0].high > alone[1].low
    assert macro_f1_difference(truth, first, second, groups=groups).p_value < 0.05


def test_the_interval_is_that_of_a_single_system():
    truth, first, _, groups = systems(0.7, 0.7)
    found = macro_f1_interval(truth, first, groups=groups)
    counts = np.zeros((40, 3, 3))
    for t, p, g in zip(truth, first, groups, strict=True):
        counts[int(g[1:]), LABELS.index(t), LABELS.index(p)] += 1
    plain = bootstrap_interval(counts, lambda c: float(macro_f1(c)), resamples=2000)
    assert found.value == pytest.approx(f1_score(truth, first, average="macro"))
    assert found.low == pytest.approx(plain.low, abs=0.01)
    assert found.high == pytest.approx(plain.high, abs=0.01)


def test_kinds_weigh_alike():
    values = [1.0] * 9 + [0.0]
    kinds = ["headline"] * 9 + ["report"]
    groups = [str(i) for i in range(10)]
    assert mean_interval(values, groups=groups).value == pytest.approx(0.9)
    assert mean_interval(values, groups=groups, strata=kinds).value == pytest.approx(0.5)


def test_means_differ():
    first = [0.2, 0.3, 0.4] * 20
    second = [x + 0.1 for x in first]
    found = mean_difference(first, second, groups=[f"r{i // 3}" for i in range(60)])
    assert found.interval.value == pytest.approx(0.1)
    assert found.p_value < 0.001


def test_holm():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([]) == []


@pytest.mark.parametrize(
    "arguments", [([], [], [], []), (["a"], ["a"], ["a", "b"], ["r"]), (["a"], ["a"], ["a"], [])]
)
def test_lengths_that_do_not_match(arguments):
    *labels, groups = arguments
    with pytest.raises(InputError, match="needs at least one item, and the same number of"):
        macro_f1_difference(*labels, groups=groups)
