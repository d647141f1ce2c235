"""The parts of a text that a summary may not invent: quantities, titles, quoted terms, names."""

from __future__ import annotations

import re

from govtext.text.names import has_name, names

_NUMBER = re.compile(
    r"[0-9０-９]+(?:[,，][0-9０-９]{3}(?![0-9０-９]))*(?:[.．][0-9０-９]+)?\s*(?:[%％‰]|[万亿千百]+)?(?:个百分点)?"
)
_TITLE = re.compile(r"《[^《》]+》")
_QUOTED = re.compile(r"“[^“”]+”")
_FULL_TO_HALF = {ord("０") + i: ord("0") + i for i in range(10)} | {
    ord("％"): "%",
    ord("．"): ".",
    ord(","): None,
    ord("，"): None,
    ord(" "): None,
}


def numbers(text: str) -> list[str]:
    """Return the numbers written in digits, with percent sign or 万 and 亿, in normal form.

    Digits become half-width and thousands separators go: `１，２００万` is `1200万`.
    """
    return [match.group().translate(_FULL_TO_HALF) for match in _NUMBER.finditer(text)]


def titles(text: str) -> list[str]:
    """Return the titles in 《》, marks included."""
    return _TITLE.findall(text)


def quoted_terms(text: str) -> list[str]:
    """Return the terms in “”, marks included."""
    return _QUOTED.findall(text)


def unsupported(summary: str, source: str) -> list[str]:
    """Return the numbers, titles, quoted terms and names of a summary that its source lacks.

    Args:
        summary: What was written.
        source: What it was written from.

    Returns:
        The offenders: numbers, titles, quoted terms and names (see `names.names`), each kind in
        the order in which the summary has them.
    """
    known_numbers = set(numbers(source))
    flat = re.sub(r"\s", "", source)
    marked = titles(summary) + quoted_terms(summary)
    plain = _QUOTED.sub("", _TITLE.sub("", summary))
    return [
        *(number for number in numbers(summary) if number not in known_numbers),
        *(term for term in marked if re.sub(r"\s", "", term[1:-1]) not in flat),
        *(name for name in names(plain) if not has_name(name, flat)),
    ]
