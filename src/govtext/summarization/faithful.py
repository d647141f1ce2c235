"""Have summaries written that say what their source says, and nothing else.

Wrong figures are replaced by those of the source that count the same. Of the candidates of the
model those go on that pass every check; where none does, the main sentence of the source is summed
up, and what fails is left out. Each statement is then judged, and one that the source does not seem
to say is written again from the one sentence that is nearest to it. What fails again is left out;
and where too little is left, a sentence of the source is taken over, and marked.
Source of the idea to rewrite single sentences: Chen and Bansal, "Fast Abstractive Summarization
with Reinforce-Selected Sentence Rewriting", ACL 2018.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from govtext.summarization.clauses import (
    BREAKS,
    close,
    cut_at_clause,
    drop_repeated,
    fit,
    split_clauses,
)
from govtext.summarization.entailment import Entailment, Reading, probabilities
from govtext.summarization.generation import Candidate, Request, Steps, Writer, write
from govtext.summarization.prompt import ROOM, Kind
from govtext.summarization.support import MIN_WORDS, Support, split_statements
from govtext.text.ngrams import bare
from govtext.text.repetition import repeats, runs
from govtext.text.sentences import split_sentences
from govtext.text.verify import Verifier
from govtext.types import Check

# How much a candidate's likelihood may lose to one whose statements each use the words of one
# sentence of the source: those of several, in one statement, may not belong together.
_GROUNDING = 0.5
# What it gains where it fills its room, and loses for each number whose thing is not clear.
_FILLING = 0.5
_UNCLEAR = 0.1
# What it gains by the mean probability of its statements, and the least of a statement.
_ENTAILED = 1.0
_MIN_ENTAILED = 0.5
# Least share of the character bigrams that a sentence of the source has, of a summary and of a
# statement in it: 99 of 100 references of the training data have both.
_MIN_GROUNDED = 0.2
_MIN_STATEMENT = 0.1
_QUOTED_CHARS = 60
# Least and most room of a statement that is written again.
_RESTATED_CHARS = (14, 32)

_MARKS = "".join(BREAKS)

Rank = tuple[bool, float]
# What may be said of a text, each with its rank: the lowest is the best.
Options = Mapping[str, Rank]


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


@dataclass(frozen=True, slots=True)
class Draft:
    """A candidate, statement by statement.

    Attributes:
        statements: What it says, in order.
        doubtful: Those of them, by place, that the source does not seem to say.
        rank: The lower, the better.
    """

    statements: tuple[str, ...]
    doubtful: frozenset[int]
    rank: Rank

    @property
    def text(self) -> str:
        """What it says without doubt, closed by one final mark; empty where that is nothing."""
        kept = "".join(self.sure)
        return close(kept) if kept else ""

    @property
    def sure(self) -> list[str]:
        """Its statements that are not doubtful."""
        return [s for i, s in enumerate(self.statements) if i not in self.doubtful]


def write_faithfully(tasks: Sequence[Task], writer: Writer) -> Steps[list[Statement]]:
    """Sum texts up, each checked against its source, one not repeating what another says.

    Args:
        tasks: The texts.
        writer: What writes, and says what it reads and how its statements are judged; where that is
            not known, none is doubted.
    """
    judges = [Judge(task, writer) for task in tasks]
    options = yield from _passing(tasks, judges)
    if writer.entailment is not None:
        options = yield from _restated(judges, options, writer, writer.entailment)
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


def _passing(tasks: Sequence[Task], judges: Sequence[Judge]) -> Steps[list[Options]]:
    """Return what may be said of each text, or of its main sentence, by every check of facts."""
    written = yield from write([Request(task.text, task.kind) for task in tasks])
    options = [judge.passing(found) for judge, found in zip(judges, written, strict=True)]
    failed = [
        i for i, found in enumerate(options) if not found and judges[i].main() != tasks[i].text
    ]
    again = yield from write([Request(judges[i].main(), tasks[i].kind) for i in failed])
    for i, found in zip(failed, again, strict=True):
        options[i] = judges[i].passing(found) or judges[i].passing(
            judges[i].supported([*written[i], *found])
        )
    return options


def _drafts(
    judges: Sequence[Judge], options: Sequence[Options], entailment: Entailment
) -> Steps[list[list[Draft]]]:
    """Return what may be said of each text, judged statement by statement, the best first."""
    probable = yield from probabilities(
        [
            (judge.reading, judge.statements(found))
            for judge, found in zip(judges, options, strict=True)
        ],
        entailment,
    )
    return [
        sorted(judge.drafts(found, by_statement), key=lambda draft: draft.rank)
        for judge, found, by_statement in zip(judges, options, probable, strict=True)
    ]


def _restated(
    judges: Sequence[Judge], options: Sequence[Options], writer: Writer, entailment: Entailment
) -> Steps[list[Options]]:
    """Write what is doubtful of each best draft again, from the sentence nearest to it."""
    drafts = yield from _drafts(judges, options, entailment)
    places = [
        (i, place) for i, found in enumerate(drafts) if found for place in sorted(found[0].doubtful)
    ]
    tasks = [judges[i].restating(drafts[i][0], place) for i, place in places]
    inner = [Judge(task, writer) for task in tasks]
    passing = yield from _passing(tasks, inner)
    written = yield from _drafts(inner, passing, entailment)
    restated: list[dict[int, str]] = [{} for _ in judges]
    for (i, place), found in zip(places, written, strict=True):
        restated[i][place] = found[0].text if found else ""
    return [
        judge.options(found, again)
        for judge, found, again in zip(judges, drafts, restated, strict=True)
    ]


def _say_anew(options: Options, said: str) -> str:
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
        task: What was summed up. A heading, which names a topic, states nothing, and gains
            nothing by the words of sentences.
        writer: What writes, and says what it reads and how it judges.
    """

    def __init__(self, task: Task, writer: Writer) -> None:
        self._room = task.room
        self._states = task.kind != "heading"
        self._sentences = [s for line in task.source.split("\n") for s in split_sentences(line)]
        self._support = Support(self._sentences)
        self.reading = Reading(self._sentences, writer.max_source_tokens - ROOM)
        self._verifier = Verifier(task.source)

    def passing(self, candidates: Sequence[Candidate]) -> Options:
        """Return the candidates that pass every check, fitted to the room, each with its rank.

        Those rank first that need no cutting, then those that are likelier, say more in the
        source's words and use their room.
        """
        ranks: dict[str, Rank] = {}
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

    def statements(self, options: Options) -> list[str]:
        """Return the statements of options, each once."""
        if not self._states:
            return []
        return list(dict.fromkeys(s for text in options for s in split_statements(text)))

    def drafts(self, options: Options, probable: Mapping[str, float]) -> list[Draft]:
        """Return options with what is doubtful of them, ranked by what is left.

        Args:
            options: What passed, with its ranks.
            probable: The probability of each of their statements.
        """
        return [self._draft(option, rank, probable) for option, rank in options.items()]

    def restating(self, draft: Draft, place: int) -> Task:
        """Return how one statement of a draft is written again: from the sentence nearest to it."""
        sentence = self.reading.nearest(draft.statements[place])
        least, most = _RESTATED_CHARS
        room = (self._room - len(draft.text)) // len(draft.doubtful)
        return Task(sentence, sentence, "headline", max(least, min(most, room)))

    def options(self, drafts: Sequence[Draft], restated: Mapping[int, str]) -> Options:
        """Return what may be said: what is sure of each draft, and of the best one all that is.

        To the best draft come its doubtful statements as they are restated, and where there is
        room, what is sure of the others.

        Args:
            drafts: What was written, the best first.
            restated: What is said in the place of each doubtful statement of the best draft, empty
                where nothing is.
        """
        ranks: dict[str, Rank] = {}
        for draft in drafts:
            if len(bare(draft.text)) >= MIN_WORDS:
                ranks[draft.text] = min(draft.rank, ranks.get(draft.text, draft.rank))
        if drafts and self._states:
            best = drafts[0]
            text = self._filled(drafts, restated)
            gain = _FILLING * (len(text) - len(best.text)) / self._room
            checks = self._verifier.checks(text)
            if self._passes(text, checks, self._support.share(text)):
                ranks[text] = (best.rank[0], best.rank[1] - gain)
        return ranks

    def _filled(self, drafts: Sequence[Draft], restated: Mapping[int, str]) -> str:
        said: list[str] = []
        sure = [restated.get(i, statement) for i, statement in enumerate(drafts[0].statements)]
        sure += [statement for draft in drafts[1:] for statement in draft.sure]
        for statement in sure:
            words = statement.rstrip(_MARKS)
            together = "，".join([*said, words])
            if words and len(together) < self._room and not repeats(together):
                said.append(words)
        return close("，".join(sorted(said, key=self.reading.place))) if said else ""

    def main(self) -> str:
        """Return the sentence that shares most with the rest of the source."""
        return self.reading.nearest(max(self._sentences, key=self._support.shared))

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

    def _draft(self, option: str, rank: Rank, probable: Mapping[str, float]) -> Draft:
        if not self._states:
            return Draft((option,), frozenset(), rank)
        statements = tuple(split_statements(option))
        doubtful = frozenset(
            i for i, statement in enumerate(statements) if probable[statement] < _MIN_ENTAILED
        )
        draft = Draft(statements, doubtful, rank)
        lost = _FILLING * (len(option) - len(draft.text)) / self._room
        mean = sum(probable[statement] for statement in statements) / len(statements)
        return replace(draft, rank=(rank[0], rank[1] + lost - _ENTAILED * mean))

    def _rank(
        self, candidate: Candidate, text: str, checks: Sequence[Check], grounded: float
    ) -> Rank:
        preference = (
            candidate.score
            + (_GROUNDING * grounded if self._states else 0.0)
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
