"""Bind a quantity to what it counts and to what was done.

What is counted stands behind its quantity (18项报告) or before it (报告18项), with a verb between
where the clause says what became of it (积案压到7件). Where the clause does not name it, it is
that of the figure before with the same unit (提出意见9条，采纳5条).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from govtext.keyfigures.lexicon import (
    ACTIVITIES,
    CHANGES,
    EVENT_UNITS,
    HANDLING,
    NOMINAL,
    NOUNS,
    PRODUCTS,
    RESULTS,
    TIMES,
    TRANSITIVE,
    VERBS,
)
from govtext.keyfigures.phrases import first_verb, is_agent, last_verb, phrase_end, phrase_start
from govtext.keyfigures.quantities import Quantity
from govtext.keyfigures.tokens import Token, join, tokenize
from govtext.keyfigures.units import MEASURES

_CLAUSE_MARK = re.compile(r"[，。；：！？,;:!?\n—]")
_SHARES = frozenset(("%", "％", "‰", "个百分点", "百分点", "倍", ""))
# Counted in these, a verb right behind may describe a noun: 三家外卖公司签字.
_THINGS = frozenset("位 名 家 所 座 户 个 支 间 栋 笔 处".split())
_ADDRESSING = frozenset("对 就 向 给 为 围绕 在".split())
_BECOMES = ("到", "至", "为", "达", "计", "是")
_COMPARED = frozenset("由 从 比 较".split())


@dataclass(frozen=True, slots=True)
class _Around:
    """The words of a clause before and behind a quantity, up to the next quantity."""

    before: list[Token]
    behind: list[Token]
    unit: str


def bind(sentence: str, quantities: Sequence[Quantity]) -> list[tuple[str | None, str]]:
    """Return action and object of each quantity of a sentence, in their order."""
    bound: list[tuple[str | None, str]] = []
    for i, quantity in enumerate(quantities):
        around = _around(sentence, quantities, i)
        if bound and all(token.part == "link" for token in around.before) and around.before:
            action, what = bound[-1] if not around.behind else (None, None)
        else:
            action, what = None, None
        if what is None:
            action, what = _bind(around, bound[-1][1] if bound else "")
        if what is None:
            what = _carried(quantities[:i], bound, quantity.unit)
        if action is None and around.before[:1] and around.before[0].word == "、" and bound:
            action = bound[-1][0]
        bound.append((action, what))
    return bound


def _around(sentence: str, quantities: Sequence[Quantity], i: int) -> _Around:
    quantity = quantities[i]
    left = quantities[i - 1].end if i else 0
    right = quantities[i + 1].start if i + 1 < len(quantities) else len(sentence)
    before = _CLAUSE_MARK.split(_shield(sentence[left : quantity.start]))[-1]
    behind = _CLAUSE_MARK.split(_shield(sentence[quantity.end : right]))[0]
    return _Around(
        tokenize(sentence[quantity.start - len(before) : quantity.start]),
        tokenize(sentence[quantity.end : quantity.end + len(behind)]),
        quantity.unit,
    )


def _shield(text: str) -> str:
    """Hide the marks inside quotations and titles, which end no clause."""
    return re.sub(r"“[^”]*”|《[^》]*》", lambda match: "□" * len(match[0]), text)


def _carried(
    earlier: Sequence[Quantity], bound: Sequence[tuple[str | None, str]], unit: str
) -> str:
    """Return the object of the last figure before that counts in the same unit."""
    for quantity, (_, what) in zip(reversed(earlier), reversed(bound), strict=True):
        alike = quantity.unit == unit or {quantity.unit, unit} <= _SHARES
        if alike and what and unit not in TIMES:
            return what
    return ""


def _bind(around: _Around, earlier: str) -> tuple[str | None, str | None]:
    """Return action and object; None for an object that the clause does not name."""
    behind = _object_behind(around)
    if behind is not None:
        return last_verb(around.before) or first_verb(around.behind), behind
    return _object_before(around, earlier)


def _object_behind(around: _Around) -> str | None:
    tokens, before = around.behind, around.before
    named = phrase_end(before) < len(before)
    if not tokens or (named and around.unit in _SHARES | MEASURES):
        return None
    first = tokens[0]
    if around.unit in TIMES and _is_clause(tokens):
        return ""
    if phrase_start(tokens, around.unit):
        end = phrase_start(tokens, around.unit)
        bare = end == 1 and _is_verbal(first)
        if tokens[:1] and tokens[0].word[0] in '“"' and tokens[1:2] and tokens[1].part == "of":
            return _object_behind_of(around)
        known = named or (around.unit not in EVENT_UNITS and not _awaits(before))
        if end and not (bare and known):
            return _described(tokens, end) or join(tokens[:end])
    described = None if named else _object_behind_of(around)
    if described is None and _is_attributive_verb(around):
        return join(tokens[: 1 + phrase_start(tokens[1:])])
    return described


def _described(tokens: list[Token], end: int) -> str | None:
    """Return the noun behind a short clause that describes it (三件分歧较大的建议)."""
    of = next((i for i, token in enumerate(tokens) if token.part == "of"), len(tokens))
    if not end < of <= end + 2 or is_agent(tokens[:end]):
        return None
    return join(tokens[of + 1 : of + 1 + phrase_start(tokens[of + 1 :])]) or None


def _object_behind_of(around: _Around) -> str | None:
    """Return the phrase behind 的, where what stands between describes it (三位不常开口的租客)."""
    tokens, before = around.behind, around.before
    of = next((i for i, token in enumerate(tokens) if token.part == "of"), None)
    if of is None or (before and (before[-1].part == "of" or before[-1].word == "有")):
        return None
    if of == 0 and around.unit not in MEASURES | {"字"}:
        return None
    end = phrase_start(tokens[of + 1 :])
    return join(tokens[of + 1 : of + 1 + end]) or None


def _is_attributive_verb(around: _Around) -> bool:
    """Tell whether a verb right behind a quantity describes the noun that follows it."""
    tokens = around.behind
    verb = tokens[0]
    if verb.part != "verb" or len(tokens) < 2 or not phrase_start(tokens[1:]):
        return False
    if verb.word.endswith(RESULTS) or (around.before and around.before[-1].part == "of"):
        return False
    if tokens[1].word in PRODUCTS or _awaits(around.before):
        return tokens[0].word not in VERBS or tokens[1].word in PRODUCTS
    rest = tokens[1 + phrase_start(tokens[1:]) :]
    return around.unit in _THINGS and any(token.part in ("verb", "nominal") for token in rest)


def _awaits(tokens: list[Token]) -> bool:
    """Tell whether a piece ends with a verb, which awaits its object behind the quantity."""
    tokens = [token for token in tokens if token.word != "了"]
    return bool(tokens) and (tokens[-1].part == "verb" or all(t.part == "link" for t in tokens))


def _is_clause(tokens: list[Token]) -> bool:
    """Tell whether a piece says what was done (三次审读草案) rather than what was held."""
    end = phrase_start(tokens, "次")
    for i, token in enumerate(tokens[: end + 1]):
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if token.part == "nominal" and following is not None and following.part == "noun":
            return token.word in TRANSITIVE and following.word not in PRODUCTS
    return False


def _is_verbal(token: Token) -> bool:
    return token.part == "nominal" and token.word not in NOUNS


def _object_before(around: _Around, earlier: str) -> tuple[str | None, str | None]:
    tokens = around.before
    end = len(tokens)
    while end and tokens[end - 1].part in ("skip", "time", "verb", "preposition", "of", "link"):
        end -= 1
    tail = tokens[end:]
    perfect = any(token.word in ("了", "过") for token in tail)
    verb = last_verb(tail)
    if end and perfect and verb is None and _is_verbal(tokens[end - 1]):
        end -= 1
        verb = tokens[end].word
    if not tail:
        return _noun_before(around)
    changed = any(token.word in CHANGES for token in tail)
    if perfect and not changed and around.unit in TIMES:
        return verb, ""
    head = tokens[:end]
    if tail[-1].part == "of" and around.unit not in _SHARES:
        return verb or last_verb(head), None
    head = _without(head, earlier)
    if around.unit in TIMES and len(tail) == 1 and _is_event(tail[0]):
        return last_verb(head), tail[0].word
    return verb or last_verb(head), _noun(head, around) if verb is None else _topic(
        head, tail, around.unit
    )


def _is_event(token: Token) -> bool:
    """Tell whether a bare verb before 三次 is what took place (面商两轮)."""
    word = token.word
    return (
        token.part == "verb"
        and len(word) == 2
        and word not in VERBS | CHANGES
        and not word.endswith(_BECOMES)
    )


def _without(tokens: list[Token], earlier: str) -> list[Token]:
    """Leave out the object of the figure before where a piece begins with it."""
    for end in range(len(tokens), 0, -1):
        if earlier and join(tokens[:end]) == earlier:
            return tokens[end:]
    return tokens


def _noun(tokens: list[Token], around: _Around) -> str | None:
    return _noun_before(_Around(tokens, around.behind, around.unit))[1]


def _noun_before(around: _Around) -> tuple[str | None, str | None]:
    tokens, unit = around.before, around.unit
    if tokens[-1:] and tokens[-1].word == "等":
        return last_verb(tokens), None
    begin = phrase_end(tokens)
    phrase = tokens[begin:]
    action = last_verb(tokens[:begin])
    if not phrase:
        return action, None
    if begin and tokens[begin - 1].word in ("被", "由"):
        return phrase[-1].word, None
    handled = phrase[-1].word in HANDLING and unit != "起"
    alone = all(token.part in ("attribute", "nominal") for token in phrase[:-1])
    if alone and (handled or (_is_verbal(phrase[-1]) and unit not in EVENT_UNITS)):
        return phrase[-1].word, None
    if handled and unit not in TIMES:
        noun = phrase[:-1]
        if noun[-1].part == "noun":
            return phrase[-1].word, None if is_agent(noun) else join(noun)
    if unit in TIMES and is_agent(phrase) and around.behind and unit != "人次":
        return action or first_verb(around.behind), ""
    if action is None and begin and tokens[begin - 1].word in NOMINAL:
        action = tokens[begin - 1].word
    return action, join(phrase)


def _topic(tokens: list[Token], tail: list[Token], unit: str) -> str | None:
    """Return the noun phrase that a verb before a quantity speaks of, None where it is who acts."""
    compared = next(
        (i for i, token in enumerate(tokens) if i and token.word in _COMPARED), len(tokens)
    )
    tokens = tokens[:compared]
    while tokens and tokens[-1].part in ("skip", "time", "preposition", "verb", "attribute"):
        tokens = tokens[:-1]
    begin = phrase_end(tokens)
    phrase = tokens[begin:]
    changes = any(token.word in CHANGES or token.word.endswith(_BECOMES) for token in tail)
    led = [token for token in tokens[:begin] if token.part != "skip"]
    if not phrase or _is_addressed(led) or (led and led[-1].part == "verb" and not changes):
        return None
    if len(phrase) == 1 and _is_verbal(phrase[0]):
        return None
    if changes or unit in _SHARES or unit == "人次":
        return join(phrase)
    if unit == "元" or is_agent(phrase) or join(phrase).endswith(ACTIVITIES):
        return None
    return join(phrase)


def _is_addressed(tokens: list[Token]) -> bool:
    """Tell whether a preposition such as 对 or 就 reaches to the end of a piece."""
    for token in reversed(tokens):
        if token.word in _ADDRESSING:
            return True
        if token.part == "verb":
            return False
    return False
