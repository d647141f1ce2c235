"""Clauses: where a text may be cut without breaking a thought or a pair of marks."""

from __future__ import annotations

from govtext.text.ngrams import bare
from govtext.text.repetition import runs
from govtext.text.sentences import CLOSERS, OPENERS, TERMINATORS

BREAKS = frozenset("，；：,;:—\n") | TERMINATORS
MARKS = "".join(BREAKS)
_NUMBER = frozenset("0123456789０１２３４５６７８９.．,%％万亿")
_FULL_STOPS = "。！？!?…"
# A statement has so many characters at least.
MIN_WORDS = 6


def split_clauses(text: str) -> list[str]:
    """Split a text after its commas, semicolons, colons and final marks.

    A comma between digits, and marks inside quotation marks or brackets, do not count. The
    clauses, joined, are the text.
    """
    clauses = []
    start = depth = 0
    for i, char in enumerate(text):
        depth += (char in OPENERS) - (char in CLOSERS and depth > 0)
        following = text[i + 1 : i + 2]
        inside_number = text[max(i - 1, 0) : i].isdigit() and following.isdigit()
        if char in BREAKS and not depth and not inside_number and following not in BREAKS:
            clauses.append(text[start : i + 1])
            start = i + 1
    return [*clauses, text[start:]] if start < len(text) else clauses


def close(text: str) -> str:
    """Return a text that ends with one final mark, 。 where it has none."""
    stripped = text.rstrip("".join(BREAKS - TERMINATORS) + "。 ")
    return stripped if stripped.endswith(tuple(_FULL_STOPS)) else stripped + "。"


def drop_repeated(text: str) -> str:
    """Return a text without the clauses that say a run of four characters said before.

    A clause of fewer characters goes where the whole of it was said before.
    """
    said = ""
    kept = []
    for clause in split_clauses(text):
        words = bare(clause)
        if words and any(part in said for part in runs(words) or {words}):
            continue
        said += words + "\n"
        kept.append(clause)
    return "".join(kept)


def fit(text: str, max_chars: int) -> str:
    """Return a text closed by one final mark and cut, where it is too long, after a clause.

    Where not even the first clause fits, it is cut within.
    """
    return cut_at_clause(text, max_chars) or close(_cut_within(close(text), max_chars - 1))


def cut_at_clause(text: str, max_chars: int) -> str:
    """Return the first clauses that fit, closed by one final mark; empty where not one does."""
    closed = close(text)
    if len(closed) <= max_chars:
        return closed
    kept = ""
    for clause in split_clauses(closed):
        if len(close(kept + clause)) > max_chars:
            break
        kept += clause
    return close(kept) if kept else ""


def _cut_within(clause: str, size: int) -> str:
    """Cut a clause, but not within a number, which would make another of it."""
    head = clause[:size]
    if head[-1] in _NUMBER and clause[size : size + 1] in _NUMBER:
        return head.rstrip("".join(_NUMBER)) or head
    return head
