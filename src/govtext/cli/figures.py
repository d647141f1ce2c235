"""`govtext figures`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from govtext.classify import DEFAULT_MODEL
from govtext.cli.reading import AsJson, ReportFile, identity, read
from govtext.figures import figures_by_function
from govtext.keyfigures.export import figure_row, write_csv
from govtext.taxonomy import BY_ID
from govtext.types import KeyFigure, Report

Labelled = tuple[str | None, KeyFigure]


def command(
    file: ReportFile,
    label: Annotated[
        str | None, typer.Option(help="Show only the figures of sentences with this label.")
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option(help="Write the figures to this CSV file, which Excel opens as it is."),
    ] = None,
    model: Annotated[
        str, typer.Option(help="A shipped model, a model folder, or an MLflow URI.")
    ] = DEFAULT_MODEL,
    as_json: AsJson = False,
) -> None:
    """List every quantity of a report with its unit, its object and its action, by function.

    Example: govtext figures report.docx --label supervision --csv figures.csv
    """
    found = [
        (report, figures_by_function(report, label=label, model=model)) for report in read(file)
    ]
    if csv is not None:
        rows = [row for report, figures in found for row in _rows(report, figures)]
        write_csv(rows, csv)
        typer.echo(f"{csv}: {len(rows)} figures", err=as_json)
    if as_json:
        records = [_record(report, figures) for report, figures in found]
        typer.echo(json.dumps(records, ensure_ascii=False, indent=2))
    elif csv is None:
        for report, figures in found:
            _print(report, figures)


def _rows(report: Report, figures: Sequence[Labelled]) -> list[dict[str, str | int | float | None]]:
    name = report.title or report.source
    return [figure_row(figure, function=function, report=name) for function, figure in figures]


def _record(report: Report, figures: Sequence[Labelled]) -> dict[str, object]:
    rows = _rows(report, figures)
    for row in rows:
        del row["report"]
    return {**identity(report), "figures": rows}


def _print(report: Report, figures: Sequence[Labelled]) -> None:
    parts = [report.title or report.source or "report", report.body, report.year]
    table = Table(
        title=escape(" · ".join(str(part) for part in parts if part)), title_justify="left"
    )
    for name in ("function", "action", "object"):
        table.add_column(name)
    table.add_column("number", justify="right")
    table.add_column("unit", no_wrap=True)
    table.add_column("sentence", overflow="fold")
    known = list(BY_ID)
    order = sorted(figures, key=lambda pair: known.index(pair[0]) if pair[0] in known else 99)
    before: str | None = None
    for function, figure in order:
        if function != before:
            table.add_section()
            before = function
        cells = (
            _name(function),
            figure.action or "",
            figure.object,
            figure.printed,
            figure.unit,
            figure.sentence.text,
        )
        table.add_row(*map(escape, cells))
    console = Console()
    console.print(table)
    console.print(f"{len(figures)} figures")


def _name(function: str | None) -> str:
    return BY_ID[function].chinese if function in BY_ID else function or ""
