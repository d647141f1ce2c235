"""Cross-validation over reports: every report is tested on by a model that has not seen it."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, stdev
from typing import Any

from govtext.config import ClassifierConfig
from govtext.corpus.examples import (
    LabelledSentence,
    SummaryExample,
    digest,
    read_labelled,
    read_pairs,
    write_labelled,
    write_pairs,
)
from govtext.errors import DataError, InputError, TrackingError
from govtext.evaluation.bootstrap import Interval
from govtext.recipes.answers import Answers, read_answers
from govtext.recipes.family import Config, Family, open_family
from govtext.tracking import Run

_log = logging.getLogger(__name__)
Examples = list[LabelledSentence] | list[SummaryExample]


@dataclass(frozen=True, slots=True)
class CrossValidation:
    """What a cross-validation gives back.

    Attributes:
        figure: The name of the figure.
        pooled: The figure over the answers of all folds, with its 95 % interval over reports.
        folds: The figure of each fold.
        run_id: The parent run.
        link: Address of the parent run in the MLflow page.
    """

    figure: str
    pooled: Interval
    folds: list[float]
    run_id: str
    link: str


def cross_validate(config: Config, *, folds: int = 5, again: bool = False) -> CrossValidation:
    """Train and test once a fold, or go on with a cross-validation that was stopped.

    Reports are dealt to the folds whole, labels in proportion, from the training and the
    validation split; the test split stays out of it. Finished folds are not trained again. The
    parent run has the answers of all folds as its own, and can be compared with other runs of
    the same folds' data.

    Args:
        config: What is trained; each fold splits its validation off its training part.
        folds: Parts that the reports are dealt to, at least 2.
        again: Start anew although the same was finished before.

    Raises:
        InputError: There are less than 2 folds.
        DataError: The data is malformed, or has fewer reports than folds.
        TrackingError: The same is finished or going on elsewhere, or the store fails.
    """
    if folds < 2:
        raise InputError(f"folds is {folds}; expected at least 2")
    examples = _read(config)
    parts = _deal(examples, folds, config)
    with open_family(
        kind="cross-validation",
        config=config,
        name=f"{config.name} seed={config.seed} {folds} folds",
        settings={"folds": folds, "base": config.model_dump(mode="json")},
        again=again,
    ) as family:
        answers = [_train_fold(family, config, part, folds) for part in parts]
        return _record(family.run, config, examples, answers)


def _read(config: Config) -> Examples:
    paths = [p for p in (config.data.train, config.data.validation) if p is not None]
    if isinstance(config, ClassifierConfig):
        return [example for path in paths for example in read_labelled(path)]
    return [example for path in paths for example in read_pairs(path)]


@dataclass(frozen=True, slots=True)
class _Fold:
    number: int
    train: Any
    test: Any


def _deal(examples: Examples, folds: int, config: Config) -> list[_Fold]:
    from sklearn.model_selection import StratifiedGroupKFold

    groups = [example.group for example in examples]
    if len(set(groups)) < folds:
        raise DataError(
            f"{config.data.train}: {len(set(groups))} reports cannot be dealt to {folds} folds; "
            "name fewer folds, or add reports"
        )
    strata = [e.label if isinstance(e, LabelledSentence) else e.kind for e in examples]
    splitter = StratifiedGroupKFold(n_splits=folds, shuffle=True, random_state=config.seed)
    with warnings.catch_warnings():
        # A label rarer than the folds is spread as far as it goes.
        warnings.filterwarnings("ignore", message="The least populated class")
        dealt = list(splitter.split(strata, strata, groups))
    return [
        _Fold(number, [examples[i] for i in train], [examples[i] for i in test])
        for number, (train, test) in enumerate(dealt, start=1)
    ]


def _train_fold(family: Family, config: Config, fold: _Fold, folds: int) -> Answers:
    folder = config.output / f"{folds}-folds" / f"fold-{fold.number}"
    folder.mkdir(parents=True, exist_ok=True)
    paths = {name: folder / f"{name}.jsonl" for name in ("train", "test")}
    for name, path in paths.items():
        _write(getattr(fold, name), path, config)
    data = config.data.model_copy(update={**paths, "validation": None})
    key = f"fold {fold.number}"
    if key not in family.finished:
        _log.info("%s of %d", key, folds)
    run = family.train(
        key,
        config.model_copy(update={"data": data, "output": folder, "name": f"{config.name} {key}"}),
    )
    answers = read_answers(run)
    if answers is None:
        raise TrackingError(f"run {run} recorded no answers on its test split")
    return answers


def _write(examples: Any, path: Path, config: Config) -> None:
    if isinstance(config, ClassifierConfig):
        write_labelled(examples, path)
    else:
        write_pairs(examples, path)


def _record(
    run: Run, config: Config, examples: Examples, answers: Sequence[Answers]
) -> CrossValidation:
    rows = [row for part in answers for row in part.rows]
    pooled = Answers(answers[0].run, answers[0].task, answers[0].data, rows)
    interval, folds = pooled.interval(), [part.interval().value for part in answers]
    run.log_dataset(
        config.data.train, name="all folds", split="test", rows=len(rows),
        digest=digest(examples)[:16],
    )  # fmt: skip
    run.set_tags({"govtext.task": pooled.task})
    run.log_metrics(
        {
            "folds/pooled": interval.value,
            "folds/pooled_low": interval.low,
            "folds/pooled_high": interval.high,
            "folds/mean": mean(folds),
            "folds/standard_deviation": stdev(folds),
        }
    )
    run.log_table(rows, pooled.table)
    run.set_description(_describe(config, pooled, interval, folds))
    return CrossValidation(pooled.figure, interval, folds, run.id, run.link)


def _describe(config: Config, pooled: Answers, interval: Interval, folds: Sequence[float]) -> str:
    lines = [
        f"**{pooled.figure} {interval} over {len(folds)} folds** (95 % bootstrap over "
        f"{len(set(pooled.groups))} reports).",
        "",
        *([f"Question: {config.question}", ""] if config.question else []),
        f"Each of {len(pooled.rows)} examples was answered by a model that had not seen its "
        f"report; single folds: {', '.join(f'{value:.3f}' for value in folds)}, mean "
        f"{mean(folds):.3f}, standard deviation {stdev(folds):.3f}.",
        "",
        f"`{config.name}`, trained once a fold on the training and validation splits together; "
        "the test split was not used.",
    ]
    return "\n".join(lines)
