"""How a model is told which kind of summary to write."""

from __future__ import annotations

from typing import Literal

from govtext.errors import InputError

Kind = Literal["heading", "headline", "section", "report"]

# Tokens of the longest input that are kept for the word and for what joined texts may add.
ROOM = 16

_PREFIXES: dict[str, str] = {
    "heading": "小标题：",
    "headline": "标题：",
    "section": "段落摘要：",
    "report": "全文摘要：",
    # Learned, never asked for: see `denoising`.
    "original": "原文：",
}
_LINE_ENDS = tuple("。！？；：，、!?;:,”）…")


def model_input(text: str, kind: str) -> str:
    """Return a text as the model reads it: on one line, after a word for the kind of summary.

    A line without a final mark, such as a heading, gets one.

    Raises:
        InputError: The kind is not known.
    """
    if kind not in _PREFIXES:
        raise InputError(f"kind {kind!r} is not known; expected one of {', '.join(_PREFIXES)}")
    return _PREFIXES[kind] + "".join(_closed(line) for line in text.split("\n") if line.strip())


def _closed(line: str) -> str:
    return line if line.rstrip().endswith(_LINE_ENDS) else line + "。"
