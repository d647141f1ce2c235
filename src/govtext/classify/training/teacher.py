"""Ask a classifier for the labels of sentences of plain texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from rich.progress import track

from govtext.classify.loading import load_classifier
from govtext.classify.training.hashed import Taught
from govtext.config.schema import HashedModel
from govtext.corpus.tables import read_rows
from govtext.errors import DataError, ModelError
from govtext.features.context import TextInContext
from govtext.text.sentences import neighbours, split_sentences
from govtext.text.topic import topic_sentence

_CHARS = (8, 200)
_CHUNK = 512


def ask_teacher(model: HashedModel, labels: Sequence[str], *, seed: int) -> Taught:
    """Draw sentences of the texts that a configuration names, and have them labelled.

    Raises:
        DataError: The texts have no sentence of usable length.
        ModelError: The teacher cannot be read, or knows other labels.
    """
    teacher = load_classifier(model.teacher or "")
    if set(teacher.labels) != set(labels):
        raise ModelError(
            f"the teacher {model.teacher} knows the labels {', '.join(teacher.labels)}, the "
            f"training data {', '.join(labels)}; they must be the same"
        )
    sentences = [s for path in model.texts for s in _sentences(path)]
    if not sentences:
        names = ", ".join(map(str, model.texts))
        names = ", ".join(map(str, model.texts))
        raise DataError(f"{names}: no sentence of {_CHARS[0]} to {_CHARS[1]} characters")
    order = np.random.default_rng(seed).permutation(len(sentences))[: model.most_sentences]
    drawn = [sentences[i] for i in order]
    chunks = [drawn[start : start + _CHUNK] for start in range(0, len(drawn), _CHUNK)]
    answers = [
        teacher.probabilities(chunk)
        for chunk in track(chunks, description="asking the teacher", transient=True)
    ]
    columns = [teacher.labels.index(label) for label in labels]
    return Taught(drawn, np.concatenate(answers)[:, columns])


def _sentences(path: Path) -> Iterator[TextInContext]:
    """Yield the sentences of every paragraph, each with its topic sentence and its neighbours."""
    for row in read_rows(path):
        for line in row.required("text").split("\n"):
            found = split_sentences(line)
            topic = topic_sentence(found)
            for sentence, (before, after) in zip(found, neighbours(found), strict=True):
                if _CHARS[0] <= len(sentence) <= _CHARS[1]:
                    yield TextInContext(sentence, None, topic, before, after)
