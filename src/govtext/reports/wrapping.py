"""At which width the lines of a text were wrapped, learned from lines that are surely broken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from govtext.reports.lines import Line
from govtext.reports.marks import is_ended
from govtext.text.characters import print_width

_MIN_SAMPLES = 2
_MAX_WIDTH = 90
_FEW_SAMPLES = 10
# How much wider than the widest broken line, or narrower than the narrowest of few, lines are.
_SLACK = 1.0
# How far apart the widths may lie, as a share of the widest, and which share of all lines may be
# longer than it.
_MAX_SPREAD = 0.35
_MAX_LONGER = 0.05


@dataclass(frozen=True, slots=True)
class Wrap:
    """The width of a wrapped text.

    Attributes:
        measure: Gives the width of a string.
        usual: Width that nine in ten lines reach that go on in the next.
        least: Width that nearly all of them reach.
    """

    measure: Callable[[str], float]
    usual: float
    least: float

    def fills(self, line: Line) -> bool:
        """Tell whether a line is long enough to go on in the next."""
        # The end of a sentence may stand there by chance, so there it takes the usual width.
        width = line.indent + self.measure(line.text)
        return width >= (self.usual if is_ended(line.text) else self.least)


def learn_wrap(lines: Sequence[Line], broken: Sequence[Line]) -> Wrap | None:
    """Return the width at which lines were wrapped, None where they were not.

    Text is wrapped by the number of characters or by their printed width; the measure in which
    the broken lines differ less is taken.

    Args:
        lines: All lines of the text.
        broken: Those that surely end inside a sentence.
    """
    if len(broken) < _MIN_SAMPLES:
        return None
    fits = [_fit(lines, broken, measure) for measure in (len, print_width)]
    found = [fit for fit in fits if fit is not None]
    return min(found, key=lambda fit: fit[0])[1] if found else None


def _fit(
    lines: Sequence[Line], broken: Sequence[Line], measure: Callable[[str], float]
) -> tuple[float, Wrap] | None:
    """Return how far apart the widths of the broken lines are, and the wrap they give."""
    widths = sorted(line.indent + measure(line.text) for line in broken)
    widest, usual, least = widths[-1], widths[len(widths) // 10], widths[len(widths) // 30]
    longer = sum(line.indent + measure(line.text) > widest + _SLACK for line in lines)
    if widest > _MAX_WIDTH or longer > _MAX_LONGER * len(lines):
        return None
    if widest - usual > max(_SLACK, _MAX_SPREAD * widest):
        return None
    slack = _SLACK if len(widths) < _FEW_SAMPLES else 0.0
    return widest - usual, Wrap(measure, usual, least - slack)
