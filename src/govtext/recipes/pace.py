"""How fast two models answer, measured side by side on the same texts."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from govtext.api import summarize
from govtext.classify import predict
from govtext.features.context import CONTEXT_PARTS
from govtext.recipes.answers import Answers, Row
from govtext.types import Sentence

_TEXTS = {"classifier": 300, "summarizer": 8}
_ROUNDS = 5


def texts_a_second(first: Path, second: Path, answers: Answers) -> tuple[float, float]:
    """Return how many test texts two models answer in a second.

    They take turns, so that whatever else the machine does slows both.

    Args:
        first: A model folder.
        second: Another one.
        answers: A run's answers, for its texts.

    Raises:
        ModelError: A model cannot be loaded.
    """
    rows = answers.rows[: _TEXTS[answers.task]]
    work = [_work(folder, answers.task, rows) for folder in (first, second)]
    for answer in work:
        answer()
    seconds: list[list[float]] = [[], []]
    for _ in range(_ROUNDS):
        for taken, answer in zip(seconds, work, strict=True):
            start = time.perf_counter()
            answer()
            taken.append(time.perf_counter() - start)
    return len(rows) / median(seconds[0]), len(rows) / median(seconds[1])


def answer_one(folder: Path, answers: Answers) -> None:
    """Let a model answer one of the test texts.

    Raises:
        ModelError: The model cannot be loaded.
    """
    _work(folder, answers.task, answers.rows[:1])()


def _work(folder: Path, task: str, rows: Sequence[Row]) -> Callable[[], object]:
    if task == "summarizer":
        return lambda: [summarize(str(row["source"]), max_chars=60, model=folder) for row in rows]
    sentences = [_sentence(row) for row in rows]
    return lambda: predict(sentences, model=folder)


def _sentence(row: Row) -> Sentence:
    text = str(row["text"])
    return Sentence(text, 0, len(text), *(row.get(part) or None for part in CONTEXT_PARTS))
