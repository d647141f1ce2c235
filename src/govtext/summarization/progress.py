"""A bar on standard error that shows how many texts a model has written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from govtext.summarization import generation


@contextmanager
def texts_bar(*, shown: bool) -> Iterator[generation.Progress | None]:
    """Give a function to report progress to, None where nothing is to be shown.

    The number of texts is what is known so far: summaries of summaries come later.
    """
    console = Console(stderr=True)
    if not shown or not console.is_terminal:
        yield None
        return
    columns = TextColumn("summarizing"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("summarizing", total=None)
        yield lambda done, known: bar.update(task, completed=done, total=known)
