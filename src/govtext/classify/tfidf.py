"""The linear classifier on TF-IDF features: probabilities, saving, loading."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govtext.bundle.manifest import Manifest, write_manifest
from govtext.classify.folder import TASK, read_folder
from govtext.classify.probabilities import softmax
from govtext.features.context import TextInContext
from govtext.features.tfidf import Terms, TfidfFeatures

KIND = "tfidf-linear"
_ARRAYS = "arrays.safetensors"
_TERMS = "terms.json"


class TfidfClassifier:
    """A multinomial logistic regression on TF-IDF of words and character n-grams.

    Attributes:
        labels: The labels, in the order of the columns of `probabilities`.
        context: What is read besides the sentence.
        temperature: What scores are divided by before the softmax; over 0.
    """

    def __init__(
        self,
        labels: Sequence[str],
        features: TfidfFeatures,
        *,
        weights: NDArray[np.float32],
        bias: NDArray[np.float32],
        temperature: float = 1.0,
    ) -> None:
        """Take what training learned.

        Args:
            labels: The labels, at least two.
            features: What turns sentences into rows.
            weights: Shape (labels, columns of the features).
            bias: Shape (labels,).
            temperature: What scores are divided by before the softmax; over 0.
        """
        self.labels = tuple(labels)
        self._features = features
        self._weights = weights
        self._bias = bias
        self.context = features.context
        self.temperature = temperature

    def scores(self, inputs: Sequence[TextInContext]) -> NDArray[np.float64]:
        """Return the score of each label, shape (inputs, labels)."""
        return np.asarray(self._features.transform(inputs) @ self._weights.T + self._bias)

    def probabilities(self, inputs: Sequence[TextInContext]) -> NDArray[np.float64]:
        """Return the probability of each label, shape (inputs, labels); rows sum to 1."""
        return softmax(self.scores(inputs), self.temperature)

    def save(self, folder: Path) -> None:
        """Write the model as plain arrays and JSON into a folder, made where needed."""
        from safetensors.numpy import save

        folder.mkdir(parents=True, exist_ok=True)
        arrays = {"weights": self._weights, "bias": self._bias}
        vocabularies = []
        for i, terms in enumerate(self._features.terms):
            arrays[f"idf_{i}"] = terms.idf
            vocabularies.append({"unit": terms.unit, "span": terms.span, "terms": terms.vocabulary})
        plain = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
        (folder / _ARRAYS).write_bytes(save(plain))
        content = json.dumps(vocabularies, ensure_ascii=False)
        (folder / _TERMS).write_text(content, encoding="utf-8")
        settings = {
            "labels": list(self.labels),
            "context": list(self._features.context),
            "context_weight": self._features.context_weight,
            "temperature": self.temperature,
        }
        write_manifest(folder, task=TASK, kind=KIND, settings=settings)

    @classmethod
    def load(cls, folder: Path) -> TfidfClassifier:
        """Read a model that `save` wrote; nothing in the folder is run.

        Raises:
            MissingFileError: The folder is not there.
            ModelError: The model is incomplete or its parts do not fit together.
        """
        return read_folder(folder, KIND, cls._assemble)

    @classmethod
    def _assemble(cls, folder: Path, manifest: Manifest) -> TfidfClassifier:
        from safetensors.numpy import load_file

        arrays = load_file(folder / _ARRAYS)
        vocabularies: list[dict[str, Any]] = json.loads(
            (folder / _TERMS).read_text(encoding="utf-8")
        )
        terms = [
            Terms(v["unit"], (v["span"][0], v["span"][1]), tuple(v["terms"]), arrays[f"idf_{i}"])
            for i, v in enumerate(vocabularies)
        ]
        settings = manifest.settings
        features = TfidfFeatures(
            terms, context=settings["context"], context_weight=settings["context_weight"]
        )
        columns = sum(len(t.vocabulary) for t in terms) * (2 if settings["context"] else 1)
        expected = (len(settings["labels"]), columns)
        if arrays["weights"].shape != expected:
            raise ValueError(f"weights have shape {arrays['weights'].shape}, expected {expected}")
        if arrays["bias"].shape != expected[:1] or len(set(settings["labels"])) != expected[0]:
            raise ValueError(f"expected {expected[0]} different labels, each with its bias")
        return cls(
            settings["labels"],
            features,
            weights=arrays["weights"],
            bias=arrays["bias"],
            temperature=settings["temperature"],
        )
