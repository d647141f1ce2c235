"""`govtext experiments`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from govtext.config import ClassifierConfig, SummarizerConfig, load_config
from govtext.errors import InputError

app = typer.Typer(no_args_is_help=True, help="Compare recorded runs, and make many at once.")


@app.command("compare")
def compare(
    runs: Annotated[
        list[str] | None,
        typer.Argument(
            help="Names, names with *, ids or first digits of ids; left out: all that match the "
            "options and are part of no other run.",
            show_default=False,
        ),
    ] = None,
    experiment: Annotated[str | None, typer.Option(help="The experiment to look in.")] = None,
    tag: Annotated[
        list[str] | None, typer.Option(help="NAME=VALUE that the runs must have; repeat it.")
    ] = None,
    parent: Annotated[
        str | None, typer.Option(help="Id of a sweep or cross-validation: compare its parts.")
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(help="The run to compare with, as above; left out: the best one."),
    ] = None,
    every: Annotated[
        bool, typer.Option("--every", help="Show all runs of one name, not the latest only.")
    ] = False,
    setting: Annotated[
        list[str] | None,
        typer.Option(help="A parameter to show; repeat it. Left out: those that differ."),
    ] = None,
    metric: Annotated[
        list[str] | None,
        typer.Option(help="A metric below test/ to show, such as f1_other; repeat it."),
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option(help="Markdown file to write the tables to.")
    ] = None,
    page: Annotated[Path | None, typer.Option(help="HTML file to write the tables to.")] = None,
) -> None:
    """Compare finished runs on the test split: intervals, paired differences, significance.

    Whole reports are resampled, the same for both runs of a pair; p-values are adjusted for the
    number of runs. Runs that were tested on different data get tables of their own.

    Example: govtext experiments compare 'tfidf*' --experiment govtext-classifier --page runs.html
    """
    from govtext.recipes import comparison_page
    from govtext.recipes.comparison import compare_runs

    compared = compare_runs(
        runs or (),
        experiment=experiment,
        tags=dict(map(_tag, tag or ())),
        parent_id=parent,
        baseline=baseline,
        every=every,
        settings=setting or (),
        metrics=metric or (),
    )
    Console().print(comparison_page.terminal(compared))
    title = f"Runs of {experiment}" if experiment else "Runs compared"
    if markdown is not None:
        _write(markdown, comparison_page.markdown(compared))
    if page is not None:
        _write(page, comparison_page.html(compared, title=title))


Again = Annotated[
    bool, typer.Option("--again", help="Start anew although the same was finished before.")
]


@app.command("sweep")
def sweep(
    config: Annotated[
        Path,
        typer.Argument(help="A YAML file such as those in configs/sweeps/.", show_default=False),
    ],
    again: Again = False,
) -> None:
    """Train with many settings, as parts of one run, and register the best.

    The best is chosen on the validation split. Stop it when you like: the same command goes on,
    and what is finished is not trained again.

    Example: govtext experiments sweep configs/sweeps/tfidf.yaml
    """
    from govtext.recipes.sweep import run_sweep

    result = run_sweep(config, again=again)
    columns = (Column(name, overflow="fold") for name in ("run", "score", "settings"))
    table = Table(*columns, title="Trials, the best first")
    for item in result.trials:
        settings = "\n".join(f"{key}={value}" for key, value in item.trial.values.items())
        table.add_row(*map(Text, (str(item.run), f"{item.trial.score:.4f}", settings)))
    console = Console()
    console.print(table)
    if result.version is not None:
        console.print(f"registered  {result.version.uri}", markup=False, highlight=False)
    _closing(console, result.run_id, result.link)


@app.command("cross-validate")
def cross_validate(
    config: Annotated[
        Path, typer.Argument(help="A YAML file such as those in configs/.", show_default=False)
    ],
    overrides: Annotated[
        list[str] | None,
        typer.Argument(metavar="[KEY=VALUE]...", help="Values that replace those of the file."),
    ] = None,
    folds: Annotated[int, typer.Option(min=2, help="Parts that the reports are dealt to.")] = 5,
    task: Annotated[str, typer.Option(help="What is trained: classifier or summarizer.")] = (
        "classifier"
    ),
    again: Again = False,
) -> None:
    """Train and test once a fold, each report tested on by a model that has not seen it.

    The reports of the training and validation splits are dealt to the folds; the test split stays
    out of it. Stop it when you like: the same command goes on.

    Example: govtext experiments cross-validate configs/classifier/tfidf.yaml --folds 5
    """
    from govtext.recipes import cross_validation

    schemas: dict[str, type[ClassifierConfig] | type[SummarizerConfig]] = {
        "classifier": ClassifierConfig,
        "summarizer": SummarizerConfig,
    }
    if task not in schemas:
        raise InputError(f"--task {task!r}: expected classifier or summarizer")
    loaded = load_config(config, schemas[task], overrides or ())
    result = cross_validation.cross_validate(loaded, folds=folds, again=again)
    console = Console()
    shown = ", ".join(f"{value:.3f}" for value in result.folds)
    console.print(f"{result.figure} {result.pooled} (95 % over reports)", markup=False)
    console.print(f"folds       {shown}", markup=False, highlight=False)
    _closing(console, result.run_id, result.link)


def _closing(console: Console, run_id: str, link: str) -> None:
    for line in (
        f"compare     govtext experiments compare --parent {run_id[:8]}",
        f"run         {link}",
        "MLflow page govtext ui",
    ):
        console.print(line, markup=False, soft_wrap=True, highlight=False)


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    typer.echo(f"{path}: written")


def _tag(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise InputError(f"--tag {text!r}: expected NAME=VALUE, such as govtext.task=classifier")
    return name, value
