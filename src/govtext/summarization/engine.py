"""Write summaries with CTranslate2: neither torch nor transformers is needed."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govtext.bundle.cache import read_once
from govtext.bundle.manifest import read_manifest
from govtext.errors import InputError, ModelError
from govtext.features.tokens import TOKENIZER_FILE, load_tokenizer
from govtext.summarization.entailment import Entailment
from govtext.summarization.generation import Candidate, Question, Request
from govtext.summarization.marks import restore_marks
from govtext.summarization.prompt import model_input

if TYPE_CHECKING:
    from ctranslate2 import Translator
    from tokenizers import Tokenizer

DEFAULT_MODEL = "base"
TASK = "summarizer"
KIND = "ctranslate2"
# The entry of the manifest that says how the model's statements are judged; it may be missing.
ENTAILMENT = "entailment"

BEAM = 8
_MOST_THREADS = 8
UNREPEATED = 3
# Small models stutter (文化文化事业); this keeps them from it without changing what they say.
REPETITION_PENALTY = 1.4
_SCORED_TOKENS = 2048


class Engine:
    """A trained summarizer. Safe to use from several threads."""

    def __init__(
        self,
        translator: Translator,
        tokenizer: Tokenizer,
        *,
        max_source_tokens: int,
        entailment: Entailment | None = None,
    ) -> None:
        self.translator = translator
        self._tokenizer = tokenizer
        self.max_source_tokens = max_source_tokens
        self.entailment = entailment

    @classmethod
    def load(cls, folder: Path, *, threads: int | None = None) -> Engine:
        """Load a model folder.

        Args:
                folder: A folder that `export_model` wrote.
                threads: As for `Engine.load`.

        Raises:
                MissingFileError: The folder is not there.
                ModelError: It is not a summarizer, is incomplete, or is damaged.
        """
        manifest = read_manifest(folder, task=TASK)
        if manifest.kind != KIND:
            raise ModelError(f"{folder}: a {manifest.kind} summarizer; this govtext reads {KIND}")
        try:
            max_source_tokens = int(manifest.settings["max_source_tokens"])
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"{folder}: the manifest lacks max_source_tokens") from error
        tokenizer = load_tokenizer(folder / TOKENIZER_FILE)
        translator = _load_translator(folder, threads)
        return cls(
            translator,
            tokenizer,
            max_source_tokens=max_source_tokens,
            entailment=_entailment(manifest.settings.get(ENTAILMENT), folder),
        )

    def count_tokens(self, text: str) -> int:
        """Return how many tokens of `max_source_tokens` a text takes, without its kind."""
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def generate(
        self, requests: Sequence[Request], *, beam: int = BEAM, max_tokens: int = 128
    ) -> list[list[Candidate]]:
        """Sum up each text.

        Args:
            requests: What to sum up, each text within `max_source_tokens`, and how.
            beam: Candidates that are followed, and returned, for each text.
            max_tokens: Longest summary.

        Returns:
            For each request, in order, its candidates, best first.

        Raises:
            InputError: A text is too long, or a kind is not known.
        """
        results = self.translator.translate_batch(
            [self.tokens(request) for request in requests],
            beam_size=beam,
            num_hypotheses=beam,
            return_scores=True,
            no_repeat_ngram_size=UNREPEATED,
            repetition_penalty=REPETITION_PENALTY,
            max_decoding_length=max_tokens,
            max_input_length=0,
            # Each text by itself: its summary does not depend on those beside it.
            max_batch_size=1,
            disable_unk=True,
        )
        return [
            [
                Candidate(self.text(tokens), score)
                for tokens, score in zip(result.hypotheses, result.scores, strict=True)
            ]
            for result in results
        ]

    def score(self, questions: Sequence[Question]) -> list[list[float]]:
        """Return the log probability of each token of each statement, given its text.

        Raises:
            InputError: A text is too long.
        """
        results = self.translator.score_batch(
            [self.tokens(Request(question.text, "headline")) for question in questions],
            [
                self._tokenizer.encode(question.statement, add_special_tokens=False).tokens
                for question in questions
            ],
            max_batch_size=_SCORED_TOKENS,
            batch_type="tokens",
            max_input_length=0,
        )
        # The last is the end, which is no part of the statement.
        return [list(result.log_probs[:-1]) for result in results]

    def tokens(self, request: Request) -> list[str]:
        """Return what the model reads of a request.

        Raises:
            InputError: The text is too long, or the kind is not known.
        """
        tokens = self._tokenizer.encode(model_input(request.text, request.kind)).tokens
        if len(tokens) > self.max_source_tokens:
            raise InputError(
                f"a text of {len(tokens)} tokens ({request.text[:20]}…) is over the model's limit "
                f"of {self.max_source_tokens}; split it"
            )
        return list(tokens)

    def text(self, tokens: Sequence[str]) -> str:
        """Return tokens that the model wrote as a text."""
        ids = [i for i in map(self._tokenizer.token_to_id, tokens) if i is not None]
        return restore_marks(self._tokenizer.decode(ids, skip_special_tokens=True).strip())


def load_engine(model: str | Path = DEFAULT_MODEL, *, threads: int | None = None) -> Engine:
    """Return a summarizer, read once and kept as long as its manifest does not change.

    Args:
        model: A shipped model, a model folder, or an MLflow URI.
        threads: Texts that are written at once, each by one processor thread; 0 for as many as
                there are processors, at most eight.

    Raises:
        ModelError: The model cannot be found or is incomplete.
        MissingFileError: There is no such folder.
    """
    return _reader(threads)(model)


@lru_cache(maxsize=4)
def _reader(threads: int | None) -> Callable[[str | Path], Engine]:
    return read_once(partial(Engine.load, threads=threads), task=TASK, most=2)


def _entailment(settings: Any, folder: Path) -> Entailment | None:
    if settings is None:
        return None
    try:
        weights = {str(name): float(weight) for name, weight in settings["weights"].items()}
        return Entailment(weights, float(settings["bias"]))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{folder}: the manifest's {ENTAILMENT} is malformed") from error


def _load_translator(folder: Path, threads: int | None) -> Translator:
    import ctranslate2

    try:
        return ctranslate2.Translator(
            str(folder), inter_threads=threads or _processors(), intra_threads=1
        )
    except (RuntimeError, ValueError) as error:
        raise ModelError(f"{folder}: CTranslate2 cannot read the model: {error}") from error


def _processors() -> int:
    return min(len(os.sched_getaffinity(0)), _MOST_THREADS)
