"""The text of a Markdown file: headings keep their `#`, other markup goes."""

from __future__ import annotations

import re

# Bounded, so that no stray mark makes the search run to the end of a long line.
_MARKUP = (
    (re.compile(r"!\[[^\[\]\n]{0,200}\]\([^()\n]{0,500}\)"), ""),
    (re.compile(r"\[([^\[\]\n]{1,200})\]\([^()\n]{0,500}\)"), r"\1"),
    (re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*[-*+][ \t]+", re.MULTILINE), ""),
    (re.compile(r"(\*\*|__)(?=\S)([^\n]{0,200}?\S)\1"), r"\2"),
)


def markdown_text(text: str) -> str:
    """Return the text of a Markdown file without emphasis, links, images, quotes and bullets."""
    for markup, replacement in _MARKUP:
        text = markup.sub(replacement, text)
    return text
