"""Several classifiers as one: an encoder for meaning, n-grams for wording."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from govtext.bundle.manifest import Manifest, write_manifest
from govtext.classify.folder import TASK, read_folder
from govtext.classify.probabilities import softmax
from govtext.errors import ModelError
from govtext.features.context import TextInContext

if TYPE_CHECKING:
    from govtext.classify.classifier import Classifier, ReadClassifier

KIND = "ensemble"


class EnsembleClassifier:
    """Gives a label the mean of the scores that its members give it, each at its temperature.

    That is the geometric mean of the members' probabilities.
    Source: Hinton, "Training Products of Experts by Minimizing Contrastive Divergence", 2002.

    Attributes:
        labels: The labels, in the order of the columns of `probabilities`.
        context: What its members read besides the sentence.
        temperature: What scores are divided by before the softmax; over 0.
    """

    def __init__(self, members: Sequence[Classifier], *, temperature: float = 1.0) -> None:
        """Take the members, two or more.

        Raises:
            ModelError: They know different labels.
        """
        for member in members:
            if set(member.labels) != set(members[0].labels):
                raise ModelError(
                    f"the members of an ensemble know different labels: "
                    f"{', '.join(members[0].labels)}; and {', '.join(member.labels)}"
                )
        self.labels = members[0].labels
        self.context = tuple(dict.fromkeys(part for m in members for part in m.context))
        self.temperature = temperature
        self._members = tuple(members)

    def scores(self, inputs: Sequence[TextInContext]) -> NDArray[np.float64]:
        """Return the score of each label, shape (inputs, labels)."""
        return np.asarray(np.mean([self._scores_of(m, inputs) for m in self._members], axis=0))

    def probabilities(self, inputs: Sequence[TextInContext]) -> NDArray[np.float64]:
        """Return the probability of each label, shape (inputs, labels); rows sum to 1."""
        return softmax(self.scores(inputs), self.temperature)

    def save(self, folder: Path) -> None:
        """Write each member into a folder of its own below the given one, made where needed."""
        for number, member in enumerate(self._members, start=1):
            member.save(folder / f"member-{number}")
        settings = {
            "labels": list(self.labels),
            "context": list(self.context),
            "members": len(self._members),
            "temperature": self.temperature,
        }
        write_manifest(folder, task=TASK, kind=KIND, settings=settings)

    @classmethod
    def load(cls, folder: Path, read: ReadClassifier) -> EnsembleClassifier:
        """Read a model that `save` wrote; nothing in the folder is run.

        Args:
            folder: The model folder.
            read: Reads a member's folder, of whatever kind it is.

        Raises:
            MissingFileError: The folder is not there.
            ModelError: The model is incomplete or its parts do not fit together.
        """

        def assemble(folder: Path, manifest: Manifest) -> EnsembleClassifier:
            numbers = range(1, int(manifest.settings["members"]) + 1)
            members = [read(folder / f"member-{number}") for number in numbers]
            return cls(members, temperature=float(manifest.settings["temperature"]))

        return read_folder(folder, KIND, assemble)

    def _scores_of(
        self, member: Classifier, inputs: Sequence[TextInContext]
    ) -> NDArray[np.float64]:
        columns = [member.labels.index(label) for label in self.labels]
        scores = np.asarray(member.scores(inputs), dtype=np.float64)[:, columns]
        return np.asarray((scores - scores.mean(axis=1, keepdims=True)) / member.temperature)
