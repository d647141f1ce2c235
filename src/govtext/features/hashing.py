"""Character n-grams as numbers of slots, for whole lists of texts at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from govtext.text.normal import normal_form

# What separates texts in the one string that is normalized; no normal form has it.
_SEPARATOR = "\0"
_MIX = np.uint64(0x9E3779B97F4A7C15)


def hashed_ngrams(
    texts: Sequence[str], *, span: tuple[int, int], buckets: int, salt: int = 0
) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int64]]]:
    """Yield the slots of the character n-grams of each text, one length of n-gram after another.

    Texts are counted in their normal form. Different n-grams may share a slot.
    Source: Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML 2009.

    Args:
        texts: The texts.
        span: Shortest and longest n-gram.
        buckets: Number of slots, a power of two.
        salt: Gives the same n-grams other slots, for texts of another role.

    Yields:
        The slots, shape (n-grams of this length,), text after text; and where each text begins in
        them, shape (texts + 1,). A text may have none.
    """
    joined = _SEPARATOR.join(text.replace(_SEPARATOR, " ") for text in texts)
    codes = np.frombuffer(normal_form(joined).encode("utf-32-le"), dtype=np.uint32)
    owner = np.cumsum(codes == 0)
    rolling = np.full(len(codes), salt + 1, dtype=np.uint64)
    for size in range(1, span[1] + 1):
        rolling = rolling[: max(len(codes) - size + 1, 0)] * _MIX + codes[size - 1 :]
        if size < span[0]:
            continue
        first, last = owner[: len(rolling)], owner[size - 1 :]
        whole = (first == last) & (codes[: len(rolling)] != 0)
        counts = np.bincount(first[whole], minlength=len(texts))
        yield _spread(rolling[whole], buckets), np.concatenate([[0], np.cumsum(counts)])


def _spread(values: NDArray[np.uint64], buckets: int) -> NDArray[np.int32]:
    """Map hashes to slots by their best mixed bits."""
    mixed = (values ^ (values >> np.uint64(29))) * _MIX
    return (mixed >> np.uint64(65 - buckets.bit_length())).astype(np.int32)
