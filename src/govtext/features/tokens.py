"""A sentence and its context as the tokens that an encoder reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from govtext.errors import ModelError
from govtext.features.context import TextInContext

if TYPE_CHECKING:
    from tokenizers import Tokenizer

TOKENIZER_FILE = "tokenizer.json"
_BETWEEN = " / "


@dataclass(frozen=True, slots=True)
class Tokens:
    """What an encoder reads at once.

    Attributes:
        ids: The tokens: a first one, the sentence, a separator, and, where there is one, the
            context and another separator.
        sentence: How many of them are the sentence; they begin at the second.
    """

    ids: list[int]
    sentence: int


class TokenReader:
    """Turns sentences in context into tokens.

    Attributes:
        first: The token that every input begins with.
        separator: The token behind the sentence and behind the context.
        context: What is read besides the sentence, as fields of `TextInContext`.
        max_tokens: Most tokens that are read at once.
    """

    def __init__(
        self,
        folder: Path,
        *,
        first: str,
        separator: str,
        context: Sequence[str],
        max_tokens: int,
    ) -> None:
        """Read the tokenizer of an encoder's folder; the rest as the attributes say.

        Raises:
            ModelError: There is no tokenizer, or it lacks one of both tokens.
        """
        self.first = first
        self.separator = separator
        self.context = tuple(context)
        self.max_tokens = max_tokens
        self._tokenizer = load_tokenizer(folder / TOKENIZER_FILE)
        self._first = self._id(first)
        self._separator = self._id(separator)

    def read(self, item: TextInContext) -> Tokens:
        """Return the tokens of an input; what is over the limit is cut, the context first."""
        sentence = self._encode(item.text)[: self.max_tokens - 2]
        return self._join(sentence, self._context(item))

    def read_whole(self, item: TextInContext) -> list[Tokens]:
        """Return the tokens of an input, in as many parts as hold the whole sentence."""
        sentence, context = self._encode(item.text), self._context(item)
        size = self.max_tokens - 2
        starts = range(0, max(len(sentence), 1), size)
        return [self._join(sentence[start : start + size], context) for start in starts]

    def length(self, item: TextInContext) -> int:
        """Return how many tokens the sentence alone takes."""
        return len(self._encode(item.text)) + 2

    def _join(self, sentence: list[int], context: list[int]) -> Tokens:
        ids = [self._first, *sentence, self._separator]
        room = self.max_tokens - len(ids) - 1
        if context and room > 0:
            ids += [*context[:room], self._separator]
        return Tokens(ids, len(sentence))

    def _context(self, item: TextInContext) -> list[int]:
        around = _BETWEEN.join(item.around(self.context))
        return self._encode(around) if around else []

    def _encode(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def _id(self, token: str) -> int:
        found = self._tokenizer.token_to_id(token)
        if found is None:
            raise ModelError(f"the tokenizer has no token {token!r}")
        return int(found)


def load_tokenizer(path: Path) -> Tokenizer:
    """Return the tokenizer of a `tokenizer.json`.

    Raises:
        ModelError: The file is not one.
    """
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
