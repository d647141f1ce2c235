"""`govtext ui`."""

from __future__ import annotations

from typing import Annotated

import typer


def command(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on this machine.")] = 5000,
) -> None:
    """Open the MLflow page of the local store; Ctrl-C closes it.

    A store that MLFLOW_TRACKING_URI names on a server has its page there.
    """
    from govtext.tracking import serve_ui

    serve_ui(port=port)
