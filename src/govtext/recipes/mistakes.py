"""What a model gets wrong, in one line and as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from govtext.recipes.answers import Answers, Row

_MOST_NAMED = 3


def describe_mistakes(answers: Answers) -> str:
    """Return the most frequent mistakes of a run on its test split, a line."""
    if answers.task == "summarizer":
        wrong = sum(bool(row.get("unsupported")) for row in answers.rows)
        return (
            f"{wrong} of {len(answers.rows)} summaries have a figure, title or term that the "
            "source does not"
        )
    wrong_rows = [row for row in answers.rows if row["label"] != row["predicted"]]
    if not wrong_rows:
        return f"nothing in {len(answers.rows)} sentences"
    pairs = Counter((str(row["label"]), str(row["predicted"])) for row in wrong_rows)
    named = ", ".join(
        f"{label} taken for {guess} ({count})"
        for (label, guess), count in pairs.most_common(_MOST_NAMED)
    )
    return f"{len(wrong_rows)} of {len(answers.rows)} sentences, most often {named}"


def surest_mistakes(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of a test table that are labelled wrong, the most certain first."""
    wrong = [row for row in rows if row["label"] != row["predicted"]]
    return sorted(wrong, key=lambda row: float(row["score"]), reverse=True)
