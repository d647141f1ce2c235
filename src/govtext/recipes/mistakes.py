"""What a model gets wrong: in one line, and as pages to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from govtext.recipes.answers import Answers, Row

_MOST_NAMED = 3
_MOST_SHOWN = 40


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


def label_mistakes(rows: Sequence[Row]) -> str:
    """Return the wrong labels of a test table that the model was surest of, as Markdown."""
    wrong = [row for row in rows if row["label"] != row["predicted"]]
    surest = sorted(wrong, key=lambda row: float(row["score"]), reverse=True)[:_MOST_SHOWN]
    lines = [
        f"# {len(wrong)} of {len(rows)} sentences are labelled wrong",
        "",
        f"The {len(surest)} that the model was surest of; all are in `predictions/test.json`.",
        "",
        "| score | label | taken for | sentence | heading | id |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for row in surest:
        cells = (row[key] for key in ("label", "predicted", "text", "heading", "id"))
        shown = " | ".join(_plain(cell) for cell in cells)
        lines.append(f"| {float(row['score']):.2f} | {shown} |")
    return "\n".join(lines) + "\n"


def summary_mistakes(outputs: Sequence[Row]) -> str:
    """Return the worst summaries of a test table, which has them first, as Markdown.

    Args:
        outputs: The table: unsupported summaries first, then by rising ROUGE-L.
    """
    worst = outputs[:_MOST_SHOWN]
    wrong = sum(bool(row["unsupported"]) for row in outputs)
    lines = [
        f"# {wrong} of {len(outputs)} summaries say what their source does not",
        "",
        f"The {len(worst)} worst, those first, then by ROUGE-L; all are in `summaries/test.json`.",
    ]
    for number, row in enumerate(worst, start=1):
        not_in_source = _plain(row["unsupported"]) or "nothing"
        lines += [
            "",
            f"## {number}. {_plain(row['id'])} ({row['kind']}): ROUGE-L {row['ROUGE-L']:.2f}",
            "",
            f"- **output**: {_plain(row['output'])}",
            f"- **reference**: {_plain(row['reference'])}",
            f"- **not in the source**: {not_in_source}",
            f"- **source**: {_plain(row['source'])}",
        ]
    return "\n".join(lines) + "\n"


def _plain(value: object) -> str:
    """Return a value as a line of Markdown that is nothing but text."""
    text = " ".join(str(value).split())
    for mark in ("\\", "|", "*", "_", "`", "[", "]"):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("&", "&amp;").replace("<", "&lt;")
