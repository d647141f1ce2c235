"""What a run's page says to a reviewer who knows nothing: the head, the pictures, the tables."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from typing import Any

from govtext.config import ClassifierConfig, SummarizerConfig
from govtext.corpus.splits import Splits
from govtext.errors import GovtextError
from govtext.evaluation.selective import area_under_risk_coverage, risk_coverage
from govtext.recipes.answers import Answers, read_answers
from govtext.recipes.mistakes import describe_mistakes, label_mistakes, summary_mistakes
from govtext.taxonomy import label_order
from govtext.tracking import RecordedRun, Run, champion, figures, find_runs, read_curve, read_run

_log = logging.getLogger(__name__)
_CHANGES_SHOWN = 8
_NOT_CHANGES = ("name", "output", "question", "based_on", "tracking.")


def describe_run(run: Run, config: ClassifierConfig | SummarizerConfig, body: str) -> None:
    """Write the head of a run's page: the verdict, then what a reviewer asks next.

    Beside the champion, what it gets wrong, the data, the question, what was changed; then the
    rest. A store that fails here costs these lines and no training.

    Args:
        run: The run, its test answers recorded.
        config: The experiment.
        body: Markdown; its first paragraph is the verdict.
    """
    verdict, _, rest = body.partition("\n\n")
    try:
        lines = _context(run, config)
    except GovtextError as error:
        _log.warning("not compared with other runs: %s", error)
        lines = [f"not compared with other runs: {error}"]
    if config.question:
        lines.append(f"question: {config.question}")
    run.set_description("\n".join([verdict, "", *(f"- {line}" for line in lines), "", rest]))


def log_label_pictures(run: Run, splits: Splits[Any], rows: Sequence[dict[str, Any]]) -> None:
    """Record pictures and the table of mistakes of a classifier's test answers.

    Args:
        run: The run.
        splits: The data.
        rows: The test table.
    """
    scores = [float(row["score"]) for row in rows]
    right = [bool(row["right"]) for row in rows]
    run.log_metrics({"test/area_under_risk_coverage": area_under_risk_coverage(scores, right)})
    counts = {name: _labels(getattr(splits, name)) for name in ("train", "validation", "test")}
    pictures = {
        "risk_coverage_test": figures.risk_coverage(risk_coverage(scores, right)),
        "labels": figures.label_distribution(counts),
        "length_test": figures.quality_by_length(
            [len(str(row["text"])) for row in rows], list(map(float, right)), y_label="share right"
        ),
    }
    for name, picture in pictures.items():
        run.log_figure(picture, f"figures/{name}.png")
    run.log_text(label_mistakes(rows), "mistakes.md")
    _log_learning_curve(run)


def log_summary_pictures(run: Run, outputs: Sequence[dict[str, Any]]) -> None:
    """Record a picture and the worst of a summarizer's test summaries.

    Args:
        run: The run.
        outputs: The test table, the worst first.
    """
    picture = figures.quality_by_length(
        [len(str(row["source"])) for row in outputs],
        [float(row["ROUGE-L"]) for row in outputs],
        y_label="ROUGE-L",
    )
    run.log_figure(picture, "figures/length_test.png")
    run.log_text(summary_mistakes(outputs), "mistakes.md")


def _labels(sentences: Sequence[Any]) -> dict[str, int]:
    counts = Counter(sentence.label for sentence in sentences)
    return {label: counts[label] for label in label_order(counts)}


def _context(run: Run, config: ClassifierConfig | SummarizerConfig) -> list[str]:
    recorded = read_run(run.id)
    answers = read_answers(recorded)
    if answers is None:
        return []
    current = _champion_run(config.tracking.model)
    base = find_runs([config.based_on])[-1] if config.based_on else current
    lines = [_beside_champion(answers, current)] if config.tracking.model else []
    lines += [f"gets wrong: {describe_mistakes(answers)}; see `mistakes.md`", _data(answers)]
    return [*lines, _changes(recorded, base)] if base is not None else lines


def _champion_run(name: str | None) -> RecordedRun | None:
    if name is None or name not in champion.registered_names():
        return None
    version = champion.find_version(name, champion.CHAMPION)
    return read_run(version.run_id) if version and version.run_id else None


def _beside_champion(answers: Answers, current: RecordedRun | None) -> str:
    theirs = read_answers(current) if current else None
    if theirs is None:
        return "beside the champion: there is none yet"
    if theirs.data[1] != answers.data[1]:
        return (
            f"beside the champion ({current}): it was tested on other data ({theirs.data[0]} "
            f"{theirs.data[1]}), so the two cannot be compared"
        )
    found = answers.against(theirs)
    return (
        f"beside the champion ({current}): {found.interval:+.3f} {answers.figure}, p = "
        f"{found.p_value:.3f} (paired bootstrap over reports)"
    )


def _data(answers: Answers) -> str:
    unit = "sentences" if answers.task == "classifier" else "texts"
    parts = [f"{name} `{data[0]}` ({data[1]})" for name, data in answers.run.data.items()]
    return (
        f"data: {', '.join(parts)}; the test split has {len(answers.rows)} {unit} of "
        f"{len(set(answers.groups))} reports"
    )


def _changes(run: RecordedRun, base: RecordedRun) -> str:
    keys = [
        key
        for key in dict.fromkeys([*run.params, *base.params])
        if not key.startswith(_NOT_CHANGES) and run.params.get(key) != base.params.get(key)
    ]
    shown = [
        f"`{key}` {base.params.get(key, '–')} → {run.params.get(key, '–')}"
        for key in keys[:_CHANGES_SHOWN]
    ]
    more = [f"and {len(keys) - len(shown)} more"] if len(keys) > len(shown) else []
    changed = ", ".join([*shown, *more]) or "nothing in the configuration"
    return f"changed against {base}: {changed}"


def _log_learning_curve(run: Run) -> None:
    """Draw what a training in steps reported; a linear model has no steps."""
    curves = {name: read_curve(run.id, f"{name}/loss") for name in ("train", "validation")}
    drawn = {name: points for name, points in curves.items() if points}
    if drawn:
        run.log_figure(figures.learning_curve(drawn), "figures/learning_curve.png")
