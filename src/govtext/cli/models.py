"""`govtext models`."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from govtext.errors import TrackingError

app = typer.Typer(no_args_is_help=True, help="Registered models: which version ships, and why.")
Name = Annotated[
    str,
    typer.Argument(help="The registered name, such as govtext-classifier.", show_default=False),
]


@app.command("list")
def list_models(
    name: Annotated[
        str | None, typer.Argument(help="The registered name; left out: all.", show_default=False)
    ] = None,
) -> None:
    """List the versions of registered models, with their aliases and what was decided of them.

    Example: govtext models list govtext-classifier
    """
    from govtext.tracking import list_versions, registered_names

    console = Console()
    found = [name] if name is not None else registered_names()
    if not found:
        console.print("no model is registered")
    for each in found:
        table = Table("version", "aliases", "registered", "decision", title=Text(each))
        for item in list_versions(each):
            decided = [item.tags.get(f"govtext.gate{key}", "") for key in ("", ".reason")]
            cells = (
                str(item.version),
                ", ".join(item.aliases),
                f"{item.created:%Y-%m-%d %H:%M}",
                ": ".join(filter(None, decided)),
            )
            table.add_row(*map(Text, cells))
        console.print(table)


@app.command("promote")
def promote(
    name: Name,
    version: Annotated[
        int | None, typer.Option(min=1, help="The candidate; left out: the challenger.")
    ] = None,
    margin: Annotated[
        float,
        typer.Option(min=0, max=1, help="Loss of macro-F1 or ROUGE-L that must be ruled out; 0: "
                     "the candidate must be better beyond doubt."),
    ] = 0.0,
    calibration: Annotated[
        float, typer.Option(min=0, max=1, help="Calibration error that may be added.")
    ] = 0.02,
    unsupported: Annotated[
        float, typer.Option(min=0, max=1, help="Share of unsupported summaries that may be added.")
    ] = 0.0,
    speed: Annotated[
        float, typer.Option(min=0, max=1, help="Least share of the champion's texts a second.")
    ] = 0.5,
) -> None:  # fmt: skip
    """Make a version the champion, where it keeps the limits beside the one that is.

    Both are compared on the same test split, with a paired 95 % interval over reports, and run
    side by side for their speed. The decision and its reasons are recorded, also where it is no;
    the exit code is 1 then.

    Example: govtext models promote govtext-classifier --margin 0.01
    """
    from govtext.recipes.gate import Limits
    from govtext.recipes.promotion import promote as decide

    limits = Limits(margin, calibration, unsupported, speed)
    decision = decide(name, version=version, limits=limits)
    console = Console()
    if decision.checks:
        table = Table("", "candidate", "champion", "asked", "")
        for check in decision.checks:
            kept = "kept" if check.passed else "NOT KEPT"
            cells = (check.name, check.candidate, check.champion, check.limit, kept)
            table.add_row(*map(Text, cells))
        console.print(table)
    console.print(f"recorded  {decision.link}", markup=False, soft_wrap=True, highlight=False)
    if not decision.promoted:
        raise TrackingError(f"{decision.candidate} is not promoted: {decision.reason}")
    console.print(
        f"{decision.candidate} is the champion: {decision.reason}", markup=False, soft_wrap=True
    )


@app.command("rollback")
def rollback(name: Name) -> None:
    """Make the champion before the champion again.

    Example: govtext models rollback govtext-classifier
    """
    from govtext.recipes.promotion import rollback as go_back

    gone, back = go_back(name)
    typer.echo(f"{back} is the champion again, instead of version {gone.version}")
