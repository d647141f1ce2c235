"""Runs side by side: figures with intervals, and whether they differ from a baseline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from govtext.corpus.examples import KINDS
from govtext.errors import InputError, TrackingError
from govtext.evaluation.bootstrap import Interval
from govtext.evaluation.paired import Difference, holm
from govtext.recipes.answers import Answers, read_answers
from govtext.tracking import RecordedRun, find_runs

ALPHA = 0.05
FEW_REPORTS = 10
MOST_SETTINGS = 4
# What tells runs apart without being a choice that is compared.
_NOT_COMPARED = {"name", "output", "question", "based_on"}
# Runs that record work on other runs: none of them has answers, and none is missed.
_NOT_TRAININGS = {"sweep", "promotion", "rollback"}
_DEFAULT_METRICS = {
    "classifier": ("accuracy", "functional_macro_f1", "calibration_error"),
    "summarizer": tuple(
        f"{kind}/{figure}" for kind in KINDS for figure in ("rouge_l", "unsupported")
    ),
}


@dataclass(frozen=True, slots=True)
class ComparedRun:
    """A run in a comparison.

    Attributes:
        run: The run.
        interval: Its figure on the test split with the 95 % interval over reports.
        difference: How it differs from the baseline, paired; None for the baseline itself.
        p_value: The p-value of that, adjusted for the number of runs compared (Holm).
        settings: Parameters in which the compared runs differ.
        metrics: More of its metrics, by their name below `test/`.
    """

    run: RecordedRun
    interval: Interval
    difference: Difference | None
    p_value: float | None
    settings: dict[str, str]
    metrics: dict[str, float]

    @property
    def verdict(self) -> str:
        """Say whether the run is better or worse than the baseline."""
        if self.difference is None or self.p_value is None:
            return "baseline"
        if self.p_value >= ALPHA:
            return "no clear difference"
        return "better" if self.difference.interval.value > 0 else "worse"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Runs that were tested on the same data, the best first.

    Attributes:
        task: classifier or summarizer.
        figure: The name of the figure that they are compared by.
        data: Name and digest of the test split.
        examples: Sentences or texts in it.
        reports: Reports that these are from.
        runs: The runs.
        differing: All parameters in which the runs differ.
    """

    task: str
    figure: str
    data: tuple[str, str]
    examples: int
    reports: int
    runs: list[ComparedRun]
    differing: tuple[str, ...]

    @property
    def baseline(self) -> RecordedRun:
        """The run that the others are compared with."""
        return next(item.run for item in self.runs if item.difference is None)


@dataclass(frozen=True, slots=True)
class Comparisons:
    """One comparison for each test split that the chosen runs were tested on.

    Attributes:
        parts: The comparisons, the one with the most runs first.
        notes: What the reader must know: runs left out, runs on different data.
    """

    parts: list[Comparison]
    notes: tuple[str, ...]


def compare_runs(
    wanted: Sequence[str] = (),
    *,
    experiment: str | None = None,
    tags: Mapping[str, str] | None = None,
    parent_id: str | None = None,
    baseline: str | None = None,
    every: bool = False,
    settings: Sequence[str] = (),
    metrics: Sequence[str] = (),
) -> Comparisons:
    """Compare finished runs by what they answered on the test split.

    Args:
        wanted: Names, names with `*`, ids or first digits of ids; empty takes all runs that are
            part of no other.
        experiment: The name of their experiment; None searches all.
        tags: Tags that they must have.
        parent_id: The run that they are part of.
        baseline: The run that the others are compared with, named likewise; None takes the one
            with the best figure.
        every: Keep all runs of one name; otherwise the latest speaks for those before it.
        settings: Parameters to show; empty shows the first in which the runs differ.
        metrics: Metrics below `test/` to show; empty shows a few of the task.

    Raises:
        InputError: The baseline is not one of the runs.
        TrackingError: No run matches, none has recorded its answers, or the store fails.
    """
    runs = find_runs(wanted, experiment=experiment, tags=tags, parent_id=parent_id)
    first = find_runs([baseline], experiment=experiment)[-1] if baseline else None
    notes: list[str] = []
    if not every:
        runs = _latest_of_each_name(runs, first, notes)
    if first is not None and first not in runs:
        runs.append(first)
    answers = _read_all(runs, notes)
    if first is not None and all(item.run != first for item in answers):
        raise InputError(f"baseline {first}: the run recorded no answers on a test split")
    parts = [_compare(part, first, settings, metrics) for part in _by_data(answers)]
    if len(parts) > 1:
        notes.append(
            "The runs were tested on different data: each table compares only those that were "
            "tested on the same, and figures of different tables say nothing about each other."
        )
    notes += [
        f"{part.data[0]}: only {part.reports} reports; intervals over so few are rough"
        for part in parts
        if part.reports < FEW_REPORTS
    ]
    notes += [
        f"{part.data[0]}: the runs differ in {len(part.differing)} parameters, of which "
        f"{MOST_SETTINGS} are shown; --setting chooses: {', '.join(part.differing)}"
        for part in parts
        if not settings and len(part.differing) > MOST_SETTINGS
    ]
    return Comparisons(parts, tuple(notes))


def _latest_of_each_name(
    runs: Sequence[RecordedRun], baseline: RecordedRun | None, notes: list[str]
) -> list[RecordedRun]:
    latest = {(run.experiment, run.name): run for run in runs}
    kept = [run for run in runs if latest[run.experiment, run.name] == run or run == baseline]
    if older := len(runs) - len(kept):
        notes.append(f"{older} earlier runs of the same names are left out; --every shows them")
    return kept


def _read_all(runs: Sequence[RecordedRun], notes: list[str]) -> list[Answers]:
    found = [(run, read_answers(run)) for run in runs]
    silent = [
        str(run)
        for run, answers in found
        if answers is None and run.tags.get("govtext.kind") not in _NOT_TRAININGS
    ]
    if silent:
        notes.append(f"left out, as they recorded no answers on a test split: {', '.join(silent)}")
    answers = [answers for _, answers in found if answers is not None]
    if not answers:
        raise TrackingError(
            "none of the runs recorded answers on a test split; choose finished training runs, "
            "by name, id, --experiment or --tag"
        )
    return answers


def _by_data(answers: Sequence[Answers]) -> list[list[Answers]]:
    parts: dict[tuple[str, str], list[Answers]] = {}
    for item in answers:
        parts.setdefault((item.task, item.data[1]), []).append(item)
    return sorted(parts.values(), key=len, reverse=True)


def _compare(
    part: Sequence[Answers],
    baseline: RecordedRun | None,
    settings: Sequence[str],
    metrics: Sequence[str],
) -> Comparison:
    intervals = {item.run.id: item.interval() for item in part}
    ranked = sorted(part, key=lambda item: intervals[item.run.id].value, reverse=True)
    first = next((item for item in ranked if item.run == baseline), ranked[0])
    differing = _differing([item.run for item in part])
    shown = list(settings) or differing[:MOST_SETTINGS]
    names = list(metrics) or _DEFAULT_METRICS[first.task]
    compared = [
        ComparedRun(
            run=item.run,
            interval=intervals[item.run.id],
            difference=None if item is first else item.against(first),
            p_value=None,
            settings={key: item.run.params.get(key, "–") for key in shown},
            metrics={
                name: item.run.metrics[f"test/{name}"]
                for name in names
                if f"test/{name}" in item.run.metrics
            },
        )
        for item in ranked
    ]
    return Comparison(
        task=first.task,
        figure=first.figure,
        data=first.data,
        examples=len(first.rows),
        reports=len(set(first.groups)),
        runs=_with_p_values(compared),
        differing=tuple(differing),
    )


def _with_p_values(runs: Sequence[ComparedRun]) -> list[ComparedRun]:
    adjusted = iter(holm([r.difference.p_value for r in runs if r.difference is not None]))
    return [r if r.difference is None else replace(r, p_value=next(adjusted)) for r in runs]


def _differing(runs: Sequence[RecordedRun]) -> list[str]:
    """Return the parameters that runs differ in; first those that all of them have."""
    keys = [
        key
        for key in dict.fromkeys(key for run in runs for key in run.params)
        if key not in _NOT_COMPARED
        and not key.startswith("tracking.")
        and len({run.params.get(key) for run in runs}) > 1
    ]
    return sorted(keys, key=lambda key: not all(key in run.params for run in runs))
