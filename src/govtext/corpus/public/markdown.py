"""Markdown to plain text, a paragraph a line."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from govtext.errors import DataError

_FRONT_MATTER = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)|<(https?://[^>]*)>")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_OPENING = re.compile(r"^(?:#{1,6}\s+|>\s?)+")
_RULE = re.compile(r"[-*_=\s|:]+")
_SPACE = re.compile(r"[ \t\u00a0\u3000]+")


def split_front_matter(text: str, place: str) -> tuple[Mapping[str, object], str]:
    """Return the fields of a document's YAML head, empty where it has none, and what follows.

    Raises:
        DataError: The head is not YAML.
    """
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    try:
        fields = yaml.load(match[1], Loader=yaml.BaseLoader)  # noqa: S506 - texts, nothing else
    except yaml.YAMLError as error:
        raise DataError(f"{place}: the head is not YAML: {error}") from error
    return (fields if isinstance(fields, dict) else {}), text[match.end() :]


def plain_text(markdown: str, *, squeeze: bool = True) -> str:
    """Return the text without marks of headings, quotes, emphasis, links, images and HTML.

    List marks, footnotes and rows of tables stay. Blank lines and rules go.

    Args:
        markdown: The document without its YAML head.
        squeeze: Make one space of each run of white space in a line.
    """
    text = _COMMENT.sub("", markdown)
    text = _LINK.sub(lambda match: match[1] or match[2] or "", _IMAGE.sub("", text))
    text = _TAG.sub("", text).replace("**", "")
    lines = (_OPENING.sub("", line.strip()).strip() for line in text.splitlines())
    kept = (line for line in lines if line and not _RULE.fullmatch(line))
    return "\n".join(_SPACE.sub(" ", line) if squeeze else line for line in kept)
