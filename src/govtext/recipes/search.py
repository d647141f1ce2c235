"""Which values a sweep tries next, as a function of what it has tried."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from govtext.config.sweep import Range, Sweep
from govtext.extras import require

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Trial:
    """A finished training of a sweep.

    Attributes:
        values: Dotted key of the configuration to its value.
        score: The metric that the sweep judges by.
    """

    values: Values
    score: float


def grid(sweep: Sweep) -> list[Values]:
    """Return every combination of a grid's values, the last key changing fastest."""
    lists = [values for values in sweep.space.values() if isinstance(values, list)]
    return [dict(zip(sweep.space, chosen, strict=True)) for chosen in itertools.product(*lists)]


def propose(sweep: Sweep, done: Sequence[Trial]) -> Values | None:
    """Return the next values to try, None where the sweep is done.

    The answer depends on the sweep and on `done` alone, so a sweep that was stopped goes on as if
    it had not been. Source of the sampler: Bergstra, Bardenet, Bengio, Kégl, "Algorithms for
    Hyper-Parameter Optimization", NeurIPS 2011.

    Args:
        sweep: The sweep.
        done: Its finished trials in their order.

    Raises:
        MissingDependencyError: Optuna is not installed.
    """
    if sweep.search == "grid":
        tried = [trial.values for trial in done]
        return next((values for values in grid(sweep) if values not in tried), None)
    if len(done) >= (sweep.trials or 0):
        return None
    return _ask_optuna(sweep, done)


def _ask_optuna(sweep: Sweep, done: Sequence[Trial]) -> Values:
    optuna = require("optuna", extra="sweeps")
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    sampler = optuna.samplers.TPESampler(seed=(sweep.seed + len(done)) % 2**32)
    study = optuna.create_study(direction=sweep.direction, sampler=sampler)
    space = {key: _distribution(optuna, values) for key, values in sweep.space.items()}
    for trial in done:
        study.add_trial(
            optuna.trial.create_trial(
                params={key: _encoded(sweep, key, value) for key, value in trial.values.items()},
                distributions=space,
                value=trial.score,
            )
        )
    asked = study.ask(space)
    return {key: _decoded(sweep, key, value) for key, value in asked.params.items()}


def _distribution(optuna: Any, values: list[Any] | Range) -> Any:
    if isinstance(values, list):
        return optuna.distributions.CategoricalDistribution([json.dumps(v) for v in values])
    if values.whole:
        low, high = int(values.low), int(values.high)
        return optuna.distributions.IntDistribution(low, high, log=values.log)
    return optuna.distributions.FloatDistribution(values.low, values.high, log=values.log)


def _encoded(sweep: Sweep, key: str, value: Any) -> Any:
    """Return a value as Optuna takes it: a choice may be a list, which it does not know."""
    return json.dumps(value) if isinstance(sweep.space[key], list) else value


def _decoded(sweep: Sweep, key: str, value: Any) -> Any:
    return json.loads(value) if isinstance(sweep.space[key], list) else value
