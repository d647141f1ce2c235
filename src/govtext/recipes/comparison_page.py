"""A comparison as text: for the terminal, as Markdown, and as a page of its own."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from rich.console import Group
from rich.table import Column, Table
from rich.text import Text

from govtext.evaluation.bootstrap import Interval
from govtext.recipes.comparison import ALPHA, ComparedRun, Comparison, Comparisons

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem;
  color: #222; background: #fff; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { padding: .35rem .7rem; border-bottom: 1px solid #ddd; text-align: left;
  vertical-align: top; }
th { border-bottom: 2px solid #888; }
td.figure { white-space: nowrap; font-variant-numeric: tabular-nums; }
.better { color: #14692c; font-weight: 600; } .worse { color: #a3201a; font-weight: 600; }
svg line { stroke: #1f5fa8; stroke-width: 2; } svg circle { fill: #1f5fa8; }
svg line.baseline { stroke: #aaa; stroke-width: 1; stroke-dasharray: 3 3; }
code { overflow-wrap: anywhere; }
"""
_WIDTH, _HEIGHT, _MARGIN = 220, 18, 6


def markdown(comparisons: Comparisons) -> str:
    """Return the comparisons as Markdown tables."""
    lines: list[str] = []
    for part in comparisons.parts:
        header, *rows = _cells(part)
        lines += [_safe(_caption(part)), ""]
        lines += [_markdown_row(header), "|" + " --- |" * len(header), *map(_markdown_row, rows)]
        lines += [""]
    lines += [f"- {note}" for note in comparisons.notes]
    return "\n".join(lines).rstrip() + "\n"


def terminal(comparisons: Comparisons) -> Group:
    """Return the comparisons as tables for the terminal."""
    shown: list[Table | Text] = []
    for part in comparisons.parts:
        # Rich would cut a long setting short in a narrow terminal.
        run = Column("run", overflow="fold")
        table = Table(run, part.figure, "difference", "p", "verdict")
        for item in part.runs:
            settings = [f"{key}={value}" for key, value in item.settings.items()]
            name, *figures = _row(item, [], [])
            cells = ["\n".join([name, *settings]), *figures]
            table.add_row(*map(Text, cells), end_section=True)
        shown += [table, Text(_caption(part))]
    return Group(*shown, *(Text(f"note: {note}") for note in comparisons.notes))


def html(comparisons: Comparisons, *, title: str) -> str:
    """Return the comparisons as one HTML page that needs no other file.

    Args:
        comparisons: What to show.
        title: Head of the page.
    """
    parts = "\n".join(_html_part(part) for part in comparisons.parts)
    notes = "".join(f"<li>{escape(note)}</li>" for note in comparisons.notes)
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n<h1>{escape(title)}</h1>\n"
        f"{parts}\n<ul>{notes}</ul>\n</html>\n"
    )


def _caption(part: Comparison) -> str:
    unit = "sentences" if part.task == "classifier" else "texts"
    data = (
        f"{part.figure} on {part.data[0]} ({part.data[1]}): {part.examples} {unit} of "
        f"{part.reports} reports, 95 % bootstrap intervals over reports."
    )
    if len(part.runs) == 1:
        return data
    return (
        f"{data} Differences are paired, against {part.baseline}; p-values are adjusted (Holm, "
        f"comparisons: {len(part.runs) - 1}), and under {ALPHA} a difference is called one."
    )


def _cells(part: Comparison) -> list[list[str]]:
    """Return the table as text, the header first."""
    settings = list(part.runs[0].settings)
    metrics = list(dict.fromkeys(name for item in part.runs for name in item.metrics))
    header = ["run", *settings, part.figure, "difference", "p", "verdict", *metrics]
    return [header, *(_row(item, settings, metrics) for item in part.runs)]


def _row(item: ComparedRun, settings: Sequence[str], metrics: Sequence[str]) -> list[str]:
    return [
        str(item.run),
        *(item.settings[key] for key in settings),
        f"{item.interval}",
        f"{item.difference.interval:+.3f}" if item.difference else "–",
        _p_value(item.p_value),
        item.verdict,
        *(f"{item.metrics[name]:.3f}" if name in item.metrics else "–" for name in metrics),
    ]


def _p_value(value: float | None) -> str:
    if value is None:
        return "–"
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def _markdown_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(_safe, cells))} |"


def _safe(text: str) -> str:
    """Return a text as one line of Markdown that opens no cell and no HTML."""
    return " ".join(text.split()).replace("|", r"\|").replace("<", "&lt;")


def _html_part(part: Comparison) -> str:
    header, *rows = _cells(part)
    low = min(item.interval.low for item in part.runs)
    high = max(item.interval.high for item in part.runs)
    baseline = next(item.interval for item in part.runs if item.run == part.baseline)
    head = "".join(f"<th>{escape(cell)}</th>" for cell in [*header, "interval"])
    body = "\n".join(
        "<tr>"
        + "".join(f'<td class="{_css(cell)}">{escape(cell)}</td>' for cell in row)
        + f"<td>{_drawn(item.interval, low, high, baseline.value)}</td></tr>"
        for item, row in zip(part.runs, rows, strict=True)
    )
    return (
        f"<p>{escape(_caption(part))}</p>\n"
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    )


def _css(cell: str) -> str:
    if cell in ("better", "worse"):
        return cell
    return "figure" if cell[:1] in "+-0123456789" else "text"


def _drawn(interval: Interval, low: float, high: float, baseline: float) -> str:
    """Return an interval as a line with a point, all rows of a table on one scale."""

    def x(value: float) -> float:
        scale = (_WIDTH - 2 * _MARGIN) / ((high - low) or 1.0)
        return _MARGIN + (value - low) * scale

    middle = _HEIGHT / 2
    return (
        f'<svg width="{_WIDTH}" height="{_HEIGHT}" role="img" aria-label="{interval}">'
        f'<line class="baseline" x1="{x(baseline):.1f}" x2="{x(baseline):.1f}" y1="0" '
        f'y2="{_HEIGHT}"/>'
        f'<line x1="{x(interval.low):.1f}" x2="{x(interval.high):.1f}" y1="{middle}" '
        f'y2="{middle}"/><circle cx="{x(interval.value):.1f}" cy="{middle}" r="4"/></svg>'
    )
