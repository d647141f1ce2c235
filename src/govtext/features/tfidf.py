"""TF-IDF of words and character n-grams, of a sentence and of its context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from govtext.errors import DataError
from govtext.features.context import TextInContext
from govtext.features.words import cut_words, cut_words_fast
from govtext.text.normal import normal_form

_CUTTERS = {"jieba": cut_words, "rjieba": cut_words_fast}


@dataclass(frozen=True, slots=True)
class Terms:
    """The n-grams of one kind that count, with their weights.

    Attributes:
        unit: jieba, rjieba (words by either) or char.
        span: Shortest and longest n-gram.
        vocabulary: The n-grams; their positions are their columns.
        idf: Inverse document frequency of each, shape (terms,).
    """

    unit: str
    span: tuple[int, int]
    vocabulary: tuple[str, ...]
    idf: NDArray[np.float32]


class TfidfFeatures:
    """Turns sentences in context into sparse rows.

    A row is the TF-IDF of the sentence, a block of unit length for each kind of term, and
    behind it, times a weight, the same blocks for the context. Words and characters are counted
    on the normal form of the text, so full- and half-width punctuation are the same.
    """

    def __init__(
        self, terms: Sequence[Terms], *, context: Sequence[str], context_weight: float
    ) -> None:
        """Take what `fit` learned.

        Args:
            terms: The n-grams of each kind.
            context: What is read besides the sentence, as fields of `TextInContext`.
            context_weight: Weight of the context's block.
        """
        self.terms = tuple(terms)
        self.context = tuple(context)
        self.context_weight = context_weight
        self._counters = [_counter(t.unit, t.span, vocabulary=t.vocabulary) for t in self.terms]

    @classmethod
    def fit(
        cls,
        inputs: Sequence[TextInContext],
        *,
        words: tuple[int, int] | None,
        words_by: str,
        chars: tuple[int, int] | None,
        min_count: int,
        max_features: int,
        context: Sequence[str],
        context_weight: float,
    ) -> TfidfFeatures:
        """Choose the n-grams that count and weigh them; the options are those of the config.

        Headings and topic sentences count once each, besides the sentences.

        Raises:
            DataError: No n-gram occurs often enough.
        """
        around = {getattr(item, name) for item in inputs for name in context} - {None}
        texts = [normal_form(text) for text in [*(item.text for item in inputs), *sorted(around)]]
        spans = {words_by: words, "char": chars}
        terms = [
            _fit_terms(texts, unit, span, min_count, max_features)
            for unit, span in spans.items()
            if span is not None
        ]
        return cls(terms, context=context, context_weight=context_weight)

    def transform(self, inputs: Sequence[TextInContext]) -> csr_matrix:
        """Return the rows of the inputs, shape (inputs, columns)."""
        blocks = self._blocks([item.text for item in inputs])
        if self.context:
            around = ["\n".join(item.around(self.context)) for item in inputs]
            blocks += [block * self.context_weight for block in self._blocks(around)]
        return hstack(blocks, format="csr")

    def _blocks(self, texts: Sequence[str]) -> list[csr_matrix]:
        normal = [normal_form(text) for text in texts]
        blocks = []
        for terms, counter in zip(self.terms, self._counters, strict=True):
            counts = counter.transform(normal).astype(np.float64)
            counts.data = 1 + np.log(counts.data)
            blocks.append(normalize(counts @ diags(terms.idf), copy=False))
        return blocks


def _fit_terms(
    texts: Sequence[str], unit: str, span: tuple[int, int], min_count: int, max_features: int
) -> Terms:
    counter = _counter(unit, span, min_df=min_count, max_features=max_features)
    try:
        counts = counter.fit_transform(texts)
    except ValueError as error:
        raise DataError(
            f"no {unit} n-gram occurs in {min_count} of the {len(texts)} training texts; lower "
            "features.min_count or add data"
        ) from error
    document_frequency = np.asarray((counts > 0).sum(axis=0)).ravel()
    idf = np.log((1 + len(texts)) / (1 + document_frequency)) + 1
    return Terms(unit, span, tuple(counter.get_feature_names_out()), idf.astype(np.float32))


def _counter(unit: str, span: tuple[int, int], **options: Any) -> CountVectorizer:
    if unit == "char":
        options |= {"analyzer": "char"}
    else:
        options |= {"tokenizer": _CUTTERS[unit], "token_pattern": None}
    return CountVectorizer(ngram_range=span, lowercase=False, **options)
