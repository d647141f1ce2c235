"""`govtext runs`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Recorded trainings.")


@app.command("send")
def send(
    folder: Annotated[
        Path,
        typer.Argument(
            help="The output folder of a training, which has `unsent/` in it.", show_default=False
        ),
    ],
) -> None:
    """Send what a training could not record because its store was away.

    To the store that MLFLOW_TRACKING_URI names, or else to the one that the training recorded in.

    Example: govtext runs send runs/classifier
    """
    from govtext.tracking import send_kept

    for run_id in send_kept(folder):
        typer.echo(f"run {run_id}: complete")
