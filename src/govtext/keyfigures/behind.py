"""What is counted, named behind its quantity: 18项报告."""

from __future__ import annotations

from govtext.keyfigures.context import SHARES, Context, is_verbal
from govtext.keyfigures.lexicon import EVENT_UNITS, PRODUCTS, RESULTS, TIMES, TRANSITIVE, VERBS
from govtext.keyfigures.phrases import is_agent, phrase_end, phrase_start
from govtext.keyfigures.tokens import Token, join
from govtext.keyfigures.units import MEASURES

# Counted in these, a verb right behind may describe a noun: 三家外卖公司签字.
_THINGS = frozenset(("位", "名", "家", "所", "座", "户", "个", "支", "间", "栋", "笔", "处"))


def object_behind(around: Context) -> str | None:
    """Return the object behind a quantity, None where it does not stand there."""
    tokens, before = around.behind, around.before
    named = phrase_end(before) < len(before)
    if not tokens or (named and around.unit in SHARES | MEASURES):
        return None
    first = tokens[0]
    if around.unit in TIMES and _is_clause(tokens):
        return ""
    if phrase_start(tokens, around.unit):
        end = phrase_start(tokens, around.unit)
        bare = end == 1 and is_verbal(first)
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


def _object_behind_of(around: Context) -> str | None:
    """Return the phrase behind 的, where what stands between describes it (三位不常开口的租客)."""
    tokens, before = around.behind, around.before
    of = next((i for i, token in enumerate(tokens) if token.part == "of"), None)
    if of is None or (before and (before[-1].part == "of" or before[-1].word == "有")):
        return None
    if of == 0 and around.unit not in MEASURES | {"字"}:
        return None
    end = phrase_start(tokens[of + 1 :])
    return join(tokens[of + 1 : of + 1 + end]) or None


def _is_attributive_verb(around: Context) -> bool:
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
