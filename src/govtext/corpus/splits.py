"""Splits that tear no report apart."""

from __future__ import annotations

import random
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from govtext.config.schema import Data
from govtext.corpus.examples import Example, LabelledSentence
from govtext.errors import DataError

E = TypeVar("E", bound=Example)

# Reports share some set phrases; more than this share of a split is no accident.
_MOST_SHARED = 0.25


@dataclass(frozen=True, slots=True)
class Splits(Generic[E]):
    """Training, validation and test examples.

    Attributes:
        train: What the model learns from.
        validation: What choices are made on.
        test: What figures are reported on; used for no choice.
    notes: What was split off, and what is in two splits, in words.
    """

    train: list[E]
    validation: list[E]
    test: list[E]
    notes: tuple[str, ...]


def read_splits(
    read: Callable[[Path], list[E]], data: Data, *, stratum: Callable[[E], str], seed: int
) -> Splits[E]:
    """Read the three splits; one that is not named is split off the training data.

    Args:
        read: Reads the examples of a path.
        data: Where the splits are, and the shares of those that are not named.
        stratum: What a split keeps in proportion: the label of a sentence, the kind of a pair.
        seed: Decides which groups are drawn.

    Raises:
        DataError: The data is malformed, or has too few groups to split.
    """
    rest = read(data.train)
    notes = []
    parts: dict[str, list[E]] = {}
    total = len(rest)
    for name in ("test", "validation"):
        path = getattr(data, name)
        if path is not None:
            parts[name] = read(path)
            continue
        share = getattr(data, f"{name}_share")
        parts[name], rest = _split_off(rest, stratum, share, seed, data.train)
        notes.append(
            f"no data.{name} is named: {len(parts[name])} of the {total} examples of {data.train} "
            f"were split off for it (seed {seed})"
        )
    known = {example.text for example in rest}
    for name, part in parts.items():
        seen = sum(example.text in known for example in part)
        if seen > _MOST_SHARED * len(part):
            notes.append(
                f"{seen} of the {len(part)} {name} examples are in the training data too; figures "
                "on them are better than on new text"
            )
    return Splits(rest, parts["validation"], parts["test"], tuple(notes))


def draw_per_label(
    examples: Sequence[LabelledSentence], count: int, *, seed: int
) -> list[LabelledSentence]:
    """Draw as many sentences of each label; a smaller draw is part of a larger one.

    Args:
        examples: What is drawn from.
        count: Sentences of each label; a label that has fewer keeps all.
        seed: Decides which are drawn.
    """
    order = list(examples)
    random.Random(seed).shuffle(order)  # noqa: S311
    drawn: Counter[str] = Counter()
    kept = []
    for example in order:
        if drawn[example.label] < count:
            drawn[example.label] += 1
            kept.append(example)
    return kept


def _split_off(
    examples: Sequence[E],
    stratum: Callable[[E], str],
    share: float,
    seed: int,
    source: Path,
) -> tuple[list[E], list[E]]:
    """Draw whole groups, strata kept in proportion, until they hold about the share."""
    from sklearn.model_selection import StratifiedGroupKFold

    groups = [example.group for example in examples]
    strata = [stratum(example) for example in examples]
    folds = min(round(1 / share), len(set(groups)), max(Counter(strata).values()))
    if folds < 2:
        raise DataError(
            f"{source}: too few examples to split off validation and test ({len(examples)} in "
            f"{len(set(groups))} reports or texts are left); add more, or name data.validation and "
            "data.test"
        )
    splitter = StratifiedGroupKFold(n_splits=folds, shuffle=True, random_state=seed)
    with warnings.catch_warnings():
        # A stratum smaller than the number of folds is spread as far as it goes.
        warnings.filterwarnings("ignore", message="The least populated class")
        rest, taken = next(splitter.split(examples, strata, groups))
    return [examples[i] for i in taken], [examples[i] for i in rest]
