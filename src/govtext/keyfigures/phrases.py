"""The noun phrase beside a quantity, and the verb that governs it."""

from __future__ import annotations

from govtext.keyfigures.lexicon import (
    AGENT_ENDINGS,
    CAUSATIVES,
    EVENT_UNITS,
    NOMINAL,
    PRODUCTS,
    RESULTS,
    SCOPES,
    TRANSITIVE,
    VERBS,
)
from govtext.keyfigures.tokens import Token, join

_LEVELS = frozenset("省市县区州乡镇")
# Counted in these, the phrase names who or what body it is.
_ACTORS = {
    "位": tuple(AGENT_ENDINGS),
    "名": tuple(AGENT_ENDINGS),
    "家": ("企业", "公司", "单位", "机构", "学校", "医院", "部门", "社", "店", "厂", "户", "业"),
}
_NOMINAL_PARTS = ("noun", "nominal", "attribute")


def phrase_end(tokens: list[Token]) -> int:
    """Return where the noun phrase at the end of a piece begins; its length where there is none."""
    begin = len(tokens)
    if not tokens or tokens[-1].part not in ("noun", "nominal"):
        return begin
    while begin and _continues(tokens, begin):
        begin -= 1
    while begin < len(tokens) and tokens[begin].part == "link":
        begin += 1
    return _after_verb(tokens, begin)


def _continues(tokens: list[Token], begin: int) -> bool:
    """Tell whether the word before `begin` belongs to the phrase that begins there."""
    token = tokens[begin - 1]
    if token.part == "link":
        return begin >= 2 and tokens[begin - 2].part in ("noun", "nominal") and begin < len(tokens)
    return token.part in _NOMINAL_PARTS or _embedded(tokens, begin - 1)


def _embedded(tokens: list[Token], i: int) -> bool:
    """Tell whether a verb is inside a phrase that another verb governs (举办代表履职培训班)."""
    verb = tokens[i]
    if verb.part != "verb" or verb.word in VERBS or verb.word.endswith(RESULTS):
        return False
    if len(verb.word) != 2 or i < 1 or i + 1 >= len(tokens):
        return False
    begin = i
    while begin and tokens[begin - 1].part in _NOMINAL_PARTS:
        begin -= 1
    governor = tokens[begin - 1] if begin else None
    listed = begin < i or (governor is not None and governor.word in VERBS)
    return (
        listed
        and governor is not None
        and governor.part == "verb"
        and governor.word not in CAUSATIVES
    )


def _after_verb(tokens: list[Token], begin: int, *, split: bool = False) -> int:
    """Move the beginning behind a nominal verb that is the verb of the clause."""
    governor = "verb" if split else _governor(tokens, begin)
    coordinated = (
        begin >= 2 and tokens[begin - 1].part == "link" and tokens[begin - 2].part == "verb"
    )
    for i in range(begin, len(tokens) - 1):
        if tokens[i].part != "nominal" or tokens[i + 1].part == "link":
            continue
        if coordinated and i == begin:
            return i + 1
        if governor in ("verb", "list"):
            continue
        if governor and i == begin and tokens[i].word not in TRANSITIVE:
            continue
        if _is_verb_at(tokens, begin, i) and not _modifies(tokens[i], tokens[i + 1 :]):
            return _after_verb(tokens, i + 1, split=True)
    if governor is None and tokens[-1].part == "nominal":
        return _event(tokens, begin)
    return begin


def _event(tokens: list[Token], begin: int) -> int:
    """Return where what was held begins, behind those who held it (支部集中学习)."""
    last = len(tokens) - 1
    while last > begin and tokens[last - 1].part == "attribute":
        last -= 1
    holders = tokens[begin:last]
    if not holders or holders[-1].part == "link":
        return begin
    meets = holders[-1].word in ("会议", "支部")
    return last if meets or is_agent(holders) else begin


def _governor(tokens: list[Token], begin: int) -> str | None:
    """Return what governs a phrase: "verb", "causative", "list" or None for nothing."""
    if begin == 0:
        return None
    before = tokens[begin - 1]
    if before.part == "verb":
        return "causative" if before.word in CAUSATIVES else "verb"
    return "list" if begin == 1 and before.part == "link" else None


def _is_verb_at(tokens: list[Token], begin: int, i: int) -> bool:
    before = tokens[begin:i]
    if not before:
        return tokens[i].word in NOMINAL
    return (
        is_agent(before)
        or before[-1].part == "link"
        or (tokens[i].word in TRANSITIVE and before[-1].part != "attribute")
    )


def _modifies(token: Token, rest: list[Token]) -> bool:
    """Tell whether a nominal verb before these words modifies them (审议 in 审议意见)."""
    if token.word in ("审议", "审查") and len(rest) > 1:
        return rest[0].word in PRODUCTS
    return rest[-1].word in PRODUCTS or rest[-1].word in NOMINAL or len(rest[-1].word) == 1


def is_agent(tokens: list[Token]) -> bool:
    """Tell whether a noun phrase names people or bodies, who act."""
    return bool(tokens) and join(tokens).endswith(tuple(AGENT_ENDINGS))


def phrase_start(tokens: list[Token], unit: str = "") -> int:
    """Return where the noun phrase that begins a piece ends; 0 where there is none.

    Args:
        tokens: The words of the piece.
        unit: What the phrase is counted in: a nominal verb may end what is counted in 次
            (代表视察).
    """
    end = int(_opens(tokens))
    while end < len(tokens) and tokens[end].part in (*_NOMINAL_PARTS, "place"):
        if (
            end
            and tokens[end].part == "nominal"
            and _is_predicate(tokens, end, unit in EVENT_UNITS)
        ):
            break
        end += 1
    while end and tokens[end - 1].part == "attribute":
        end -= 1
    if unit in _ACTORS and not (end < len(tokens) and tokens[end].part == "link"):
        end = _before_predicate(tokens[:end], _ACTORS[unit])
    if end and end + 1 < len(tokens) and _joins(tokens, end, unit):
        more = phrase_start(tokens[end + 1 :], unit)
        if more:
            return end + 1 + more
    return end


def _opens(tokens: list[Token]) -> bool:
    """Tell whether a word of time or manner stands right before a noun (常年议事员)."""
    if len(tokens) < 2 or tokens[1].part != "noun" or len(tokens[0].word) < 2:
        return False
    return tokens[0].part == "time" or (tokens[0].part == "skip" and tokens[0].word not in SCOPES)


def _before_predicate(tokens: list[Token], endings: tuple[str, ...]) -> int:
    """Return where who is counted ends, what the tagger took for more of the name left out."""
    for end in range(len(tokens), 0, -1):
        if join(tokens[:end]).endswith(endings):
            return end
    return len(tokens)


def _joins(tokens: list[Token], i: int, unit: str) -> bool:
    """Tell whether a link joins two nouns (法官和律师) and does not begin another clause."""
    if tokens[i].word == "、":
        ahead = next((t.word for t in tokens[i + 1 :] if t.part not in _NOMINAL_PARTS), "")
        if ahead in ("和", "及"):
            return True
        return tokens[i - 1].word in _LEVELS or (unit in ("位", "名") and not is_agent(tokens[:i]))
    return tokens[i].word in ("和", "及")


def _is_predicate(tokens: list[Token], i: int, event: bool) -> bool:
    """Tell whether a nominal verb behind a noun is its verb (委员视察食堂), no part of it."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is not None and following.word in PRODUCTS:
        return False
    if tokens[i].word == "立案":
        return True
    acts = is_agent(tokens[:i])
    if following is None or following.part not in ("noun", "attribute"):
        return (acts or tokens[i].word in TRANSITIVE) and not event
    return acts or tokens[i].word in TRANSITIVE


def last_verb(tokens: list[Token]) -> str | None:
    """Return the last verb of a piece with those that a link joins to it (制定、修改).

    A verb before 的 describes a noun; then the first verb of the piece is the one that governs.
    """
    verbs = [i for i, token in enumerate(tokens) if _verbal(token)]
    if not verbs:
        return None
    described = any(token.part == "of" for token in tokens[verbs[-1] :])
    begin = last = verbs[0] if described else verbs[-1]
    while begin > 1 and tokens[begin - 1].part == "link" and _verbal(tokens[begin - 2]):
        begin -= 2
    return join(tokens[begin : last + 1])


def first_verb(tokens: list[Token]) -> str | None:
    """Return the first verb of a piece, None where it has none."""
    return next((token.word for token in tokens if token.part == "verb"), None)


def _verbal(token: Token) -> bool:
    return token.part == "verb" or token.word in NOMINAL
