"""Whether a text says the same thing twice."""

from __future__ import annotations

import re

from govtext.text.ngrams import bare

# Characters that are not said twice in a row.
RUN = 4
# Of the bigrams of every reference summary, at most a tenth were said before.
_LEAST_DISTINCT = 0.9
_DOUBLED = re.compile(r"([\u3400-\u9fff]{2,})\1|([\u3400-\u9fff])\2\2")
_CLAUSE_END = re.compile(r"[，。；：！？,;:!?\n]")
_LISTED = re.compile(r"[、和与及]")


def repeats(text: str) -> bool:
    """Tell whether a text repeats itself.

    It does where it has a run of four characters twice, a word twice in a row (退回退回), an item
    twice in a list (学校、食堂、食堂), or where more than a tenth of its bigrams were said before.
    """
    return (
        _share_said_before(text, RUN) > 0
        or _share_said_before(text, 2) > 1 - _LEAST_DISTINCT
        or _DOUBLED.search(text) is not None
        or any(_lists_twice(clause) for clause in _CLAUSE_END.split(text))
    )


def runs(text: str, length: int = RUN) -> set[str]:
    """Return the runs of characters of a text, marks left out."""
    characters = bare(text)
    return {characters[i : i + length] for i in range(len(characters) - length + 1)}


def _share_said_before(text: str, length: int) -> float:
    total = len(bare(text)) - length + 1
    return 1 - len(runs(text, length)) / total if total > 0 else 0.0


def _lists_twice(clause: str) -> bool:
    items = [item for item in _LISTED.split(clause) if item]
    return len(set(items)) < len(items)
