"""`govtext predict`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from govtext.classify import DEFAULT_MODEL, predict
from govtext.cli.reading import AsJson, ReportFile, identity, read
from govtext.taxonomy import BY_ID
from govtext.types import Prediction, Report


def command(
    file: ReportFile,
    model: Annotated[
        str, typer.Option(help="A shipped model, a model folder, or an MLflow URI.")
    ] = DEFAULT_MODEL,
    min_score: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="Leave the label out where the score is lower."),
    ] = None,
    reasons: Annotated[
        int, typer.Option(min=0, help="Name so many spans that moved each decision.")
    ] = 0,
    threads: Annotated[
        int | None,
        typer.Option(
            min=1, help="Processor threads for an encoder; left out: all.", show_default=False
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Label every sentence of a report by the function that it reports.

    Example: govtext predict report.docx --model accurate --min-score 0.6
    """
    labelled = [
        (report, predict(report, model=model, min_score=min_score, threads=threads))
        for report in read(file)
    ]
    if as_json:
        records = [_record(*item, reasons) for item in labelled]
        typer.echo(json.dumps(records, ensure_ascii=False, indent=2))
        return
    for report, predictions in labelled:
        _print(report, predictions, reasons)


def _record(report: Report, predictions: Sequence[Prediction], reasons: int) -> dict[str, Any]:
    sentences = [
        {
            "text": sentence.text,
            "start": sentence.start,
            "end": sentence.end,
            "heading": sentence.heading,
            "topic": sentence.topic,
            "label": prediction.label,
            "score": round(prediction.score, 4),
            "probabilities": {k: round(v, 4) for k, v in prediction.probabilities.items()},
            **({"reasons": _reasons(prediction, reasons)} if reasons else {}),
        }
        for sentence, prediction in zip(report.iter_sentences(), predictions, strict=True)
    ]
    return {**identity(report), "sentences": sentences}


def _reasons(prediction: Prediction, most: int) -> list[dict[str, Any]]:
    found = [asdict(reason) for reason in prediction.explain(most)]
    return [reason | {"weight": round(reason["weight"], 4)} for reason in found]


def _print(report: Report, predictions: Sequence[Prediction], reasons: int) -> None:
    console = Console()
    table = Table(title=_title(report), title_justify="left", show_lines=False)
    table.add_column("#", justify="right", style="dim")
    table.add_column("label", no_wrap=True)
    table.add_column("score", justify="right")
    table.add_column("sentence", overflow="fold")
    if reasons:
        table.add_column("moved by", overflow="fold")
    heading: str | None = None
    for number, (sentence, prediction) in enumerate(
        zip(report.iter_sentences(), predictions, strict=True), start=1
    ):
        if sentence.heading != heading:
            heading = sentence.heading
            table.add_section()
            table.add_row("", "", "", escape(heading or ""), style="bold")
        cells = [str(number), _short(prediction.label), f"{prediction.score:.2f}", sentence.text]
        if reasons:
            cells.append(_moved_by(prediction, reasons))
        table.add_row(*cells[:3], *map(escape, cells[3:]))
    console.print(table)
    console.print(_totals(predictions))


def _moved_by(prediction: Prediction, most: int) -> str:
    return "、".join(
        f"{reason.text if reason.part == 'text' else f'({reason.part})'} {reason.weight:+.1f}"
        for reason in prediction.explain(most)
    )


def _title(report: Report) -> str:
    parts = [report.title or report.source or "report", report.body, report.year]
    return escape(" · ".join(str(part) for part in parts if part))


def _totals(predictions: Sequence[Prediction]) -> Table:
    table = Table("label", "sentences", "share", title="Labels", title_justify="left")
    counts = Counter(prediction.label for prediction in predictions)
    for label, count in counts.most_common():
        table.add_row(_name(label), str(count), f"{count / len(predictions):.0%}")
    return table


def _name(label: str | None) -> str:
    known = BY_ID.get(label or "")
    return f"{known.chinese} {known.id}" if known else _short(label)


def _short(label: str | None) -> str:
    if label is None:
        return "uncertain"
    return BY_ID[label].chinese if label in BY_ID else escape(label)
