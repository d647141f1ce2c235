"""Train a summarizer, judge it on the test split, record the run, register the model."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govtext import tracking
from govtext.bundle.card import Card, write_card
from govtext.bundle.locate import shipped_models
from govtext.bundle.manifest import MANIFEST_NAME
from govtext.config import SummarizerConfig
from govtext.corpus.examples import SummaryExample, read_pairs
from govtext.corpus.judged import read_judged
from govtext.corpus.splits import Splits, read_splits
from govtext.processes import is_main_process, main_process_first
from govtext.recipes.judged_summaries import JudgedSummarizer, judge_summarizer
from govtext.recipes.page import describe_run, log_summary_pictures
from govtext.recipes.record import (
    data_rows,
    log_splits,
    metrics_callback,
    provenance,
    start_recorded,
)
from govtext.tracking import ModelVersion, Run, figures

if TYPE_CHECKING:
    from govtext.summarization.training import TrainingResult

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TrainedSummarizer:
    """What a training gives back.

    Attributes:
        model: The model folder.
        judged: Its summaries of the test split beside those of the baselines.
        version: The registered version; None where the store was away, which the log says.
        link: Address of the run in the MLflow page.
    """

    model: Path
    judged: JudgedSummarizer
    version: ModelVersion | None
    link: str


def train_summarizer(config: SummarizerConfig) -> TrainedSummarizer | None:
    """Run a summarizer experiment from data to registered model.

    Of several processes that `accelerate launch` started, the main one does; the others help it
    to train, and get None.

    Raises:
        DataError: The data is malformed or empty.
        ModelError: The base is no model that training can start from.
        TrackingError: The experiment store refuses.
    """
    from govtext.summarization.export import export_model

    tracking.check_names(config.tracking.model, config.tracking.alias)
    splits = read_splits(
        read_pairs, config.data, stratum=lambda example: example.kind, seed=config.seed
    )
    for note in splits.notes:
        _log.warning(note)
    config.output.mkdir(parents=True, exist_ok=True)
    if not is_main_process():
        _train(config, splits, callbacks=[])
        return None
    with start_recorded(config, task="summarizer") as run:
        log_splits(run, config.data, splits)
        _log.info("training on %d pairs from %s", len(splits.train), config.model.base)
        result = _train(config, splits, callbacks=[metrics_callback(run)])
        cuts = _log_cuts(run, result, config)
        _log_learning_curve(run, result.history)
        folder = config.output / "model"
        export_model(
            config.output / "transformers",
            folder,
            max_source_tokens=config.model.max_source_tokens,
        )
        _learn_to_judge(run, config, folder)
        _log.info("writing %d summaries of the test split", len(splits.test))
        judged = judge_summarizer(folder, splits.test, others=_untuned(config), seed=config.seed)
        run.log_metrics(judged.metrics("test"))
        run.log_table([row.record() for row in judged.rows], "figures.json")
        run.log_table(judged.outputs, "summaries/test.json")
        log_summary_pictures(run, judged.outputs)
        run.log_table(judged.worst, "summaries/worst.json")
        _write_card(folder, config, splits, judged, run)
        describe_run(run, config, _describe(config, splits, judged, cuts))
        version = run.log_model(
            folder,
            task="summarizer",
            registered_name=config.tracking.model,
            alias=config.tracking.alias,
            metrics=judged.metrics("test"),
            example=splits.test[0].text,
        )
        return TrainedSummarizer(folder, judged, version, run.link)


def _train(
    config: SummarizerConfig, splits: Splits[SummaryExample], *, callbacks: Sequence[Any]
) -> TrainingResult:
    from govtext.summarization.training import train_summarizer as train

    with main_process_first():
        base = _starting_point(config)
    return train(
        splits.train,
        splits.validation,
        model=config.model.model_copy(update={"base": base}),
        training=config.training,
        out=config.output / "transformers",
        seed=config.seed,
        callbacks=callbacks,
    )


def _learn_to_judge(run: Run, config: SummarizerConfig, folder: Path) -> None:
    """Let a model learn from judged statements, where there are any, which of its own to doubt."""
    if config.data.judged is None:
        return
    from govtext.summarization.engine import Engine
    from govtext.summarization.entailment_training import fit_entailment, write_entailment

    fitted = fit_entailment(read_judged(config.data.judged), Engine.load(folder))
    write_entailment(folder, fitted.entailment)
    run.log_metrics(fitted.metrics())
    _log.info(
        "%d judged statements, %.0f %% true: area under the curve %.3f",
        fitted.statements,
        100 * fitted.true_share,
        fitted.auc,
    )


def _starting_point(config: SummarizerConfig) -> str:
    """Return a transformers folder or a name on the hub; a govtext model is turned back first."""
    from govtext.bundle.locate import locate_model
    from govtext.summarization.restore import restore_model

    base = config.model.base
    if base not in shipped_models("summarizer") and not Path(base).is_dir():
        return base
    folder = locate_model(base, task="summarizer")
    if not (folder / MANIFEST_NAME).is_file():
        return str(folder)
    return str(restore_model(folder, config.output / "base"))


def _untuned(config: SummarizerConfig) -> dict[str, Path]:
    """Return the model that training started from, to put beside it; none where it is remote."""
    base = _starting_point(config)
    if not Path(base).is_dir():
        return {}
    from govtext.summarization.export import export_model

    folder = config.output / "untuned"
    export_model(Path(base), folder, max_source_tokens=config.model.max_source_tokens)
    return {"untuned": folder}


def _log_cuts(run: Run, result: TrainingResult, config: SummarizerConfig) -> str:
    note = (
        f"of texts over {config.model.max_source_tokens} tokens {result.read_by_parts} were read "
        f"as the summaries of their parts and {result.cut_sources} cut; {result.cut_summaries} "
        f"summaries were cut at {config.model.max_summary_tokens} tokens"
    )
    if result.cut_sources or result.cut_summaries:
        _log.warning(note)
    counts = ("read_by_parts", "cut_sources", "cut_summaries")
    run.log_metrics({f"train/{name}": getattr(result, name) for name in counts})
    return note


def _log_learning_curve(run: Run, history: Sequence[Mapping[str, float]]) -> None:
    curves = {
        name: [(row["step"], row[key]) for row in history if key in row]
        for name, key in (("train", "loss"), ("validation", "eval_loss"))
    }
    drawn = {name: points for name, points in curves.items() if points}
    if drawn:
        run.log_figure(figures.learning_curve(drawn), "figures/learning_curve.png")


def _describe(
    config: SummarizerConfig,
    splits: Splits[SummaryExample],
    judged: JudgedSummarizer,
    cuts: str,
) -> str:
    counts = Counter(example.kind for example in splits.train)
    kinds = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    return "\n".join(
        [
            f"**{judged.verdict()}**",
            "",
            f"`{config.name}`: started from `{config.model.base}`, trained on {kinds}, tested on "
            f"{len(splits.test)} texts; {cuts}.",
            "",
            judged.markdown(),
        ]
    )


def _write_card(
    folder: Path,
    config: SummarizerConfig,
    splits: Splits[SummaryExample],
    judged: JudgedSummarizer,
    run: Run,
) -> None:
    card = Card(
        title=config.name,
        summary=(
            "Writes headlines of paragraphs and summaries of sections and reports. An "
            f"encoder-decoder, fine-tuned from `{config.model.base}`, its weights in 8 bits."
        ),
        use=f'import govtext\n\ngovtext.summarize("…", model="{folder.as_posix()}")',
        data=data_rows(splits),
        figures=judged.card_rows(),
        limits=[
            "Numbers with what they count, dates, titles in 《》, quoted terms and names are "
            "looked up in the source; other claims are not. Read the evidence before you quote "
            "a summary.",
            "Figures hold for texts like the test split.",
        ],
        provenance=provenance(config, run.commit),
    )
    write_card(folder, card)
