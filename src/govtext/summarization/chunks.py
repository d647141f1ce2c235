"""Cut a long text into parts that a model can read, losing nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from govtext.summarization.clauses import split_clauses

Count = Callable[[str], int]


def split_long(sentence: str, limit: int, count: Count) -> list[str]:
    """Split a sentence of more than `limit` tokens at clauses, and a clause where it must be."""
    if count(sentence) <= limit:
        return [sentence]
    clauses = split_clauses(sentence)
    if len(clauses) == 1:
        return _halves(sentence, limit, count)
    short = [part for clause in clauses for part in split_long(clause, limit, count)]
    return pack(short, limit, count)


def pack(pieces: Sequence[str], limit: int, count: Count) -> list[str]:
    """Join pieces, in order, into as few parts of at most `limit` tokens, of like length.

    Args:
        pieces: Texts of at most `limit` tokens each.
        limit: Most tokens of a part.
        count: Gives the tokens of a text.
    """
    sizes = [count(piece) for piece in pieces]
    parts = max(1, -(-sum(sizes) // limit))
    target = sum(sizes) / parts
    packed: list[str] = []
    filled = done = 0
    for piece, size in zip(pieces, sizes, strict=True):
        is_full = filled + size > limit or done + size / 2 > target * len(packed)
        if not packed or is_full:
            packed.append("")
            filled = 0
        packed[-1] += piece
        filled += size
        done += size
    return packed


def _halves(text: str, limit: int, count: Count) -> list[str]:
    if count(text) <= limit or len(text) == 1:
        return [text]
    middle = len(text) // 2
    return _halves(text[:middle], limit, count) + _halves(text[middle:], limit, count)
