"""Lay views out as HTML: templates with escaping on, style and script inside the file."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Sequence
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from govtext.digests.compare import FigureRow, compare, figure_rows
from govtext.digests.strip import Strip, strip
from govtext.digests.view import LabelName, ReportView
from govtext.plots.palette import label_colours

# From so many reports on a figure is drawn, and so many figures an index draws.
_DRAWN = 3
_MOST_STRIPS = 24
_BODIES = {"people_congress": "人大", "cppcc": "政协", "government": "政府"}


def render_page(views: Sequence[ReportView], *, home: str | None = None) -> str:
    """Return the page of one report, or of several that are compared.

    Args:
        views: The reports.
        home: Address of the index page that the page belongs to, if there is one.
    """
    comparison = compare(views) if len(views) > 1 else None
    return _render(
        "page.html.j2",
        views[0].labels,
        views=views,
        home=home,
        comparison=comparison,
        strips=_strips(comparison.rows, views) if comparison and len(views) >= _DRAWN else [],
    )


def render_index(
    views: Sequence[ReportView],
    addresses: Sequence[str],
    failures: Sequence[str] = (),
) -> str:
    """Return the index page of many reports.

    Args:
        views: The reports.
        addresses: Where the page of each is.
        failures: Why files were left out, each with the name of its file.
    """
    rows = figure_rows(views, least=min(3, len(views)))
    return _render(
        "index.html.j2",
        views[0].labels,
        views=views,
        addresses=dict(zip((view.anchor for view in views), addresses, strict=True)),
        failures=failures,
        means=_means(views),
        strips=_strips(rows[:_MOST_STRIPS], views),
    )


def _strips(rows: Sequence[FigureRow], views: Sequence[ReportView]) -> list[Strip]:
    return [strip(row, views) for row in rows]


def _means(views: Sequence[ReportView]) -> list[tuple[LabelName, float]]:
    """Return the mean share of each label, every report counting the same."""
    columns = zip(*(view.functions for view in views), strict=True)
    return [
        (column[0].label, sum(function.share for function in column) / len(views))
        for column in columns
    ]


def _render(template: str, labels: Sequence[LabelName], **values: Any) -> str:
    style = _asset("style.css") + _colour_rules(labels)
    script = _asset("script.js")
    return (
        _environment()
        .get_template(template)
        .render(
            style=Markup(style),  # noqa: S704 - a file of this package
            script=Markup(script),  # noqa: S704
            style_hash=_hash(style),
            script_hash=_hash(script),
            labels=labels,
            **values,
        )
    )


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("govtext.digests"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": _percent, "number": _number}
    environment.globals["bodies"] = _BODIES
    return environment


def _percent(share: float) -> str:
    return f"{share:.0%}"


def _number(value: float) -> str:
    """Return a number as people read it: 1,230, 98.5, 3,200万, 1.2亿."""
    for size, mark in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= size:
            return f"{value / size:,.4g}{mark}"
    return f"{value:,.6g}"


def _colour_rules(labels: Sequence[LabelName]) -> str:
    """Return the style rules that give each label its colour, by day and by night."""
    colours = label_colours([label.id for label in labels])
    light = "".join(_rule(i, colour.light, 0.11) for i, colour in enumerate(colours))
    dark = "".join(_rule(i, colour.dark, 0.18) for i, colour in enumerate(colours))
    classes = "".join(f".f{i}{{--c:var(--c{i});--t:var(--t{i})}}" for i in range(len(colours)))
    return (
        f":root{{{light}}}:root[data-theme=dark]{{{dark}}}"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
        f"@media print{{:root:root:root{{{light}}}}}{classes}"
    )


def _rule(i: int, colour: str, strength: float) -> str:
    red, green, blue = (int(colour[j : j + 2], 16) for j in (1, 3, 5))
    return f"--c{i}:{colour};--t{i}:rgba({red},{green},{blue},{strength});"


def _hash(content: str) -> str:
    """Return what a Content-Security-Policy calls a style or a script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


@functools.cache
def _asset(name: str) -> str:
    return resources.files("govtext.digests").joinpath("assets", name).read_text(encoding="utf-8")
