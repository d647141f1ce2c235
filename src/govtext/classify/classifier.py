"""What every kind of classifier can do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from govtext.features.context import TextInContext


class Classifier(Protocol):
    """A trained classifier.

    Attributes:
        labels: The labels, in the order of the columns of `scores` and `probabilities`.
        context: What is read besides the sentence, as fields of `TextInContext`.
        temperature: What scores are divided by before the softmax; over 0.
    """

    labels: tuple[str, ...]
    context: tuple[str, ...]
    temperature: float

    def scores(self, inputs: Sequence[TextInContext]) -> NDArray[np.floating[Any]]:
        """Return the score of each label, shape (inputs, labels)."""

    def probabilities(self, inputs: Sequence[TextInContext]) -> NDArray[np.float64]:
        """Return the probability of each label, shape (inputs, labels); rows sum to 1."""

    def save(self, folder: Path) -> None:
        """Write the model as arrays and JSON into a folder, made where needed."""


ReadClassifier = Callable[[Path], Classifier]
