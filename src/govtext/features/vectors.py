"""Vectors of sentences in context, by CTranslate2: neither torch nor transformers is needed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from govtext.errors import ModelError
from govtext.features.context import TextInContext
from govtext.features.tokens import TokenReader, Tokens

if TYPE_CHECKING:
    from ctranslate2 import Encoder

# Inputs of like length share a batch; larger ones are no faster on a processor.
_BATCH = 16


class VectorEngine:
    """A converted encoder. Safe to use from several threads.

    Attributes:
        folder: Where its files are.
        reader: Turns inputs into tokens.
    """

    def __init__(self, folder: Path, reader: TokenReader, *, threads: int = 0) -> None:
        """Load an encoder that `export_encoder` converted.

        Args:
            folder: The folder that it was written to.
            reader: Turns inputs into tokens.
            threads: Processor threads that one call uses, 0 for what CTranslate2 thinks best.

        Raises:
            ModelError: CTranslate2 cannot read the folder.
        """
        self.folder = folder
        self.reader = reader
        self._encoder = _load(folder, threads)

    def vectors(self, inputs: Sequence[TextInContext]) -> NDArray[np.float32]:
        """Return the mean of the hidden states of each sentence's tokens, shape (inputs, width).

        There must be an input. The context is read but not part of the mean. A sentence over the
        encoder's limit is read in parts, each with the context; the mean goes over all of them.
        """
        parts = [self.reader.read_whole(item) for item in inputs]
        flat = [tokens for of_input in parts for tokens in of_input]
        sums = self._sums(flat)
        sizes = np.array([tokens.sentence for tokens in flat], dtype=np.float32)
        first = np.cumsum([0, *map(len, parts[:-1])])
        counts = np.maximum(np.add.reduceat(sizes, first), 1)
        return np.asarray(np.add.reduceat(sums, first, axis=0) / counts[:, None])

    def _sums(self, inputs: Sequence[Tokens]) -> NDArray[np.float32]:
        """Return the sum of the hidden states of each sentence's tokens, shape (inputs, width)."""
        sums: list[NDArray[np.float32]] = [np.empty(0, np.float32)] * len(inputs)
        order = sorted(range(len(inputs)), key=lambda i: len(inputs[i].ids))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            for i, states in zip(batch, self._states([inputs[i] for i in batch]), strict=True):
                sums[i] = states[1 : 1 + inputs[i].sentence].sum(axis=0)
        return np.stack(sums)

    def _states(self, batch: Sequence[Tokens]) -> NDArray[np.float32]:
        output: Any = self._encoder.forward_batch([tokens.ids for tokens in batch])
        return np.asarray(output.last_hidden_state)


def _load(folder: Path, threads: int) -> Encoder:
    import ctranslate2

    try:
        return ctranslate2.Encoder(str(folder), inter_threads=1, intra_threads=threads)
    except (RuntimeError, ValueError) as error:
        raise ModelError(f"{folder}: CTranslate2 cannot read the encoder: {error}") from error
