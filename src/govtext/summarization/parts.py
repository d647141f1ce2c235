"""References for long texts: what a model reads in their place when it sums them up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from govtext.corpus.examples import SummaryExample

_PARTS = {"section": "headline", "report": "section"}


def read_by_parts(
    examples: Sequence[SummaryExample], *, limit: int, count: Callable[[str], int]
) -> list[SummaryExample]:
    """Replace texts that are too long for a model by the summaries of their parts.

    A long report is summed up from the summaries of its sections, a long section from the
    headlines of its paragraphs; training follows, with the references of the same group. A text
    without such parts stays as it is.

    Args:
        examples: Texts with their references.
        limit: Most tokens that the model reads.
        count: Gives the tokens of a text.
    """
    by_group: dict[tuple[str, str], list[SummaryExample]] = defaultdict(list)
    for example in examples:
        by_group[example.group, example.kind].append(example)
    return [
        example
        if count(example.text) <= limit
        else _by_parts(example, by_group[example.group, _PARTS.get(example.kind, "")])
        for example in examples
    ]


def _by_parts(example: SummaryExample, candidates: Iterable[SummaryExample]) -> SummaryExample:
    whole = _flat(example.text)
    inside = [part for part in candidates if _flat(part.text) in whole]
    parts = [part for part in inside if not any(_encloses(other, part) for other in inside)]
    return replace(example, text="\n".join(part.summary for part in parts)) if parts else example


def _encloses(outer: SummaryExample, inner: SummaryExample) -> bool:
    return outer is not inner and _flat(inner.text) in _flat(outer.text) != _flat(inner.text)


def _flat(text: str) -> str:
    return "".join(text.split())
