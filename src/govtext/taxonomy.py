"""The five labels: which function of the body a sentence reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """One label of the taxonomy.

    Attributes:
        id: The name used in code, files and metrics.
        chinese: The name that people read.
        tag: The two-character mark used in annotated reports.
        meaning: One line on what the body does in such a sentence.
    """

    id: str
    chinese: str
    tag: str
    meaning: str


LABELS: tuple[Label, ...] = (
    Label("supervision", "监督", "监督", "The body checks the work of others."),
    Label("legislation_participation", "立法参与", "立法", "The body takes part in making law."),
    Label("consultation", "协商", "协商", "The body deliberates or listens to shape a decision."),
    Label("self_building", "自身建设", "自身", "The body builds itself."),
    Label("other", "其他", "其他", "None of the four functions."),
)

LABEL_IDS: tuple[str, ...] = tuple(label.id for label in LABELS)
FUNCTIONAL_IDS: tuple[str, ...] = LABEL_IDS[:-1]
BY_ID: dict[str, Label] = {label.id: label for label in LABELS}
BY_TAG: dict[str, Label] = {label.tag: label for label in LABELS}


def label_order(labels: Iterable[str]) -> list[str]:
    """Return the different labels: the taxonomy's in its order, any others sorted behind."""
    found = set(labels)
    return [id_ for id_ in LABEL_IDS if id_ in found] + sorted(found - set(LABEL_IDS))
