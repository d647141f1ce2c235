"""The colour of each label, on paper and on a dark screen.

The five colours keep apart for people who see no red, no green or no blue (a distance of at least
15 in CIELAB after the simulation of Machado, Oliveira and Fernandes, 2009), and each is readable
as text on its background (contrast of at least 4.5, WCAG 2.2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from govtext.taxonomy import LABEL_IDS

PAPER = "#fbfaf7"
NIGHT = "#16181c"
INK = "#20242a"


@dataclass(frozen=True, slots=True)
class Colour:
    """One colour in its two forms, as `#rrggbb`.

    Attributes:
        light: On `PAPER`.
        dark: On `NIGHT`.
    """

    light: str
    dark: str


_LABELS = (
    Colour("#1565c0", "#a0c5e7"),
    Colour("#b24700", "#d5996d"),
    Colour("#1b7f4b", "#73e6a9"),
    Colour("#8e3a8e", "#dd62e3"),
    Colour("#6b6b6b", "#a5a8ae"),
)
# For label sets of the user's own; what is behind them starts again.
_MORE = (
    *_LABELS[:4],
    Colour("#7a5a00", "#d9c255"),
    Colour("#a3123f", "#ff8fa3"),
    Colour("#00707a", "#5ed3dc"),
)


def label_colours(labels: Sequence[str]) -> list[Colour]:
    """Return a colour for each label: the taxonomy's own, others in turn."""
    fixed = dict(zip(LABEL_IDS, _LABELS, strict=True))
    others = [label for label in labels if label not in fixed]
    turns = {label: _MORE[i % len(_MORE)] for i, label in enumerate(others)}
    return [fixed.get(label) or turns[label] for label in labels]
