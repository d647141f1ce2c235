"""The parts of a text that a summary may not invent: quantities, titles, quoted terms, names."""

from __future__ import annotations

import re

from govtext.text.names import has_name, names

NUMBER = re.compile(
    r"[0-9０-９]+(?:[,，][0-9０-９]{3}(?![0-9０-９]))*(?:[.．][0-9０-９]+)?\s*(?:[%％‰]|[万亿千百]+)?(?:个百分点)?"
)
_DATE = re.compile(
    r"(?<![0-9])(?:[0-9]{4}年(?:度)?(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[0-9]{1,2}月(?:[0-9]{1,2}日)?)"
)
_TITLE = re.compile(r"《[^《》]+》")
_QUOTED = re.compile(r"“[^“”]+”")
_WIDE_DIGITS = {ord("０") + i: ord("0") + i for i in range(10)}
_FULL_TO_HALF = _WIDE_DIGITS | {
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
    return [normal_number(match.group()) for match in NUMBER.finditer(text)]


def normal_number(number: str) -> str:
    """Return a number with half-width digits, without separators and spaces."""
    return number.translate(_FULL_TO_HALF)


def dates(text: str) -> list[str]:
    """Return the years, months and days written in digits, each as precise as it is stated."""
    half = text.translate(_WIDE_DIGITS)
    return [match.group().replace("年度", "年") for match in _DATE.finditer(half)]


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
