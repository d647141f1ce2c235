"""The model card: README.md of a model folder, written from the record of its training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Card:
    """What a model card says.

    Attributes:
        title: Name of the model.
        summary: What the model does and how, in a sentence or two.
        use: Python code that uses it, without fences.
        data: Rows of split, examples, SHA-256 of the content.
        figures: Rows of figure and value on the test split.
        limits: Known weaknesses, one a line.
        provenance: Key and value: seed, commit, versions, configuration.
        licence: Licence of the weights.
    """

    title: str
    summary: str
    use: str
    data: Sequence[tuple[str, str, str]]
    figures: Sequence[tuple[str, str]]
    limits: Sequence[str]
    provenance: Mapping[str, str]
    licence: str = "Apache-2.0"


def write_card(folder: Path, card: Card) -> None:
    """Write README.md into a model folder."""
    parts = [
        f"---\nlicense: {card.licence.lower()}\nlanguage: zh\nlibrary_name: govtext\n---",
        f"# {card.title}",
        card.summary,
        f"```python\n{card.use}\n```",
        "## Data",
        _table(("split", "examples", "SHA-256"), card.data),
        "## Figures",
        _table(("figure", "test split"), card.figures),
        "## Limits",
        "\n".join(f"- {limit}" for limit in card.limits),
        "## Provenance",
        _table(("what", "value"), list(card.provenance.items())),
    ]
    (folder / "README.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    for row in rows:
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |")
    return "\n".join(lines)
