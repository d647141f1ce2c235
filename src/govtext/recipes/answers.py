"""What recorded runs answered on their test split, and how two of them differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from govtext.errors import TrackingError
from govtext.evaluation.bootstrap import Interval
from govtext.evaluation.classification import expected_calibration_error
from govtext.evaluation.paired import (
    Difference,
    macro_f1_difference,
    macro_f1_interval,
    mean_difference,
    mean_interval,
)
from govtext.tracking import RecordedRun, read_table

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answers:
    """A run's answers on its test split.

    Attributes:
        run: The run.
        task: classifier or summarizer.
        data: Name and digest of the test split.
        rows: A row a sentence or text, in an order that depends on their content alone.
    """

    run: RecordedRun
    task: str
    data: tuple[str, str]
    rows: list[Row] = field(repr=False)

    @property
    def groups(self) -> list[str]:
        """The report of each row; tables of the first versions have it in the id only."""
        return [str(row.get("group") or str(row["id"]).partition("/")[0]) for row in self.rows]

    @property
    def figure(self) -> str:
        """The name of the figure that runs of this task are compared by."""
        return _TASKS[self.task].figure

    @property
    def table(self) -> str:
        """Where in a run of this task the answers are."""
        return _TASKS[self.task].table

    def interval(self) -> Interval:
        """Return that figure with its 95 % interval over reports."""
        return _TASKS[self.task].interval(self.rows, self.groups)

    def against(self, other: Answers) -> Difference:
        """Return how much more of it this run has than another on the same test split."""
        _refuse_other_data(self, other)
        return _TASKS[self.task].difference(other.rows, self.rows, self.groups)

    def calibration_error(self) -> float:
        """Return the expected calibration error of a classifier's scores."""
        return expected_calibration_error(
            [float(row["score"]) for row in self.rows],
            [row["label"] == row["predicted"] for row in self.rows],
        )

    def unsupported(self) -> float:
        """Return the share of summaries that say what their source does not."""
        return sum(bool(row.get("unsupported")) for row in self.rows) / len(self.rows)


def read_answers(run: RecordedRun) -> Answers | None:
    """Return what a run answered on its test split; None where it recorded none.

    Raises:
        TrackingError: The run's table is missing or damaged, or the store fails.
    """
    task = run.tags.get("govtext.task", "")
    if task not in _TASKS or "test" not in run.data:
        return None
    kind = _TASKS[task]
    rows = read_table(run, kind.table)
    if not rows or not kind.columns <= rows[0].keys():
        columns = ", ".join(sorted(kind.columns))
        raise TrackingError(f"{kind.table} of run {run}: needs rows with the columns {columns}")
    return Answers(run, task, run.data["test"], _by_content(rows, kind.key))


def _by_content(rows: Sequence[Row], key: Callable[[Row], tuple[str, ...]]) -> list[Row]:
    return sorted(rows, key=lambda row: (*key(row), str(row["id"])))


def _refuse_other_data(first: Answers, second: Answers) -> None:
    if (first.task, first.data[1]) != (second.task, second.data[1]):
        raise TrackingError(
            f"run {first.run} and run {second.run} were tested on different data "
            f"({' and '.join(f'{a.data[0]} {a.data[1]}' for a in (first, second))}) and cannot be "
            "compared; test both on the same"
        )
    key = _TASKS[first.task].key
    if Counter(map(key, first.rows)) != Counter(map(key, second.rows)):
        raise TrackingError(
            f"the tables of run {first.run} and run {second.run} do not hold the same test "
            "examples, though their data has one digest; was one of them changed?"
        )


def _labels(rows: Sequence[Row], column: str) -> list[str]:
    return [str(row[column]) for row in rows]


def _rouge(rows: Sequence[Row]) -> list[float]:
    return [float(row["ROUGE-L"]) for row in rows]


def _macro_f1(rows: Sequence[Row], groups: Sequence[str]) -> Interval:
    return macro_f1_interval(_labels(rows, "label"), _labels(rows, "predicted"), groups=groups)


def _macro_f1_difference(
    first: Sequence[Row], second: Sequence[Row], groups: Sequence[str]
) -> Difference:
    return macro_f1_difference(
        _labels(second, "label"),
        _labels(first, "predicted"),
        _labels(second, "predicted"),
        groups=groups,
    )


def _rouge_mean(rows: Sequence[Row], groups: Sequence[str]) -> Interval:
    return mean_interval(_rouge(rows), groups=groups, strata=_labels(rows, "kind"))


def _rouge_difference(
    first: Sequence[Row], second: Sequence[Row], groups: Sequence[str]
) -> Difference:
    return mean_difference(
        _rouge(first), _rouge(second), groups=groups, strata=_labels(second, "kind")
    )


@dataclass(frozen=True, slots=True)
class _Task:
    """How the runs of a task are read and compared."""

    figure: str
    table: str
    columns: frozenset[str]
    key: Callable[[Row], tuple[str, ...]]
    interval: Callable[[Sequence[Row], Sequence[str]], Interval]
    difference: Callable[[Sequence[Row], Sequence[Row], Sequence[str]], Difference]


_TASKS = {
    "classifier": _Task(
        figure="macro-F1",
        table="predictions/test.json",
        columns=frozenset({"id", "text", "label", "predicted", "score"}),
        key=lambda row: (
            str(row["text"]),
            str(row.get("heading") or ""),
            str(row.get("topic") or ""),
            str(row["label"]),
        ),
        interval=_macro_f1,
        difference=_macro_f1_difference,
    ),
    "summarizer": _Task(
        figure="ROUGE-L, mean of kinds",
        table="summaries/test.json",
        columns=frozenset({"id", "source", "reference", "output", "kind", "ROUGE-L"}),
        key=lambda row: (str(row["source"]), str(row["reference"]), str(row["kind"])),
        interval=_rouge_mean,
        difference=_rouge_difference,
    ),
}
