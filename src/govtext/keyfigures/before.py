"""What is counted, named before its quantity: 报告18项, 积案压到7件."""

from __future__ import annotations

from govtext.keyfigures.context import BECOMES, SHARES, Context, is_event, is_verbal
from govtext.keyfigures.lexicon import ACTIVITIES, CHANGES, EVENT_UNITS, HANDLING, NOMINAL, TIMES
from govtext.keyfigures.phrases import first_verb, is_agent, last_verb, phrase_end
from govtext.keyfigures.tokens import Token, join

_ADDRESSING = frozenset(("对", "就", "向", "给", "为", "围绕", "在"))
_COMPARED = frozenset(("由", "从", "比", "较"))


def object_before(around: Context, earlier: str) -> tuple[str | None, str | None]:
    """Return action and object, None for an object that the clause does not name.

    Args:
        around: The words around the quantity.
        earlier: The object of the figure before.
    """
    tokens = around.before
    end = len(tokens)
    while end and tokens[end - 1].part in ("skip", "time", "verb", "preposition", "of", "link"):
        end -= 1
    tail = tokens[end:]
    perfect = any(token.word in ("了", "过") for token in tail)
    verb = last_verb(tail)
    if end and perfect and verb is None and is_verbal(tokens[end - 1]):
        end -= 1
        verb = tokens[end].word
    if not tail:
        return _noun_before(around)
    changed = any(token.word in CHANGES for token in tail)
    if perfect and not changed and around.unit in TIMES:
        return verb, ""
    head = tokens[:end]
    if tail[-1].part == "of" and around.unit not in SHARES:
        return verb or last_verb(head), None
    head = _without(head, earlier)
    if around.unit in TIMES and len(tail) == 1 and is_event(tail[0]):
        return last_verb(head), tail[0].word
    return verb or last_verb(head), _noun(head, around) if verb is None else _topic(
        head, tail, around.unit
    )


def _without(tokens: list[Token], earlier: str) -> list[Token]:
    """Leave out the object of the figure before where a piece begins with it."""
    for end in range(len(tokens), 0, -1):
        if earlier and join(tokens[:end]) == earlier:
            return tokens[end:]
    return tokens


def _noun(tokens: list[Token], around: Context) -> str | None:
    return _noun_before(Context(tokens, around.behind, around.unit))[1]


def _noun_before(around: Context) -> tuple[str | None, str | None]:
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
    if alone and (handled or (is_verbal(phrase[-1]) and unit not in EVENT_UNITS)):
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
    changes = any(token.word in CHANGES or token.word.endswith(BECOMES) for token in tail)
    led = [token for token in tokens[:begin] if token.part != "skip"]
    if not phrase or _is_addressed(led) or (led and led[-1].part == "verb" and not changes):
        return None
    if len(phrase) == 1 and is_verbal(phrase[0]):
        return None
    if changes or unit in SHARES or unit == "人次":
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
