"""The fast classifier: sums of one weight a label for each character n-gram; only numpy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from govtext.bundle.manifest import Manifest, write_manifest
from govtext.classify.folder import TASK, read_folder
from govtext.classify.probabilities import softmax
from govtext.features.context import TextInContext
from govtext.features.hashing import hashed_ngrams

KIND = "hashed-linear"
_ARRAYS = "arrays.safetensors"
# What a processor keeps close at hand; four times as many are a third slower.
_CHUNK = 256


@dataclass(frozen=True, slots=True)
class WeightedSlots:
    """The n-grams of one length, of the sentences or of their contexts.

    Attributes:
        slots: Shape (n-grams,), input after input.
        bounds: Where each input begins in them, shape (inputs + 1,).
        weights: Weight of each of an input's n-grams, shape (inputs,).
    """

    slots: NDArray[np.int32]
    bounds: NDArray[np.int64]
    weights: NDArray[np.float32]


def weighted_slots(
    inputs: Sequence[TextInContext],
    *,
    span: tuple[int, int],
    buckets: int,
    context: Sequence[str],
    context_weight: float,
) -> Iterator[WeightedSlots]:
    """Yield what a linear model on hashed n-grams sees.

    An n-gram weighs 1 over the root of the number of its text's n-grams, so that long sentences
    are no surer than short ones; those of the context have slots of their own.

    Args:
        inputs: Sentences in context.
        span: Shortest and longest n-gram.
        buckets: Number of slots, a power of two.
        context: What is read besides the sentence, as fields of `TextInContext`.
        context_weight: Weight of the context beside the sentence.
    """
    texts = [item.text for item in inputs]
    around = ["\n".join(item.around(context)) for item in inputs]
    for salt, (role, weight) in enumerate(((texts, 1.0), (around, context_weight))):
        if not any(role):
            continue
        found = list(hashed_ngrams(role, span=span, buckets=buckets, salt=salt))
        counts = sum(np.diff(bounds) for _, bounds in found)
        weights = np.asarray(weight / np.sqrt(np.maximum(counts, 1)), dtype=np.float32)
        for slots, bounds in found:
            yield WeightedSlots(slots, bounds, weights)


class HashedClassifier:
    """A linear model on hashed character n-grams of a sentence and of its context.

    Attributes:
        labels: The labels, in the order of the columns of `probabilities`.
    """

    def __init__(
        self,
        labels: Sequence[str],
        *,
        weights: NDArray[np.float32],
        bias: NDArray[np.float32],
        span: tuple[int, int],
        context: Sequence[str],
        context_weight: float,
        temperature: float = 1.0,
    ) -> None:
        """Take what training learned.

        Args:
            labels: The labels, at least two.
            weights: Shape (slots, labels); the number of slots is a power of two.
            bias: Shape (labels,).
            span: Shortest and longest n-gram.
            context: What is read besides the sentence, as fields of `TextInContext`.
            context_weight: Weight of the context beside the sentence.
            temperature: What scores are divided by before the softmax; over 0.
        """
        self.labels = tuple(labels)
        self.span = span
        self.context = tuple(context)
        self.context_weight = context_weight
        self.temperature = temperature
        self._weights = weights
        self._bias = bias

    def scores(self, inputs: Sequence[TextInContext]) -> NDArray[np.float32]:
        """Return the score of each label, shape (inputs, labels)."""
        chunks = [
            self._chunk_scores(inputs[start : start + _CHUNK])
            for start in range(0, len(inputs), _CHUNK)
        ]
        return np.concatenate(chunks) if chunks else np.zeros((0, len(self.labels)), np.float32)

    def probabilities(self, inputs: Sequence[TextInContext]) -> NDArray[np.float64]:
        """Return the probability of each label, shape (inputs, labels); rows sum to 1."""
        return softmax(self.scores(inputs), self.temperature)

    def save(self, folder: Path) -> None:
        """Write the model as plain arrays and JSON into a folder, made where needed."""
        from safetensors.numpy import save

        folder.mkdir(parents=True, exist_ok=True)
        arrays = {"weights": self._weights.astype(np.float16), "bias": self._bias}
        (folder / _ARRAYS).write_bytes(save(arrays))
        settings = {
            "labels": list(self.labels),
            "span": list(self.span),
            "context": list(self.context),
            "context_weight": self.context_weight,
            "temperature": self.temperature,
        }
        write_manifest(folder, task=TASK, kind=KIND, settings=settings)

    @classmethod
    def load(cls, folder: Path) -> HashedClassifier:
        """Read a model that `save` wrote; nothing in the folder is run.

        Raises:
            MissingFileError: The folder is not there.
            ModelError: The model is incomplete or its parts do not fit together.
        """
        return read_folder(folder, KIND, cls._assemble)

    @classmethod
    def _assemble(cls, folder: Path, manifest: Manifest) -> HashedClassifier:
        from safetensors.numpy import load

        arrays, settings = load((folder / _ARRAYS).read_bytes()), manifest.settings
        weights, bias = arrays["weights"].astype(np.float32), arrays["bias"]
        slots, labels = weights.shape
        if slots & (slots - 1) or bias.shape != (labels,) or len(settings["labels"]) != labels:
            raise ValueError(
                f"{len(settings['labels'])} labels, weights {weights.shape}, bias {bias.shape}"
            )
        return cls(
            settings["labels"],
            weights=weights,
            bias=bias,
            span=(int(settings["span"][0]), int(settings["span"][1])),
            context=settings["context"],
            context_weight=float(settings["context_weight"]),
            temperature=float(settings["temperature"]),
        )

    def _chunk_scores(self, inputs: Sequence[TextInContext]) -> NDArray[np.float32]:
        scores = np.tile(self._bias, (len(inputs), 1))
        for part in weighted_slots(
            inputs,
            span=self.span,
            buckets=len(self._weights),
            context=self.context,
            context_weight=self.context_weight,
        ):
            some = np.flatnonzero(np.diff(part.bounds))
            if len(some):
                sums = np.add.reduceat(self._weights[part.slots], part.bounds[some], axis=0)
                scores[some] += part.weights[some, None] * sums
        return scores
