"""What a classifier reads: a sentence and what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class TextInContext:
    """A sentence and what stands around it, None where that is not known.

    Attributes:
        text: The sentence.
        heading: Heading of its section.
        topic: Topic sentence of its paragraph.
        before: The sentence before it in its paragraph.
        after: The sentence after it in its paragraph.
    """

    text: str
    heading: str | None = None
    topic: str | None = None
    before: str | None = None
    after: str | None = None

    def around(self, parts: Sequence[str]) -> list[str]:
        """Return the parts of the context that are known and are not the sentence itself."""
        found = [getattr(self, part) for part in parts]
        return list(dict.fromkeys(part for part in found if part and part != self.text))


CONTEXT_PARTS = tuple(field.name for field in fields(TextInContext) if field.name != "text")
"""The fields of `TextInContext` that are not the sentence itself, in their order."""
