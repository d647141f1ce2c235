"""What of a sentence may be taken over: its first clause, where that says something alone."""

from __future__ import annotations

import re

from govtext.features.words import tag_words
from govtext.summarization.clauses import MARKS, MIN_WORDS, split_clauses
from govtext.summarization.marks import restore_marks
from govtext.text.ngrams import bare

# A sentence that begins so speaks of what stands before it, is a heading, or states nothing.
_DEPENDENT = re.compile(
    r"[（(]?[一二三四五六七八九十\d]+[)）、.]|[一二三四五六七八九十]是"
    r"|这|该|其|此|为此|对此|与此|上述|以上|同时|随后|他|她|它|有的|并|也|还|又|但|而|愿|让我们|请|各位"
)
_QUESTION = re.compile(r"[？?吗呢]|怎么|怎样|如何|什么|谁|多少|哪|几[个件项条]|还是|(.)[不没]\1")
# Words that describe a thing: such a clause may be no more than that thing.
_DESCRIPTION = re.compile(r"的(?:$|[“0-9一二三四五六七八九十])")
# A clause that begins so, or ends so, says when, where, how or who said it; the next says what.
_CIRCUMSTANCE = re.compile(
    r"联合|会同|带着|围绕|针对|根据|通过|结合|对照|聚焦|紧扣|立足|着眼|面对|坚持|本着|鉴于|关于|尽管"
)
_LEAD = re.compile(
    r"(?:以来|之际|期间|[后前时中里下底月日]|(?<!周)年|认为|指出|提出|强调|表示|要求|建议|显示|通报)$"
)
# A clause that begins so turns what the one before it says.
_TURN = re.compile(r"但|而|却|不过|然而|仍|否则|才|只|也不|并未|尚未")
# What these introduce or join is not torn apart.
_JOINTS = frozenset("：:—")
# Words that may stand before a verb, by their tags: adverbs and times.
_BEFORE_VERB = ("d", "t", "ad")
_WHEN = frozenset(("全年", "年内", "共", "一年来", "依法"))
_FIRST_CHARS = 16


def opening(sentence: str) -> str:
    """Return the first clause of a sentence that begins with what was done, or else the sentence.

    A clause that begins otherwise may be no more than the subject or the circumstances of the next.
    Marks are full-width. Empty where the sentence asks, speaks of what stands before it, is a
    numbered heading, or is too short to say anything.
    """
    whole = restore_marks(sentence)
    if not _says_something(whole):
        return ""
    first, *rest = split_clauses(whole)
    return first if _stands_alone(first, "".join(rest)) else whole


def shortest(sentence: str, room: int) -> str:
    """Return the first clause that stands alone and fits, wherever in a sentence; or else nothing.

    Of whom it is said may stand before it.
    """
    clauses = split_clauses(restore_marks(sentence))
    following = [*clauses[1:], ""]
    for clause, after in zip(clauses, following, strict=False):
        if _says_something(clause) and _stands_alone(clause, after) and len(clause) <= room:
            return clause
    return ""


def _says_something(text: str) -> bool:
    return not (_DEPENDENT.match(text) or _QUESTION.search(text) or len(bare(text)) < MIN_WORDS)


def _stands_alone(clause: str, following: str) -> bool:
    words = clause.rstrip(MARKS)
    return (
        len(bare(words)) >= MIN_WORDS
        and not _JOINTS & set(clause)
        and not _CIRCUMSTANCE.match(words)
        and not _LEAD.search(words)
        and not _DESCRIPTION.search(words)
        and not _TURN.match(following)
        and _begins_with_verb(words)
    )


def _begins_with_verb(clause: str) -> bool:
    for word, tag in tag_words(clause[:_FIRST_CHARS]):
        if word not in _WHEN and tag not in _BEFORE_VERB:
            return tag.startswith("v")
    return False
