"""The linear classifier on TF-IDF features: probabilities, saving, loading."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govtext.bundle.manifest import Manifest, read_manifest, write_manifest
from govtext.errors import ModelError
from govtext.features.tfidf import Terms, TextInContext, TfidfFeatures

TASK = "classifier"
KIND = "tfidf-linear"
_ARRAYS = "arrays.safetensors"
_TERMS = "terms.json"


class LinearClassifier:
    """A multinomial logistic regression whose scores are divided by a temperature.

    Attributes:
        labels: The labels, in the order of the columns of `probabilities`.
    """

    def __init__(
        self,
        labels: Sequence[str],
        features: TfidfFeatures,
        *,
        weights: NDArray[np.float32],
        bias: NDArray[np.float32],
        temperature: float,
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
        self._temperature = temperature

    def probabilities(self, inputs: Sequence[TextInContext]) -> NDArray[np.float64]:
        """Return the probability of each label, shape (inputs, labels); rows sum to 1."""
        scores = self._features.transform(inputs) @ self._weights.T.astype(np.float64) + self._bias
        scores = scores / self._temperature
        powers: NDArray[np.float64] = np.exp(scores - scores.max(axis=1, keepdims=True))
        powers /= powers.sum(axis=1, keepdims=True)
        return powers

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
            "temperature": self._temperature,
        }
        write_manifest(folder, task=TASK, kind=KIND, settings=settings)

    @classmethod
    def load(cls, folder: Path) -> LinearClassifier:
        """Read a model that `save` wrote; nothing in the folder is run.

        Raises:
            MissingFileError: The folder is not there.
            ModelError: The model is incomplete or its parts do not fit together.
        """
        manifest = read_manifest(folder, task=TASK)
        if manifest.kind != KIND:
            raise ModelError(f"{folder}: a model of kind {manifest.kind!r}, expected {KIND}")
        try:
            return cls._assemble(folder, manifest)
        except (KeyError, ValueError, OSError, TypeError, AttributeError, IndexError) as error:
            raise ModelError(f"{folder}: the model's files do not fit together: {error}") from error
        except Exception as error:
            if type(error).__module__.startswith("safetensors"):
                raise ModelError(f"{folder / _ARRAYS}: not valid arrays: {error}") from error
            raise

    @classmethod
    def _assemble(cls, folder: Path, manifest: Manifest) -> LinearClassifier:
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
        if not settings["temperature"] > 0 or not set(settings["context"]) <= {"heading", "topic"}:
            raise ValueError("temperature or context is none that this govtext knows")
        return cls(
            settings["labels"],
            features,
            weights=arrays["weights"],
            bias=arrays["bias"],
            temperature=settings["temperature"],
        )
