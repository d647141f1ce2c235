import pytest

from govtext.config.sweep import Sweep
from govtext.recipes.search import Trial, grid, propose


def sweep(**fields):
    return Sweep.model_validate(
        {"name": "s", "task": "classifier", "base": "b.yaml", "space": {"a": [1, 2]}, **fields}
    )


def test_a_grid_has_every_combination_in_order():
    found = grid(sweep(space={"a": [1, 2], "b": [[], ["x"]]}))
    assert found == [
        {"a": 1, "b": []},
        {"a": 1, "b": ["x"]},
        {"a": 2, "b": []},
        {"a": 2, "b": ["x"]},
    ]


def test_a_grid_tries_what_it_has_not_tried():
    one = sweep()
    assert propose(one, []) == {"a": 1}
    assert propose(one, [Trial({"a": 1}, 0.5)]) == {"a": 2}
    assert propose(one, [Trial({"a": 2}, 0.5), Trial({"a": 1}, 0.5)]) is None


def run_optuna(one, done=(), *, stop=99):
    """Search the maximum of a function whose best is at x = 3 with the list chosen."""
    done = list(done)
    while len(done) < stop and (values := propose(one, done)) is not None:
        score = -((values["x"] - 3) ** 2) + (values["parts"] == ["heading"])
        done.append(Trial(values, score))
    return done


OPTUNA = {
    "search": "optuna",
    "trials": 25,
    "space": {
        "x": {"low": 0, "high": 10},
        "parts": [[], ["heading"]],
        "n": {"low": 1, "high": 4, "whole": True},
    },
}


def test_optuna_stays_in_the_space_and_finds_the_best():
    done = run_optuna(sweep(**OPTUNA))
    assert len(done) == 25
    assert all(0 <= trial.values["x"] <= 10 for trial in done)
    assert {type(trial.values["n"]) for trial in done} == {int}
    best = max(done, key=lambda trial: trial.score)
    assert best.values["parts"] == ["heading"]
    assert best.score > 0.5


def test_optuna_goes_on_as_if_it_had_not_been_stopped():
    one = sweep(**OPTUNA)
    whole = run_optuna(one)
    assert run_optuna(one, run_optuna(one, stop=13)) == whole
    assert run_optuna(sweep(**OPTUNA, seed=1)) != whole


def test_the_first_draws_differ():
    done = run_optuna(sweep(**OPTUNA), stop=8)
    assert len({trial.values["x"] for trial in done}) == 8


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"metric": "test/macro_f1"}, "the test split is used for no choice"),
        ({"space": {"a": []}}, "no value to try for a"),
        ({"space": {"a": {"low": 0, "high": 1}}}, "a grid needs a list, not a range, for a"),
        ({"trials": 3}, "trials: give it for optuna, leave it out for a grid"),
        ({"search": "optuna"}, "trials: give it for optuna"),
        ({"space": {"a": {"low": 2, "high": 1}}}, "low must be smaller"),
        ({"space": {"a": {"low": 0, "high": 1, "log": True}}}, "log needs a low above 0"),
        ({"space": {}}, "at least 1 item"),
    ],
)
def test_what_a_sweep_may_not_say(fields, message):
    with pytest.raises(ValueError, match=message):
        sweep(**fields)
