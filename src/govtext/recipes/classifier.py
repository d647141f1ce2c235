"""Train a classifier, judge it on the test split, record the run, register the model."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from govtext import tracking
from govtext.bundle.card import Card, write_card
from govtext.classify.training import check_trainable, help_to_train
from govtext.classify.training import train_classifier as train
from govtext.config import ClassifierConfig
from govtext.config.schema import TunedEncoder
from govtext.corpus.examples import LabelledSentence, read_labelled
from govtext.corpus.splits import Splits, draw_per_label, read_splits
from govtext.errors import DataError
from govtext.evaluation.classification import ClassificationScores
from govtext.plots.bars import share_bars
from govtext.processes import is_main_process, require_one_process, share_of_batch
from govtext.recipes.judged_labels import JudgedClassifier, judge_classifier
from govtext.recipes.page import describe_run, log_label_pictures
from govtext.recipes.record import (
    data_rows,
    log_splits,
    metrics_callback,
    provenance,
    start_recorded,
)
from govtext.taxonomy import label_order
from govtext.tracking import ModelVersion, Run, figures

_log = logging.getLogger(__name__)

_KINDS = {
    "tfidf": "a logistic regression on TF-IDF of jieba words and character n-grams",
    "hashed": "a linear model on hashed character n-grams",
    "embeddings": "a logistic regression on the vectors of a frozen encoder",
    "contrastive": "a logistic regression on the vectors of an encoder tuned on pairs",
    "ensemble": "the joint decision of several classifiers",
    "encoder": "an encoder fine-tuned as a whole, its weights in 8 bits",
}


@dataclass(frozen=True, slots=True)
class TrainedClassifier:
    """What a training gives back.

    Attributes:
        model: The model folder.
        scores: Figures on the test split.
        version: The registered version; None where the store was away, which the log says.
        link: Address of the run in the MLflow page.
    """

    model: Path
    scores: ClassificationScores
    version: ModelVersion | None
    link: str


def train_classifier(config: ClassifierConfig) -> TrainedClassifier | None:
    """Run a classifier experiment from data to registered model.

    Of several processes that `accelerate launch` started, the main one does; the others help it
    to train, and get None.

    Raises:
        DataError: The data is malformed or cannot be learned from.
        InputError: Several processes were started, and cannot share the work.
        TrackingError: The experiment store refuses.
    """
    _check_processes(config)
    tracking.check_names(config.tracking.model, config.tracking.alias)
    splits = read_splits(
        read_labelled, config.data, stratum=lambda sentence: sentence.label, seed=config.seed
    )
    for note in splits.notes:
        _log.warning(note)
    if config.data.per_label is not None:
        drawn = draw_per_label(splits.train, config.data.per_label, seed=config.seed)
        splits = replace(splits, train=drawn)
    labels = label_order(sentence.label for sentence in splits.train)
    _refuse_unknown_labels(splits, labels)
    warnings = check_trainable(splits.train)
    for note in warnings:
        _log.warning(note)
    if not is_main_process():
        help_to_train(splits.train, splits.validation, labels, config, out=config.output)
        return None
    folder = config.output / "model"
    folder.mkdir(parents=True, exist_ok=True)
    with start_recorded(config, task="classifier") as run:
        log_splits(run, config.data, splits)
        _log.info("training on %d sentences, %d labels", len(splits.train), len(labels))
        callbacks = [metrics_callback(run)] if isinstance(config.model, TunedEncoder) else []
        classifier, notes = train(
            splits.train, splits.validation, labels, config, out=config.output, callbacks=callbacks
        )
        for note in notes:
            _log.warning(note)
        classifier.save(folder)
        _log.info("judging on validation and test")
        _log_judged(
            run, "validation", judge_classifier(classifier, splits.validation, seed=config.seed)
        )
        alone = judge_classifier(
            classifier,
            [replace(s, heading=None, topic=None, before=None, after=None) for s in splits.test],
            seed=config.seed,
        )
        run.log_metrics({"test/macro_f1_without_context": alone.scores.macro_f1.value})
        judged = judge_classifier(classifier, splits.test, seed=config.seed)
        _log_judged(run, "test", judged)
        log_label_pictures(run, splits, judged.rows)
        _write_card(folder, config, splits, judged.scores, run)
        describe_run(
            run, config, _describe(config, splits, judged.scores, alone.scores, [*warnings, *notes])
        )
        version = run.log_model(
            folder,
            task="classifier",
            registered_name=config.tracking.model,
            alias=config.tracking.alias,
            metrics=judged.scores.metrics("test"),
            example=splits.test[0].text,
        )
        return TrainedClassifier(folder, judged.scores, version, run.link)


def _check_processes(config: ClassifierConfig) -> None:
    if isinstance(config.model, TunedEncoder):
        share_of_batch(config.model.batch_size)
    else:
        require_one_process(f"a classifier of kind {config.model.kind}")


def _refuse_unknown_labels(splits: Splits[LabelledSentence], labels: Sequence[str]) -> None:
    for sentence in (*splits.validation, *splits.test):
        if sentence.label not in labels:
            raise DataError(
                f"{sentence.place}: label {sentence.label!r} is unknown: no training sentence "
                f"has it; the labels are {', '.join(labels)}"
            )


def _log_judged(run: Run, split: str, judged: JudgedClassifier) -> None:
    scores = judged.scores
    run.log_metrics(scores.metrics(split))
    run.log_table(judged.rows, f"predictions/{split}.json")
    matrix = figures.confusion_matrix(list(scores.labels), scores.confusion.tolist())
    run.log_figure(matrix, f"figures/confusion_matrix_{split}.png")
    rows, columns = scores.confusion.sum(axis=1), scores.confusion.sum(axis=0)
    shares = share_bars(list(scores.labels), {"true": rows.tolist(), "predicted": columns.tolist()})
    run.log_figure(shares, f"figures/shares_{split}.png")
    bins = judged.reliability
    curve = figures.reliability_curve(
        [part.score for part in bins], [part.right for part in bins], [part.count for part in bins]
    )
    run.log_figure(curve, f"figures/reliability_{split}.png")


def _describe(
    config: ClassifierConfig,
    splits: Splits[LabelledSentence],
    scores: ClassificationScores,
    alone: ClassificationScores,
    warnings: Sequence[str],
) -> str:
    lines = [
        f"**Macro-F1 {scores.macro_f1} on the test split** (95 % bootstrap over reports), "
        f"{alone.macro_f1:.3f} without context.",
        "",
        f"`{config.name}`: {_KINDS[config.model.kind]}, trained on {len(splits.train)} sentences, "
        f"tested on {len(splits.test)}; expected calibration error "
        f"{scores.calibration_error:.3f}.",
        "",
        "| label | precision | recall | F1 | sentences |",
        "| --- | --- | --- | --- | --- |",
    ]
    for label, s in scores.labels.items():
        lines.append(f"| {label} | {s.precision:.3f} | {s.recall:.3f} | {s.f1:.3f} | {s.support} |")
    lines += ["", *(f"- {note}" for note in (*splits.notes, *warnings))]
    return "\n".join(lines).rstrip()


def _write_card(
    folder: Path,
    config: ClassifierConfig,
    splits: Splits[LabelledSentence],
    scores: ClassificationScores,
    run: Run,
) -> None:
    figures = [
        ("macro-F1, 95 % interval over reports", f"{scores.macro_f1}"),
        ("accuracy", f"{scores.accuracy:.3f}"),
        ("expected calibration error", f"{scores.calibration_error:.3f}"),
        *(
            (f"F1 {label}", f"{s.f1:.3f} ({s.support} sentences)")
            for label, s in scores.labels.items()
        ),
    ]
    if scores.functional_macro_f1 is not None:
        figures.insert(1, ("macro-F1 of the functions", f"{scores.functional_macro_f1}"))
    card = Card(
        title=config.name,
        summary=(
            f"Labels sentences by {_KINDS[config.model.kind]}. Labels: {', '.join(scores.labels)}."
        ),
        use=f'import govtext\n\ngovtext.predict("…", model="{folder.as_posix()}")',
        data=data_rows(splits),
        figures=figures,
        limits=[
            "A sentence whose words point to another function than the one it reports is often "
            "labelled by its words.",
            "Figures hold for texts like the training data; measure on your own before you rely "
            "on them.",
        ],
        provenance=provenance(config, run.commit),
    )
    write_card(folder, card)
