"""The accurate classifier: a linear head on the vectors of a fine-tuned encoder."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govtext.bundle.manifest import Manifest, write_manifest
from govtext.classify.folder import TASK, read_folder
from govtext.classify.probabilities import softmax
from govtext.features.context import TextInContext
from govtext.features.export import ENCODER_FILES
from govtext.features.tokens import TokenReader
from govtext.features.vectors import VectorEngine

KIND = "encoder"
_HEAD = "head.safetensors"


class EncoderClassifier:
    """A linear head on sentence vectors. Safe to use from several threads.

    Attributes:
        labels: The labels, in the order of the columns of `probabilities`.
        temperature: What scores are divided by before the softmax; over 0.
    """

    def __init__(
        self,
        labels: Sequence[str],
        engine: VectorEngine,
        *,
        weights: NDArray[np.float32],
        bias: NDArray[np.float32],
        temperature: float = 1.0,
    ) -> None:
        """Take what training learned.

        Args:
            labels: The labels, at least two.
            engine: The encoder.
            weights: Shape (labels, width of a vector).
            bias: Shape (labels,).
            temperature: What scores are divided by before the softmax; over 0.
        """
        self.labels = tuple(labels)
        self.context = engine.reader.context
        self.temperature = temperature
        self._engine = engine
        self._weights = weights
        self._bias = bias

    def scores(self, inputs: Sequence[TextInContext]) -> NDArray[np.float32]:
        """Return the score of each label, shape (inputs, labels)."""
        return np.asarray(self._engine.vectors(inputs) @ self._weights.T + self._bias)

    def probabilities(self, inputs: Sequence[TextInContext]) -> NDArray[np.float64]:
        """Return the probability of each label, shape (inputs, labels); rows sum to 1."""
        return softmax(self.scores(inputs), self.temperature)

    def save(self, folder: Path) -> None:
        """Write the model as CTranslate2's files, arrays and JSON into a folder, made if needed."""
        from safetensors.numpy import save

        reader = self._engine.reader
        folder.mkdir(parents=True, exist_ok=True)
        for name in ENCODER_FILES:
            if folder.resolve() != self._engine.folder.resolve():
                shutil.copyfile(self._engine.folder / name, folder / name)
        arrays = {"weights": np.ascontiguousarray(self._weights), "bias": self._bias}
        (folder / _HEAD).write_bytes(save(arrays))
        settings: dict[str, Any] = {
            "labels": list(self.labels),
            "context": list(reader.context),
            "first": reader.first,
            "separator": reader.separator,
            "max_tokens": reader.max_tokens,
            "temperature": self.temperature,
        }
        write_manifest(folder, task=TASK, kind=KIND, settings=settings)

    @classmethod
    def load(cls, folder: Path, *, threads: int = 0) -> EncoderClassifier:
        """Read a model that `save` wrote; nothing in the folder is run.

        Args:
            folder: The model folder.
            threads: Processor threads that one call uses, 0 for what CTranslate2 thinks best.

        Raises:
            MissingFileError: The folder is not there.
            ModelError: The model is incomplete or its parts do not fit together.
        """

        def assemble(folder: Path, manifest: Manifest) -> EncoderClassifier:
            return cls._assemble(folder, manifest, threads)

        return read_folder(folder, KIND, assemble)

    @classmethod
    def _assemble(cls, folder: Path, manifest: Manifest, threads: int) -> EncoderClassifier:
        from safetensors.numpy import load_file

        arrays, settings = load_file(folder / _HEAD), manifest.settings
        weights, bias = arrays["weights"], arrays["bias"]
        labels = len(settings["labels"])
        if weights.ndim != 2 or weights.shape[0] != labels or bias.shape != (labels,):
            raise ValueError(f"{labels} labels, weights {weights.shape}, bias {bias.shape}")
        reader = TokenReader(
            folder,
            first=settings["first"],
            separator=settings["separator"],
            context=settings["context"],
            max_tokens=int(settings["max_tokens"]),
        )
        return cls(
            settings["labels"],
            VectorEngine(folder, reader, threads=threads),
            weights=weights,
            bias=bias,
            temperature=float(settings["temperature"]),
        )
