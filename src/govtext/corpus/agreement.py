"""How far two people agree who labelled the same sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from govtext.corpus.tables import read_rows
from govtext.errors import DataError, MissingFileError
from govtext.taxonomy import label_order


@dataclass(frozen=True, slots=True)
class TwiceLabelled:
    """A sentence with two independent labels and the one that was settled on.

    Attributes:
        id: `report/number`, numbers counting the sentences of the report from 1.
        first: Label of the first labelling.
        second: Label of the second.
        settled: The label that the corpus has.
        rule: Number of the guideline's rule that settled a disagreement; None where they agree.
    """

    id: str
    first: str
    second: str
    settled: str
    rule: str | None


def read_twice_labelled(path: Path) -> list[TwiceLabelled]:
    """Read a table with the columns id, first, second, settled and rule.

    Raises:
        MissingFileError: There is no such file.
        DataError: A row is malformed, or a disagreement was settled without a rule.
    """
    if not path.is_file():
        raise MissingFileError(f"{path}: no such table of labels")
    found = []
    for row in read_rows(path):
        first, second, rule = row.required("first"), row.required("second"), row.optional("rule")
        if first != second and rule is None:
            raise DataError(f"{row.place}: the labels differ, but no rule is named that settled it")
        if first == second != row.required("settled"):
            raise DataError(f"{row.place}: both labels are {first!r}, but another one was settled")
        found.append(
            TwiceLabelled(row.required("id"), first, second, row.required("settled"), rule)
        )
    if len({row.id for row in found}) < len(found) or not found:
        raise DataError(f"{path}: has no row, or two rows with one id")
    return found


def kappas(rows: Sequence[TwiceLabelled]) -> dict[str, float]:
    """Return Cohen's kappa before settling, of all labels (`all`) and of each against the rest."""
    labels = label_order(label for row in rows for label in (row.first, row.second))
    first, second = [row.first for row in rows], [row.second for row in rows]
    each = {
        label: cohen_kappa([x == label for x in first], [x == label for x in second])
        for label in labels
    }
    return {"all": cohen_kappa(first, second), **each}


def cohen_kappa(first: Sequence[object], second: Sequence[object]) -> float:
    """Return Cohen's kappa of two labellings of the same sentences; 1 is full agreement.

    NaN where both have given one and the same label throughout.

    Source: Cohen, "A Coefficient of Agreement for Nominal Scales", 1960.
    """
    from sklearn.metrics import cohen_kappa_score

    if len({*map(str, first), *map(str, second)}) < 2:
        return float("nan")
    return float(cohen_kappa_score(list(map(str, first)), list(map(str, second))))
