"""What speaks for or against a candidate: traits that a linear model weighs.

A trait has a name, and by a hash of the name a slot; different traits may share one.
"""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Callable, Iterator, Sequence

from govtext.keyfigures.candidates import Bound, Candidate
from govtext.keyfigures.context import CLAUSE_MARK, Context
from govtext.keyfigures.tokens import Token

_NOTHING = Token("$", "stop", "$")
_LINKS = frozenset(("和", "与", "及"))


class Traits:
    """The traits of the candidates of one quantity.

    Traits of the whole clause, of where a run begins and of where it ends are named once for all
    candidates that share them.

    Args:
        context: The words around the quantity.
        earlier: The figures before in the sentence, already bound.
        sentence: The sentence.
        slots: How many slots there are, a power of two.
        bound_to: The object of the quantity, where its action is sought; else None.
    """

    def __init__(
        self,
        context: Context,
        earlier: Sequence[Bound],
        sentence: str,
        *,
        slots: int,
        bound_to: Candidate | None = None,
    ) -> None:
        self._context = context
        self._earlier = earlier
        self._sentence = sentence
        self._object = bound_to
        self._unit = context.quantity.unit
        self._digits = bool(re.search("[0-9０-９]", context.quantity.printed))
        self._like_last = bool(earlier) and earlier[-1].quantity.unit == self._unit
        self._slots = slots
        self._shared: dict[tuple[object, ...], list[int]] = {}

    def of(self, candidate: Candidate) -> list[int]:
        """Return the slots of a candidate's traits."""
        kind, begin, end, cut = candidate.kind, candidate.begin, candidate.end, candidate.cut
        if kind == "none":
            found = list(self._common("clause", kind, self._of_clause))
        elif kind == "earlier":
            found = self._common("clause", kind, self._of_clause)
            found = found + self._hashed("loan", self._of_loan(candidate))
        else:
            near = end == len(self._context.before) if kind == "before" else begin == 0
            found = [
                *self._common("clause", f"{kind} {'beside' if near else 'away'}", self._of_clause),
                *self._common(f"{kind} begin", (begin, cut), lambda: self._of_begin(candidate)),
                *self._common(f"{kind} end", (end, cut), lambda: self._of_end(candidate)),
                *self._hashed(kind, self._of_run(candidate)),
            ]
        if self._object is not None:
            found = found + self._hashed("object", self._of_object(candidate, self._object))
        return found

    def _common(self, group: str, which: object, names: Callable[[], Iterator[str]]) -> list[int]:
        key = (group, which)
        if key not in self._shared:
            prefix = f"{group} {which}" if group == "clause" else group
            self._shared[key] = self._hashed(prefix, names())
        return self._shared[key]

    def _hashed(self, group: str, names: Iterator[str]) -> list[int]:
        return [zlib.crc32(f"{group} {name}".encode()) & (self._slots - 1) for name in names]

    def _side(self, candidate: Candidate) -> tuple[Token, ...]:
        return self._context.before if candidate.kind == "before" else self._context.behind

    def _of_clause(self) -> Iterator[str]:
        around, unit = self._context, self._unit
        before, behind = around.before, around.behind
        b2, b1 = _at(before, len(before) - 2), _at(before, len(before) - 1)
        a1, a2 = _at(behind, 0), _at(behind, 1)
        long_before, long_behind = _length(len(before)), _length(len(behind))
        yield ""
        yield f"u={unit}"
        yield f"u={unit} digits={self._digits}"
        yield f"digits={self._digits} {around.quantity.printed == '一'}"
        yield f"qualifier={around.quantity.qualifier}"
        yield f"marks={around.opening}{long_before}"
        yield f"marks={around.closing}{long_behind} behind"
        yield f"opening={around.opening}"
        yield f"closing={around.closing}"
        for name, token in (("b1", b1), ("b2", b2), ("a1", a1), ("a2", a2)):
            yield f"{name}={token.word}"
            yield f"{name} tag={token.tag}"
        yield f"b12={b2.word}{b1.word}"
        yield f"a12={a1.word}{a2.word}"
        yield f"b12 tags={b2.tag} {b1.tag}"
        yield f"a12 tags={a1.tag} {a2.tag}"
        yield f"b1 a1 tags={b1.tag} {a1.tag}"
        yield f"u={unit} b1 a1 tags={b1.tag} {a1.tag}"
        yield f"u={unit} b1={b1.word}"
        yield f"u={unit} a1={a1.word}"
        yield f"b1={b1.word} alone={not behind}"
        yield f"b1 last={b1.word[-1]}"
        yield f"a1 first={a1.word[0]}"
        yield f"a1 last={a1.word[-1]}"
        yield f"lengths={long_before} {long_behind}"
        yield f"u={unit} empty={not before} {not behind}"
        yield f"empty={not before} {not behind}"
        yield f"of behind={any(token.word == '的' for token in behind)}"
        yield "tags behind=" + " ".join(token.tag[0] for token in behind[:4])
        yield "tags before=" + " ".join(token.tag[0] for token in before[-4:])
        yield from (f"before={token.word}" for token in before)
        yield from (f"behind={token.word}" for token in behind[:6])
        yield from self._of_last()

    def _of_last(self) -> Iterator[str]:
        """Yield what was chosen for the figure before: clauses in a row are built alike."""
        if not self._earlier:
            yield "first"
            return
        around, last, like = self._context, self._earlier[-1], self._like_last
        kind = last.object.kind
        yield f"last={kind}"
        yield f"last={kind} opening={around.opening}"
        yield f"last={kind} like={like}"
        tag = _at(around.before, len(around.before) - 1).tag
        yield f"last={kind} like={like} b1 tag={tag} alone={not around.behind}"
        yield f"last none={kind == 'none'} like={like} opening={around.opening}"
        yield f"last unit={last.quantity.unit} u={self._unit}"
        lengths = f"{_length(len(around.before))} {_length(len(around.behind))}"
        yield f"like={like} opening={around.opening} lengths={lengths}"

    def _of_begin(self, candidate: Candidate) -> Iterator[str]:
        tokens, i, cut = self._side(candidate), candidate.begin, max(candidate.cut, 0)
        first, second, left, left2 = (_at(tokens, i + k) for k in (0, 1, -1, -2))
        word, tag = first.word[cut:], first.tag
        if cut:
            left = Token(first.word[:cut], "stop", "cut")
        elif i == 0:
            mark = self._context.opening if candidate.kind == "before" else "quantity"
            left = Token(mark, "stop", mark)
        yield f"word={word}"
        yield f"tag={tag}"
        yield f"left={left.word}"
        yield f"left tag={left.tag}"
        yield f"left2={left2.word}"
        yield f"left21={left2.word}{left.word}"
        yield f"left21 tags={left2.tag} {left.tag}"
        yield f"left tag, tag={left.tag} {tag}"
        yield f"left2 tag, left tag, tag={left2.tag} {left.tag} {tag}"
        yield f"left, word={left.word} {word}"
        yield f"left, tag={left.word} {tag}"
        yield f"left tag, word={left.tag} {word}"
        yield f"two={word}{second.word}"
        yield f"two tags={tag} {second.tag}"
        yield f"left tag, two tags={left.tag} {tag} {second.tag}"
        yield f"first={word[0]}"
        yield f"first two={word[:2]}"
        yield f"left last={left.word[-1]}"
        yield f"left last two={left.word[-2:]}"
        yield f"seam={left.word[-1]}{word[0]}"
        yield f"length={len(word)} {tag}"
        yield f"left length={len(left.word)} {left.tag} {tag}"
        yield f"u={self._unit} tag={tag}"
        if candidate.kind == "behind":
            yield f"i={_length(i)}"
            yield "skipped tags=" + " ".join(t.tag[0] for t in tokens[:i])
            yield "skipped=" + "".join(t.word for t in tokens[:i])

    def _of_end(self, candidate: Candidate) -> Iterator[str]:
        tokens, i, cut = self._side(candidate), candidate.end, min(candidate.cut, 0)
        last, before_last, right, right2 = (_at(tokens, i + k) for k in (-1, -2, 0, 1))
        word, tag, unit = last.word[: cut or None][max(candidate.cut, 0) :], last.tag, self._unit
        if cut:
            right = Token(last.word[cut:], "stop", "cut")
        elif i == len(tokens):
            mark = self._context.closing if candidate.kind == "behind" else "quantity"
            right = Token(mark, "stop", mark)
        yield f"word={word}"
        yield f"tag={tag}"
        yield f"right={right.word}"
        yield f"right tag={right.tag}"
        yield f"right2={right2.word}"
        yield f"right12={right.word}{right2.word}"
        yield f"tag, right tag={tag} {right.tag}"
        yield f"tag, right tags={tag} {right.tag} {right2.tag}"
        yield f"word, right={word} {right.word}"
        yield f"word, right tag={word} {right.tag}"
        yield f"tag, right={tag} {right.word}"
        yield f"two tags={before_last.tag} {tag}"
        yield f"two tags, right tag={before_last.tag} {tag} {right.tag}"
        yield f"last={word[-1]}"
        yield f"last two={word[-2:]}"
        yield f"right first={right.word[0]}"
        yield f"right last={right.word[-1]}"
        yield f"seam={word[-1]}{right.word[0]}"
        yield f"length={len(word)} {tag}"
        yield f"digits={self._digits} {tag}"
        yield f"u={unit} word={word}"
        yield f"u={unit} last={word[-1]}"
        yield f"u={unit} tag={tag}"
        yield f"u={unit} right tag={right.tag} {tag}"
        if candidate.kind == "behind":
            yield f"rest={_length(len(tokens) - i)}"
            yield "rest tags=" + " ".join(t.tag[0] for t in tokens[i : i + 3])
        else:
            yield from self._of_gap(tokens[i:])

    def _of_gap(self, gap: tuple[Token, ...]) -> Iterator[str]:
        """Yield what stands between a run and the quantity behind it."""
        behind, size, unit = self._context.behind, min(len(gap), 3), self._unit
        tags = " ".join(token.tag for token in gap)
        yield f"gap={_length(len(gap))}"
        yield f"gap tags={tags}"
        yield f"gap words={''.join(token.word for token in gap)}"
        yield f"u={unit} gap tags={tags}"
        yield f"gap={size} behind={min(len(behind), 2)}"
        yield f"gap={size} a1 tag={_at(behind, 0).tag}"
        yield f"gap={size} u={unit}"
        yield from (f"gap word={token.word}" for token in gap)
        yield from (f"gap tag={token.tag}" for token in gap)

    def _of_run(self, candidate: Candidate) -> Iterator[str]:
        tokens, text, unit = self._side(candidate), candidate.text, self._unit
        run = tokens[candidate.begin : candidate.end]
        size, tags = _length(len(run)), "/".join(token.tag for token in run)
        left = tokens[candidate.begin - 1].tag if candidate.begin else "^"
        right = tokens[candidate.end].tag if candidate.end < len(tokens) else "$"
        ends = f"{run[0].tag} {run[-1].tag}"
        yield f"size={size}"
        yield f"characters={len(text)}"
        yield f"characters about {_length(len(text))}"
        yield f"tags={tags}"
        yield f"around={left} {tags} {right}"
        yield f"around={left} {size} {right}"
        yield f"around={left} {ends} {right}"
        yield f"ends={ends} {size}"
        yield f"end words={run[0].word} {run[-1].word}"
        yield f"whole={len(run) == len(tokens)}"
        yield f"of={any(token.word == '的' for token in run)}"
        yield f"linked={any(token.word in _LINKS for token in run)} listed={'、' in text}"
        yield f"text={text}"
        yield f"u={unit} text={text}"
        yield f"last three={text[-3:]}"
        yield f"u={unit} last two={text[-2:]}"
        yield f"cut={candidate.cut != 0} {len(text)}"
        for token in run[1:-1]:
            yield f"inside={token.word}"
            yield f"inside tag={token.tag}"
        for one, other in itertools.pairwise(run):
            yield f"pair={one.word} {other.word}"
            yield f"pair tags={one.tag} {other.tag}"
        last = self._earlier[-1].object.text if self._earlier else ""
        if last:
            yield f"is last={text == last} ends with last={text.endswith(last)}"
            yield f"ends like last={text[-1] == last[-1]} {self._like_last}"

    def _of_loan(self, candidate: Candidate) -> Iterator[str]:
        around, unit = self._context, self._unit
        lender = self._earlier[candidate.begin]
        gap = self._sentence[lender.quantity.end : around.quantity.start]
        distance = len(self._earlier) - 1 - candidate.begin
        alike, alone = lender.quantity.unit == unit, not around.behind
        marks = min(len(CLAUSE_MARK.findall(gap)), 3)
        b1 = _at(around.before, len(around.before) - 1)
        yield f"distance={distance} alike={alike}"
        yield f"marks={marks} alike={alike}"
        yield f"units={lender.quantity.unit} {unit}"
        yield f"u={unit} last={candidate.text[-1]}"
        yield f"u={unit} last two={candidate.text[-2:]}"
        yield f"kind={lender.object.kind} alike={alike} distance={distance}"
        yield f"in between={candidate.text in gap}"
        yield f"alike={alike} b1={b1.word} alone={alone}"
        tags = " ".join(token.tag[0] for token in around.before[-3:])
        yield f"alike={alike} opening={around.opening} tags={tags} alone={alone}"
        yield f"behind lender={gap.startswith(lender.quantity.unit + candidate.text)} {alike}"

    def _of_object(self, candidate: Candidate, chosen: Candidate) -> Iterator[str]:
        """Yield where an action stands from the object of the quantity."""
        kinds = f"{candidate.kind} {chosen.kind}"
        yield f"kinds={kinds}"
        yield f"kinds={kinds} loan={candidate.begin - chosen.begin}"
        yield f"kinds={kinds} u={self._unit}"
        yield f"action, object end={candidate.text} {chosen.text[-2:]}"
        if candidate.kind != chosen.kind or candidate.kind in ("none", "earlier"):
            return
        tokens = self._side(candidate)
        if candidate.end <= chosen.begin:
            between = tokens[candidate.end : chosen.begin]
            place = "before object"
        elif chosen.end <= candidate.begin:
            between = tokens[chosen.end : candidate.begin]
            place = "behind object"
        else:
            yield f"overlap {candidate.kind} same={candidate.text == chosen.text}"
            return
        yield f"{candidate.kind} {place} {_length(len(between))}"
        yield f"{candidate.kind} {place} tags={' '.join(token.tag for token in between)}"
        yield f"{candidate.kind} {place} words={''.join(token.word for token in between)}"
        run = tokens[candidate.begin : candidate.end]
        yield f"{candidate.kind} {place} own={'/'.join(token.tag for token in run)}"


def _at(tokens: tuple[Token, ...], i: int) -> Token:
    return tokens[i] if 0 <= i < len(tokens) else _NOTHING


def _length(n: int) -> str:
    return str(n) if n < 6 else "6 to 8" if n < 9 else "9 or more"
