"""`govtext data`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from govtext.classify import DEFAULT_MODEL, load_classifier, predict
from govtext.config import load_config
from govtext.corpus import standoff
from govtext.corpus.agreement import kappas, read_twice_labelled
from govtext.corpus.annotated import read_annotated_folder
from govtext.corpus.check import check_report, novelty
from govtext.corpus.counts import ASPECTS, count_by
from govtext.corpus.dataset_folder import write_dataset_folder
from govtext.corpus.examples import write_labelled
from govtext.corpus.labelling import read_labels, report_names, tasks_of, write_tasks
from govtext.corpus.plots import write_plots
from govtext.corpus.promises import Promises, verify
from govtext.errors import DataError
from govtext.reports import read_reports
from govtext.taxonomy import LABEL_IDS

app = typer.Typer(no_args_is_help=True, help="Check and count annotated reports.")
PROMISES = "promises.yaml"
Folder = Annotated[Path, typer.Argument(help="A folder of annotated reports.")]


@app.command("check")
def check(folder: Folder = Path("data/reports")) -> None:
    """Check annotated reports: their format, their summaries, and what the corpus promises.

    What a corpus promises of itself stands in promises.yaml in its folder; without that file only
    the reports are checked.

    Example: govtext data check data/reports
    """
    reports = read_annotated_folder(folder)
    faults = [str(finding) for report in reports for finding in check_report(report)]
    for fault in faults:
        typer.echo(fault, err=True)
    if (folder / PROMISES).is_file():
        verdicts = verify(load_config(folder / PROMISES, Promises), reports, folder)
        table = Table("promise", "promised", "found", "", title=escape(str(folder)))
        for verdict in verdicts:
            table.add_row(
                verdict.promise,
                verdict.promised,
                verdict.found,
                "ok" if verdict.holds else "BROKEN",
            )
        Console().print(table)
        faults += [verdict.promise for verdict in verdicts if not verdict.holds]
    if faults:
        raise DataError(f"{folder}: {len(faults)} faults in {len(reports)} reports")
    typer.echo(f"{folder}: {len(reports)} reports, no fault")


@app.command("stats")
def stats(
    folder: Folder = Path("data/reports"),
    plots: Annotated[
        Path | None, typer.Option(help="Folder to write the same as pictures (PNG) to.")
    ] = None,
) -> None:
    """Count reports and sentences by label, body, level, year and style.

    Example: govtext data stats data/reports --plots build/plots
    """
    reports = read_annotated_folder(folder)
    console = Console()
    for aspect in ASPECTS:
        table = Table(aspect, "reports", *LABEL_IDS, "sentences")
        for count in count_by(aspect, reports):
            figures = [str(count.labels[label]) for label in LABEL_IDS]
            table.add_row(count.value, str(count.reports), *figures, str(count.labels.total()))
        console.print(table)
    labels = Counter(s.label for report in reports for s in report.sentences())
    console.print(f"{len(reports)} reports, {labels.total()} sentences", dict(labels), markup=False)
    shares = ", ".join(f"{kind} {share:.0%}" for kind, share in sorted(novelty(reports).items()))
    console.print(f"new bigrams of the summaries: {shares}", markup=False)
    for path in write_plots(reports, plots) if plots else []:
        typer.echo(path)


@app.command("attach")
def attach(
    labels: Annotated[Path, typer.Argument(help="A label file, such as those in data/real.")],
    file: Annotated[Path, typer.Argument(help="Your copy of the report.")],
    out: Annotated[Path, typer.Argument(help="JSON Lines file to write.")],
) -> None:
    """Join labels that are kept without their text with your own copy of the report.

    The result is labelled sentences, as govtext evaluate classifier reads them. What does not
    match is listed, and the exit code is 1 then.

    Example: govtext data attach data/real/yangpu-people-congress-2024.json report.txt out.jsonl
    """
    attached = standoff.attach(standoff.read_standoff(labels), read_reports(file))
    write_labelled(attached.sentences, out)
    typer.echo(f"{out}: {len(attached.sentences)} labelled sentences")
    for fault in attached.missing:
        typer.echo(f"{labels}: {fault}", err=True)
    if attached.missing:
        raise DataError(
            f"{file}: {len(attached.sentences)} sentences match, {len(attached.missing)} do not; "
            "is it another version of the document?"
        )


@app.command("build")
def build(
    out: Annotated[Path, typer.Argument(help="Folder to write, new or empty.")],
    folder: Folder = Path("data/reports"),
) -> None:
    """Write the corpus as a folder that Hugging Face datasets loads.

    load_dataset(OUT, "sentences") and load_dataset(OUT, "summaries") read it.

    Example: govtext data build build/dataset
    """
    for name, rows in write_dataset_folder(folder, out).items():
        typer.echo(f"{out / name}.jsonl: {rows} rows")


@app.command("export")
def export(
    files: Annotated[
        list[Path], typer.Argument(help="Reports to label, as govtext predict reads them.")
    ],
    out: Annotated[Path, typer.Option(help="File to write: .json for Label Studio, or .csv.")],
    model: Annotated[str, typer.Option(help="What suggests labels.")] = DEFAULT_MODEL,
) -> None:
    """Write the sentences of reports for people to label, the least certain first.

    Example: govtext data export report.docx --out tasks.json
    """
    tasks = []
    for file, name in zip(files, report_names(files), strict=True):
        for number, report in enumerate(read_reports(file), start=1):
            group = f"{name}-{number}"
            predictions = predict(report, model=model)
            tasks += tasks_of(report, predictions, group=group)
    write_tasks(tasks, out, labels=load_classifier(model).labels, model=model)
    typer.echo(f"{out}: {len(tasks)} sentences")


@app.command("import")
def import_labels(
    file: Annotated[
        Path, typer.Argument(help="Label Studio's JSON export, or the filled-in .csv.")
    ],
    out: Annotated[Path, typer.Argument(help="JSON Lines file to write.")],
    labels: Annotated[
        list[str] | None, typer.Option("--label", help="A label that may be given; repeat it.")
    ] = None,
) -> None:
    """Read back what people labelled, all of it or nothing.

    Example: govtext data import labelled.json mine.jsonl
    """
    sentences = read_labels(file, labels=labels or LABEL_IDS)
    write_labelled(sentences, out)
    typer.echo(f"{out}: {len(sentences)} labelled sentences")


@app.command("agreement")
def agreement(
    table: Annotated[
        Path, typer.Argument(help="A .csv with the columns id, first, second, settled and rule.")
    ] = Path("data/agreement.csv"),
) -> None:
    """Print Cohen's kappa of two labellings, before disagreements were settled."""
    rows = read_twice_labelled(table)
    shown = Table("label", "kappa", title=f"{len(rows)} sentences, labelled twice")
    for label, kappa in kappas(rows).items():
        shown.add_row(escape(label), f"{kappa:.3f}")
    Console().print(shown)
    differing = sum(row.first != row.second for row in rows)
    typer.echo(f"{differing} differed and were settled")
