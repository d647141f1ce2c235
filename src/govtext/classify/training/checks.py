"""Whether a model can be trained on some labels, before time is spent on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from govtext.corpus.examples import LabelledSentence
from govtext.errors import DataError

MIN_PER_LABEL = 2
FEW_PER_LABEL = 20


def check_trainable(train: Sequence[LabelledSentence]) -> list[str]:
    """See whether a model can be trained on these labels.

    Returns:
        Warnings: labels with too few sentences to be learned well.

    Raises:
        DataError: There is one label only, or a label has a single sentence.
    """
    counts = Counter(sentence.label for sentence in train)
    if len(counts) < 2:
        raise DataError(
            f"all {len(train)} training sentences have the label {next(iter(counts))!r}; "
            "a classifier needs at least two labels"
        )
    alone = sorted(label for label, count in counts.items() if count < MIN_PER_LABEL)
    if alone:
        raise DataError(
            f"only one training sentence has the label {', '.join(map(repr, alone))}; "
            f"each label needs at least {MIN_PER_LABEL}"
        )
    return [
        f"label {label!r} has only {count} training sentences; under {FEW_PER_LABEL} its figures "
        "mean little"
        for label, count in sorted(counts.items())
        if count < FEW_PER_LABEL
    ]
