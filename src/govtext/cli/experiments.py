"""`govtext experiments`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

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


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    typer.echo(f"{path}: written")


def _tag(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise InputError(f"--tag {text!r}: expected NAME=VALUE, such as govtext.task=classifier")
    return name, value
