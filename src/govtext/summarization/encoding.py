"""From texts and summaries to the numbers that a model learns from, cuts counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from govtext.config.schema import SummarizerModel
from govtext.corpus.examples import SummaryExample
from govtext.summarization.parts import read_by_parts
from govtext.summarization.prompt import ROOM, model_input


@dataclass(frozen=True, slots=True)
class Encoded:
    """Pairs as token ids.

    Attributes:
        rows: `input_ids` and `labels` of each pair.
        read_by_parts: Texts over the limit that were replaced by the summaries of their parts.
        cut_sources: Texts that were longer than the limit.
        cut_summaries: Summaries that were longer than the limit.
    """

    rows: list[dict[str, list[int]]]
    read_by_parts: int
    cut_sources: int
    cut_summaries: int


def encode_pairs(
    pairs: Sequence[SummaryExample], tokenizer: Any, model: SummarizerModel
) -> Encoded:
    """Return the token ids of pairs, each by its parts or cut where it is over the limit."""

    def count(text: str) -> int:
        return len(tokenizer(text)["input_ids"])

    rows = []
    cut_sources = cut_summaries = 0
    read = read_by_parts(pairs, limit=model.max_source_tokens - ROOM, count=count)
    for pair in read:
        source = tokenizer(model_input(pair.text, pair.kind))["input_ids"]
        summary = _without_start(tokenizer(pair.summary)["input_ids"], tokenizer)
        cut_sources += len(source) > model.max_source_tokens
        cut_summaries += len(summary) > model.max_summary_tokens
        rows.append(
            {
                "input_ids": _cut(source, model.max_source_tokens),
                "labels": _cut(summary, model.max_summary_tokens),
            }
        )
    by_parts = sum(new.text != old.text for new, old in zip(read, pairs, strict=True))
    return Encoded(rows, by_parts, cut_sources, cut_summaries)


def _without_start(ids: list[int], tokenizer: Any) -> list[int]:
    """Leave out the token that starts a text: the decoder is given its own."""
    return ids[1:] if ids[0] in (tokenizer.bos_token_id, tokenizer.cls_token_id) else ids


def _cut(ids: list[int], limit: int) -> list[int]:
    """Shorten a sequence of tokens, keeping its last, which says that the text ends."""
    return ids if len(ids) <= limit else [*ids[: limit - 1], ids[-1]]
