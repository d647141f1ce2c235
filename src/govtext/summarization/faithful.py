"""Have summaries written that say what their source says, and nothing else.

Wrong figures are replaced by those of the source that count the same. Among the candidates of the
model those win that pass every check; where none does, the model writes again from a text without
figures, titles and quotations; then what fails is left out; and where too little is left, a
sentence of the source is taken over, and marked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from govtext.summarization.clauses import (
    close,
    cut_at_clause,
    drop_repeated,
    fit,
    split_clauses,
)
from govtext.summarization.generation import Candidate, Request, Steps
from govtext.summarization.prompt import Kind
from govtext.summarization.support import MIN_WORDS, Support, split_statements
from govtext.text.ngrams import bare
from govtext.text.repetition import repeats, runs
from govtext.text.sentences import split_sentences
from govtext.text.verify import Verifier, without_facts
from govtext.types import Check

# How much a candidate's likelihood may lose to one whose statements each use the words of one
# sentence of the source: those of several, in one statement, may not belong together.
_GROUNDING = 0.5
# What it gains where it fills its room, and loses for each number whose thing is not clear.
_FILLING = 0.5
_UNCLEAR = 0.1
# Least share of the character bigrams that a sentence of the source has, of a summary and of a
# statement in it: 99 of 100 references of the training data have both.
_MIN_GROUNDED = 0.2
_MIN_STATEMENT = 0.1
_QUOTED_CHARS = 60


@dataclass(frozen=True, slots=True)
class Task:
    """A text to sum up.

    Attributes:
        text: What the model reads.
        source: What that was made from, and what the summary is checked against; may be the same.
        kind: What to write.
        room: Most characters.
    """

    text: str
    source: str
    kind: Kind
    room: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What was written of one text.

    Attributes:
        text: One sentence or a few, with one final mark.
        quoted: Whether it was taken over from the source word for word.
    """

    text: str
    quoted: bool = False


def write_faithfully(tasks: Sequence[Task]) -> Steps[list[Statement]]:
    """Sum texts up, each checked against its source, one not repeating what another says."""
    judges = [Judge(task.source, task.room, task.kind) for task in tasks]
    written = yield [Request(task.text, task.kind) for task in tasks]
    options = [judge.passing(found) for judge, found in zip(judges, written, strict=True)]
    failed = [i for i, found in enumerate(options) if not found]
    if failed:
        again = yield [Request(without_facts(tasks[i].text), tasks[i].kind) for i in failed]
        for i, plain in zip(failed, again, strict=True):
            options[i] = judges[i].passing(plain) or judges[i].passing(
                judges[i].supported([*written[i], *plain])
            )
    statements: list[Statement] = []
    said = ""
    for judge, found in zip(judges, options, strict=True):
        known = runs(said)
        statement = Statement(_say_anew(found, said))
        if not statement.text or known & runs(statement.text):
            quote = judge.quote(known)
            if not statement.text or not known & runs(quote.text):
                statement = quote
        statements.append(statement)
        said += statement.text
    return statements


def _say_anew(options: Mapping[str, tuple[bool, float]], said: str) -> str:
    """Return the best option that repeats nothing said before, or the best without what it repeats.

    Where too little would be left, the best as it is.

    Args:
        options: What may be said, each with its rank.
        said: What was said so far.
    """
    known = runs(said)
    best = min(
        options,
        key=lambda text: (bool(known & runs(text)), repeats(said + text), options[text]),
        default="",
    )
    anew = "".join(clause for clause in split_clauses(best) if not known & runs(clause))
    return close(anew) if len(bare(anew)) >= MIN_WORDS else best


class Judge:
    """Chooses, among what a model wrote of a source, what the source supports.

    Args:
        source: The text that was summed up.
        room: Most characters of the summary.
        kind: What it is. A heading, which names a topic, gains nothing by the words of sentences.
    """

    def __init__(self, source: str, room: int, kind: Kind) -> None:
        self._room = room
        self._grounding = 0.0 if kind == "heading" else _GROUNDING
        self._sentences = [s for line in source.split("\n") for s in split_sentences(line)]
        self._support = Support(self._sentences)
        self._verifier = Verifier(source)

    def passing(self, candidates: Sequence[Candidate]) -> dict[str, tuple[bool, float]]:
        """Return the candidates that pass every check, fitted to the room, each with its rank.

        Those rank first that need no cutting, then those that are likelier, say more in the
        source's words and use their room.
        """
        ranks: dict[str, tuple[bool, float]] = {}
        for candidate in candidates:
            written = self._verifier.with_figures_of_source(drop_repeated(candidate.text))
            text = cut_at_clause(written, self._room)
            checks = self._verifier.checks(text)
            grounded = self._support.share(text)
            if self._passes(text, checks, grounded):
                rank = self._rank(candidate, text, checks, grounded)
                ranks[text] = min(rank, ranks.get(text, rank))
        return ranks

    def supported(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return what candidates say without the statements that fail a check."""
        return [
            Candidate("".join(filter(self._stands, split_statements(written))), candidate.score)
            for candidate in candidates
            for written in [self._verifier.with_figures_of_source(candidate.text)]
        ]

    def quote(self, known: Set[str] = frozenset()) -> Statement:
        """Return the sentence that shares most with the rest of the source, as far as it fits.

        Sentences that repeat what was said before come last, and before them those whose first
        clause has no room.

        Args:
            known: The runs of characters that were said before; see `repetition.runs`.
        """
        room = min(self._room, _QUOTED_CHARS)
        main = max(
            self._sentences,
            key=lambda sentence: (
                not known & runs(fit(sentence, room)),
                bool(cut_at_clause(sentence, room)),
                self._support.shared(sentence),
            ),
        )
        return Statement(fit(main, room), quoted=True)

    def _rank(
        self, candidate: Candidate, text: str, checks: Sequence[Check], grounded: float
    ) -> tuple[bool, float]:
        preference = (
            candidate.score
            + self._grounding * grounded
            + _FILLING * len(text) / self._room
            - _UNCLEAR * sum(check.outcome == "unclear" for check in checks)
        )
        return len(close(candidate.text)) > self._room, -preference

    def _passes(self, text: str, checks: Sequence[Check], grounded: float) -> bool:
        return (
            len(bare(text)) >= MIN_WORDS
            and not repeats(text)
            and all(check.outcome != "missing" for check in checks)
            and grounded >= _MIN_GROUNDED
            and all(
                self._support.share(statement) >= _MIN_STATEMENT
                for statement in split_statements(text)
            )
        )

    def _stands(self, statement: str) -> bool:
        return self._support.share(statement) >= _MIN_STATEMENT and all(
            check.outcome != "missing" for check in self._verifier.checks(statement)
        )
