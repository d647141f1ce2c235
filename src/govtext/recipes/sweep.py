"""Sweeps: trainings that differ in a few values, as parts of one run."""

from __future__ import annotations

import csv
import io
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from govtext.config import ClassifierConfig, SummarizerConfig, load_config
from govtext.config.sweep import Sweep
from govtext.errors import TrackingError
from govtext.recipes.family import Config, Family, open_family
from govtext.recipes.search import Trial, Values, grid, propose
from govtext.tracking import ModelVersion, RecordedRun, figures, register_run_model

_log = logging.getLogger(__name__)
_SCHEMAS: dict[str, type[ClassifierConfig] | type[SummarizerConfig]] = {
    "classifier": ClassifierConfig,
    "summarizer": SummarizerConfig,
}


@dataclass(frozen=True, slots=True)
class FinishedTrial:
    """A trial with its run."""

    trial: Trial
    run: RecordedRun


@dataclass(frozen=True, slots=True)
class SweepResult:
    """What a sweep gives back.

    Attributes:
        trials: The trials, the best first.
        version: The best one's model as registered; None where the base registers nothing.
        run_id: The parent run.
        link: Address of the parent run in the MLflow page.
    """

    trials: list[FinishedTrial]
    version: ModelVersion | None
    run_id: str
    link: str


def run_sweep(path: Path, *, again: bool = False) -> SweepResult:
    """Run a sweep to its end, or go on with one that was stopped.

    Finished trials are not trained again. The best trial by the sweep's metric is registered as
    the base configuration says.

    Args:
        path: The sweep's YAML file.
        again: Start anew although the same sweep was finished before.

    Raises:
        ConfigError: The sweep, or one of its configurations, is not valid; before any training.
        TrackingError: The sweep is finished or going on elsewhere, or the store fails.
    """
    sweep = read_sweep(path)
    base = _configure(sweep, {}, number=0)
    settings = {"sweep": sweep.model_dump(mode="json"), "base": base.model_dump(mode="json")}
    with open_family(
        kind="sweep",
        config=base,
        name=f"sweep {sweep.name}",
        settings=settings,
        again=again,
    ) as family:
        done = _run_trials(sweep, family)
        ranked = sorted(
            done, key=lambda item: item.trial.score, reverse=sweep.direction == "maximize"
        )
        version = _register(ranked[0].run, base)
        _record(sweep, family, done, ranked, version)
        return SweepResult(ranked, version, family.run.id, family.run.link)


def read_sweep(path: Path) -> Sweep:
    """Read a sweep's file, and see that its configurations are valid: all of a grid's.

    Raises:
        MissingFileError: The file, or the base that it names, is not there.
        ConfigError: The sweep, or one of its configurations, is not valid.
    """
    sweep = load_config(path, Sweep)
    for values in grid(sweep) if sweep.search == "grid" else [propose(sweep, []) or {}]:
        _configure(sweep, values, number=0)
    return sweep


def _configure(sweep: Sweep, values: Values, *, number: int) -> Config:
    overrides = [f"{key}={json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    config: Config = load_config(sweep.base, _SCHEMAS[sweep.task], overrides)
    if not values:
        return config
    output = config.output / "sweeps" / sweep.name / f"trial-{number}"
    shown = " ".join(f"{key.rpartition('.')[2]}={_short(value)}" for key, value in values.items())
    return config.model_copy(
        update={"name": f"{sweep.name} {number}: {shown}", "output": output,
                "question": sweep.question or config.question}
    )  # fmt: skip


def _short(value: object) -> str:
    """Return a value for a name; the parameters of the run have it whole."""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _run_trials(sweep: Sweep, family: Family) -> list[FinishedTrial]:
    done = [_judged(sweep, run) for run in family.finished.values()]
    total = len(grid(sweep)) if sweep.search == "grid" else sweep.trials
    while (values := propose(sweep, [item.trial for item in done])) is not None:
        number = len(done) + 1
        _log.info("trial %d of %d: %s", number, total, values)
        key = json.dumps({"number": number, "values": values}, ensure_ascii=False)
        run = family.train(key, _configure(sweep, values, number=number))
        done.append(_judged(sweep, run))
        _log.info("trial %d of %d: %s %.4f", number, total, sweep.metric, done[-1].trial.score)
    return done


def _register(run: RecordedRun, base: Config) -> ModelVersion | None:
    if base.tracking.model is None:
        return None
    return register_run_model(run, base.tracking.model, base.tracking.alias)


def _judged(sweep: Sweep, run: RecordedRun) -> FinishedTrial:
    if sweep.metric not in run.metrics:
        known = ", ".join(sorted(name for name in run.metrics if name.startswith("validation/")))
        raise TrackingError(f"run {run} has no metric {sweep.metric!r}; it has {known or 'none'}")
    values = json.loads(run.tags["govtext.part"])["values"]
    return FinishedTrial(Trial(values, run.metrics[sweep.metric]), run)


def _record(
    sweep: Sweep,
    family: Family,
    done: Sequence[FinishedTrial],
    ranked: Sequence[FinishedTrial],
    version: ModelVersion | None,
) -> None:
    scores = [item.trial.score for item in done]
    best = max if sweep.direction == "maximize" else min
    so_far = [best(scores[: i + 1]) for i in range(len(scores))]
    family.run.log_metrics({f"best/{sweep.metric}": so_far[-1], "trials": len(done)})
    family.run.log_text(_table(sweep, ranked), "trials.csv")
    curve = figures.learning_curve(
        {"trial": list(enumerate(scores, 1)), "best so far": list(enumerate(so_far, 1))},
        x_label="trial",
        y_label=sweep.metric,
    )
    family.run.log_figure(curve, "figures/trials.png")
    family.run.set_description(_describe(sweep, ranked, version))


def _table(sweep: Sweep, ranked: Sequence[FinishedTrial]) -> str:
    content = io.StringIO()
    writer = csv.writer(content)
    writer.writerow(["run", *sweep.space, sweep.metric])
    for item in ranked:
        shown = [json.dumps(item.trial.values[key], ensure_ascii=False) for key in sweep.space]
        writer.writerow([item.run.name, *shown, f"{item.trial.score:.4f}"])
    return content.getvalue()


def _describe(sweep: Sweep, ranked: Sequence[FinishedTrial], version: ModelVersion | None) -> str:
    first = ranked[0]
    shown = ", ".join(f"`{key}` = {value}" for key, value in first.trial.values.items())
    registered = f", registered as `{version.uri}`" if version else ""
    lines = [
        f"**Best of {len(ranked)} trials: {sweep.metric} {first.trial.score:.3f}** with {shown}; "
        f"run {first.run}{registered}.",
        "",
        *([f"Question: {sweep.question}", ""] if sweep.question else []),
        f"Chosen on the validation split by {sweep.search} from `{sweep.base}`. All trials are in "
        "`trials.csv` and are parts of this run.",
    ]
    return "\n".join(lines)
