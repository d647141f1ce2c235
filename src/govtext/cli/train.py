"""`govtext train`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from govtext.config import ClassifierConfig, SummarizerConfig, load_config
from govtext.tracking import ModelVersion

app = typer.Typer(
    no_args_is_help=True, help="Train a model from a configuration, as a tracked run."
)
ConfigFile = Annotated[
    Path, typer.Argument(help="A YAML file such as those in configs/.", show_default=False)
]
Overrides = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[KEY=VALUE]...",
        help="Values that replace those of the file, such as seed=1 data.train=mine.jsonl.",
        show_default=False,
    ),
]


@app.command("classifier")
def classifier(config: ConfigFile, overrides: Overrides = None) -> None:
    """Train a classifier on labelled sentences.

    Data is a folder of annotated reports, or JSON Lines or CSV with the fields text and label.
    The kinds encoder and contrastive go on from their last checkpoint when they were interrupted,
    and are trained by several processes too:
    accelerate launch --multi_gpu --num_processes 2 -m govtext train classifier CONFIG

    Example: govtext train classifier configs/classifier/tfidf.yaml data.train=mine.csv
    """
    from govtext.recipes.classifier import train_classifier

    loaded = load_config(config, ClassifierConfig, overrides or ())
    trained = train_classifier(loaded)
    if trained is None:  # a helper of the process that has the result
        return
    table = Table("label", "precision", "recall", "F1", "sentences", title="Test split")
    for label, s in trained.scores.labels.items():
        figures = (f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}", str(s.support))
        table.add_row(escape(label), *figures)
    console = Console()
    console.print(table)
    console.print(f"macro-F1 {trained.scores.macro_f1} (95 % over reports)", markup=False)
    _closing(console, trained.model, trained.version, trained.link)


@app.command("summarizer")
def summarizer(config: ConfigFile, overrides: Overrides = None) -> None:
    """Train a summarizer on texts with reference summaries.

    Data is a folder of annotated reports, or JSON Lines or CSV with the fields text and summary.
    An interrupted training goes on from its last checkpoint when it is started again. Several
    processes: accelerate launch --multi_gpu --num_processes 2 -m govtext train summarizer CONFIG

    Example: govtext train summarizer configs/summarizer/demo.yaml training.epochs=1
    """
    from govtext.recipes.summarizer import train_summarizer

    loaded = load_config(config, SummarizerConfig, overrides or ())
    trained = train_summarizer(loaded)
    if trained is None:  # a helper of the process that has the result
        return
    console = Console()
    console.print(trained.judged.tables())
    _closing(console, trained.model, trained.version, trained.link)


def _closing(console: Console, model: Path, version: ModelVersion | None, link: str) -> None:
    uri = version.uri if version else "not yet: the store was away, see above"
    for line in (
        f"model       {model}",
        f"registered  {uri}",
        f"run         {link}",
        "MLflow page govtext ui",
    ):
        console.print(line, markup=False, soft_wrap=True, highlight=False)
