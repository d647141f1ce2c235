"""`govtext evaluate`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from govtext.cli.reading import AsJson
from govtext.errors import DataError

if TYPE_CHECKING:
    from govtext.evaluation.figures import FigureScores

app = typer.Typer(
    no_args_is_help=True, help="Measure a model on labelled data, without training or tracking."
)
Data = Annotated[
    Path,
    typer.Argument(
        help="A folder of annotated reports, or a .jsonl or .csv file.", show_default=False
    ),
]
Model = Annotated[str, typer.Option(help="A shipped model, a model folder, or an MLflow URI.")]


@app.command("classifier")
def classifier(data: Data, model: Model = "fast", as_json: AsJson = False) -> None:
    """Compare a classifier's labels with those of the data.

    Example: govtext evaluate classifier data/reports/test --model fast
    """
    from govtext.classify import load_classifier
    from govtext.corpus.examples import read_labelled
    from govtext.recipes.judged_labels import judge_classifier

    loaded, sentences = load_classifier(model), read_labelled(data)
    unknown = sorted({s.label for s in sentences} - set(loaded.labels))
    if unknown:
        raise DataError(
            f"{data}: the model does not know the label {', '.join(map(repr, unknown))}; "
            f"its labels are {', '.join(loaded.labels)}"
        )
    scores = judge_classifier(loaded, sentences).scores
    if as_json:
        typer.echo(json.dumps({**scores.metrics("test"), "model": model, "data": str(data)}))
        return
    table = Table(
        "label", "precision", "recall", "F1", "sentences", title=escape(f"{model} on {data}")
    )
    for label, s in scores.labels.items():
        table.add_row(
            escape(label), f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}", str(s.support)
        )
    console = Console()
    console.print(table)
    console.print(f"macro-F1 {scores.macro_f1} (95 % over reports)", markup=False)
    if scores.functional_macro_f1 is not None:
        console.print(f"macro-F1 of the functions {scores.functional_macro_f1}", markup=False)
    console.print(
        f"accuracy {scores.accuracy:.3f}, calibration error {scores.calibration_error:.3f}"
    )


@app.command("summarizer")
def summarizer(
    data: Data,
    model: Model = "base",
    beside: Annotated[
        list[str] | None,
        typer.Option(
            help="Another model to put beside it; may be given again.", show_default=False
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compare a summarizer's summaries, and those of baselines, with the references of the data.

    Example: govtext evaluate summarizer data/reports/test --beside runs/summarizer
    """
    from govtext.corpus.examples import read_pairs
    from govtext.recipes.judged_summaries import judge_summarizer

    judged = judge_summarizer(model, read_pairs(data), others={name: name for name in beside or ()})
    if as_json:
        typer.echo(json.dumps([asdict(row) for row in judged.rows], ensure_ascii=False))
        return
    Console().print(judged.tables())


@app.command("figures")
def figures(
    data: Annotated[
        Path, typer.Argument(help="Sentences with marked figures (.jsonl).", show_default=False)
    ],
    second: Annotated[
        Path | None,
        typer.Option(
            help="The same sentences, marked by another: how well the two agree, and the figures "
            "found against either.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compare the key figures found in sentences with those that a person marked.

    Example: govtext evaluate figures data/keyfigures/test-first.jsonl
    """
    from govtext.corpus.marked_figures import read_marked
    from govtext.recipes.judged_figures import (
        compare_marks,
        judge_figures,
        judge_figures_by_either,
    )

    marked = read_marked(data)
    compared = {"found against marked": judge_figures(marked)}
    if second is not None:
        others = read_marked(second)
        compared["second marks against first"] = compare_marks(marked, others)
        compared["found against either"] = judge_figures_by_either(marked, others)
    if as_json:
        scores, *rest = compared.values()
        apart = dict(zip(("agreement", "either"), map(asdict, rest), strict=False))
        typer.echo(json.dumps({**asdict(scores), **apart, "data": str(data)}))
        return
    console = Console()
    for name, scores in compared.items():
        console.print(_agreement(scores, title=f"{data}: {name}"))
        console.print(f"{scores.marked} figures marked, {scores.found} found")


def _agreement(scores: FigureScores, *, title: str) -> Table:
    agreeing = {
        "quantity and unit": scores.quantity,
        "quantity, unit and object": scores.object,
        "the same, object cut wider or narrower": scores.nearly,
        "quantity, unit and action": scores.action,
    }
    table = Table("agreeing in", "precision", "recall", title=escape(title))
    for name, count in agreeing.items():
        table.add_row(name, f"{scores.precision(count):.3f}", f"{scores.recall(count):.3f}")
    return table
