"""The `govtext` command."""

from __future__ import annotations

import io
import logging
import sys
from typing import Annotated

import typer

from govtext import __version__
from govtext.cli import (
    data,
    digest,
    evaluate,
    experiments,
    figures,
    models,
    predict,
    runs,
    summarize,
    train,
    ui,
)
from govtext.errors import GovtextError
from govtext.processes import is_main_process

app = typer.Typer(
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode="rich",
    help="Read Chinese work reports, label their sentences, summarize them, train the models.",
    epilog="Exit codes: 0 done, 1 a failure told in one line, 2 wrong usage.",
)
app.command("predict")(predict.command)
app.command("summarize")(summarize.command)
app.command("digest")(digest.command)
app.command("figures")(figures.command)
app.command("ui")(ui.command)
app.add_typer(train.app, name="train")
app.add_typer(evaluate.app, name="evaluate")
app.add_typer(data.app, name="data")
app.add_typer(experiments.app, name="experiments")
app.add_typer(models.app, name="models")
app.add_typer(runs.app, name="runs")


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"govtext {__version__}")
        raise typer.Exit


_FIRST_STEPS = """\
govtext reads Chinese work reports. Three things to begin with:

  govtext digest --example           a page to read the report that ships by: digest.html
  govtext predict report.docx        the function that each sentence of a report of yours reports
  govtext summarize report.docx      what it says, in 120 characters, and where it says so

All commands: govtext --help
"""


@app.callback()
def _options(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(_FIRST_STEPS, nl=False)


def main() -> None:
    """Run the command line; a mistake of the user's becomes one line and exit code 1."""
    logging.basicConfig(format="govtext: %(message)s", level=logging.WARNING, stream=sys.stderr)
    logging.getLogger("govtext").setLevel(logging.INFO if is_main_process() else logging.ERROR)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal without Chinese shows question marks rather than failing.
            stream.reconfigure(errors="replace")
    try:
        app()
    except GovtextError as error:
        typer.echo(f"govtext: error: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        where = error.filename or "the output"
        typer.echo(f"govtext: error: {where}: {error.strerror or error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        typer.echo("govtext: interrupted", err=True)
        sys.exit(130)
