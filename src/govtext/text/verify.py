"""Look the facts of a summary up in its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govtext.text.binding import Bindings
from govtext.text.facts import dates, quoted_terms, titles
from govtext.text.names import has_name, names
from govtext.text.quantities import Quantity, quantities
from govtext.types import Check, Fact


class Verifier:
    """Checks texts against one source.

    Args:
        source: The text that was summed up.
    """

    def __init__(self, source: str) -> None:
        self._bindings = Bindings(source)
        self._dates = set(dates(source))
        self._flat = _flat(source)

    def checks(self, summary: str) -> list[Check]:
        """Look every number, date, title, quoted term, name and binding of a summary up."""
        return [
            *self._numbers(summary),
            *self._words("title", titles(summary)),
            *self._words("quoted", quoted_terms(summary)),
            *self._names(summary),
        ]

    def with_figures_of_source(self, summary: str) -> str:
        """Return a summary whose wrong numbers are those that count the same in the source.

        A number is wrong where the source lacks it or binds another one to the same thing; it
        stays where no number of the source clearly counts what it is said to count.
        """
        corrected = summary
        for quantity in reversed(quantities(summary)):
            if self._bindings.has(quantity) and self._bindings.outcome(quantity) != "missing":
                continue
            right = self._bindings.correction(quantity)
            if right is not None:
                end = quantity.start + len(quantity.text)
                corrected = corrected[: quantity.start] + right.text + corrected[end:]
        return corrected

    def _numbers(self, summary: str) -> Iterator[Check]:
        stated = dates(summary)
        for date in stated:
            yield Check("date", date, "found" if self._has_date(date) else "missing")
        for quantity in quantities(summary):
            if any(quantity.text in date for date in stated):
                continue
            known = self._bindings.has(quantity)
            yield Check("number", quantity.text, "found" if known else "missing")
            outcome = self._bindings.outcome(quantity)
            if outcome is not None:
                yield Check("binding", _phrase(quantity), outcome)

    def _names(self, summary: str) -> Iterator[Check]:
        for term in (*titles(summary), *quoted_terms(summary)):
            summary = summary.replace(term, "")
        for name in names(summary):
            yield Check("name", name, "found" if has_name(name, self._flat) else "missing")

    def _has_date(self, date: str) -> bool:
        return any(date in known for known in self._dates)

    def _words(self, fact: Fact, terms: list[str]) -> Iterator[Check]:
        for term in terms:
            yield Check(fact, term, "found" if _flat(term[1:-1]) in self._flat else "missing")


def missing(summary: str, source: str) -> list[str]:
    """Return the facts of a summary that its source does not have, as the summary has them."""
    return [check.value for check in Verifier(source).checks(summary) if check.outcome == "missing"]


def _phrase(quantity: Quantity) -> str:
    """Return a number with what it counts: 12次常委会会议, 办理建议131件."""
    if len(quantity.after) > 1:
        return quantity.text + quantity.after
    return quantity.before + quantity.text + quantity.after


def _flat(text: str) -> str:
    return re.sub(r"\s", "", text)
