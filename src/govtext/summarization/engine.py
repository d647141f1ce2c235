"""Write summaries with CTranslate2: neither torch nor transformers is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from govtext.bundle.manifest import read_manifest
from govtext.errors import InputError, ModelError
from govtext.summarization.marks import restore_marks
from govtext.summarization.prompt import model_input

if TYPE_CHECKING:
    from ctranslate2 import Translator
    from tokenizers import Tokenizer

TASK = "summarizer"
KIND = "ctranslate2"
TOKENIZER_FILE = "tokenizer.json"

_BATCH = 16
_UNREPEATED = 3
# Small models stutter (文化文化事业); this keeps them from it without changing what they say.
_REPETITION_PENALTY = 1.2


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to sum a text up.

    Attributes:
        text: What the model wrote.
        score: Mean log probability of its tokens; higher is better.
    """

    text: str
    score: float


class Engine:
    """A trained summarizer. Safe to use from several threads."""

    def __init__(
        self, translator: Translator, tokenizer: Tokenizer, *, max_source_tokens: int
    ) -> None:
        self._translator = translator
        self._tokenizer = tokenizer
        self.max_source_tokens = max_source_tokens

    @classmethod
    def load(cls, folder: Path, *, threads: int = 0) -> Engine:
        """Load a model folder.

        Args:
            folder: A folder that `export_model` wrote.
            threads: Processor threads that one call uses, 0 for what CTranslate2 thinks best.

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
        return cls(
            _load_translator(folder, threads),
            _load_tokenizer(folder / TOKENIZER_FILE),
            max_source_tokens=max_source_tokens,
        )

    def count_tokens(self, text: str) -> int:
        """Return how many tokens of `max_source_tokens` a text takes, without its kind."""
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def generate(
        self, texts: Sequence[str], *, kind: str, beam: int = 4, max_tokens: int = 128
    ) -> list[list[Candidate]]:
        """Sum up each text.

        Args:
            texts: What to sum up, each within `max_source_tokens`.
            kind: headline, section or report.
            beam: Candidates that are followed, and returned, for each text.
            max_tokens: Longest summary.

        Returns:
            For each text, in order, its candidates, best first.

        Raises:
            InputError: A text is too long, or the kind is not known.
        """
        sources = [self._tokens(text, kind) for text in texts]
        if not sources:
            return []
        results = self._translator.translate_batch(
            sources,
            beam_size=beam,
            num_hypotheses=beam,
            return_scores=True,
            no_repeat_ngram_size=_UNREPEATED,
            repetition_penalty=_REPETITION_PENALTY,
            max_decoding_length=max_tokens,
            max_input_length=0,
            max_batch_size=_BATCH,
            disable_unk=True,
        )
        return [
            [
                Candidate(self._text(tokens), score)
                for tokens, score in zip(result.hypotheses, result.scores, strict=True)
            ]
            for result in results
        ]

    def _tokens(self, text: str, kind: str) -> list[str]:
        tokens = self._tokenizer.encode(model_input(text, kind)).tokens
        if len(tokens) > self.max_source_tokens:
            raise InputError(
                f"a text of {len(tokens)} tokens ({text[:20]}…) is over the model's limit of "
                f"{self.max_source_tokens}; split it"
            )
        return list(tokens)

    def _text(self, tokens: list[str]) -> str:
        ids = [i for i in map(self._tokenizer.token_to_id, tokens) if i is not None]
        return restore_marks(self._tokenizer.decode(ids, skip_special_tokens=True).strip())


def _load_translator(folder: Path, threads: int) -> Translator:
    import ctranslate2

    try:
        return ctranslate2.Translator(str(folder), inter_threads=1, intra_threads=threads)
    except (RuntimeError, ValueError) as error:
        raise ModelError(f"{folder}: CTranslate2 cannot read the model: {error}") from error


def _load_tokenizer(path: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
    except Exception as error:  # tokenizers raises nothing narrower
        raise ModelError(f"{path}: not a tokenizer: {error}") from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    # A text that spells `</s>` must not end there.
    tokenizer.encode_special_tokens = True
    return tokenizer
