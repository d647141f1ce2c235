"""Have summaries written that say what their source says, and nothing else.

Wrong figures are replaced by those of the source that count the same. Of the candidates of the
model those go on that pass every check; where none does, the main sentence of the source is summed
up, and what fails is left out. Each statement is then judged. Where the source does not seem to say
one, it is left out, and what is written of single sentences takes its room, or what these begin
with, word for word. Where too little is left, a sentence of the source is taken over.
Source of the idea to rewrite single sentences: Chen and Bansal, "Fast Abstractive Summarization
with Reinforce-Selected Sentence Rewriting", ACL 2018.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from govtext.summarization.clauses import (
    MARKS,
    MIN_WORDS,
    close,
    cut_at_clause,
    drop_repeated,
    fit,
    split_clauses,
)
from govtext.summarization.entailment import Entailment, Reading, probabilities
from govtext.summarization.generation import Candidate, Request, Steps, Writer, write
from govtext.summarization.openings import opening, shortest
from govtext.summarization.prompt import ROOM, Kind
from govtext.summarization.support import Support, split_statements
from govtext.text.ngrams import bare
from govtext.text.quantities import quantities
from govtext.text.repetition import repeats, runs
from govtext.text.sentences import sentences_by_line
from govtext.text.verify import Verifier
from govtext.types import Check

# How much a candidate's likelihood may lose to one in words of its own.
_OWN_WORDS = 0.15
# What it gains where it fills its room, and loses for each number whose thing is not clear.
_FILLING = 0.5
_UNCLEAR = 0.1
# Least share of the character bigrams that a sentence of the source has, of a summary and of a
# statement in it: 99 of 100 references of the training data have both.
_MIN_GROUNDED = 0.2
_MIN_STATEMENT = 0.1
_QUOTED_CHARS = 60
# Units of dates, whose figures tell little.
_DATES = frozenset("年月日")
# Most room of what is written of a sentence.
_RESTATED_CHARS = 32

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
    def unsure(self) -> list[str]:
        """Its statements that are doubtful."""
        return [s for i, s in enumerate(self.statements) if i in self.doubtful]

    @property
    def sure(self) -> list[str]:
        """Its statements that are not doubtful."""
        return [s for i, s in enumerate(self.statements) if i not in self.doubtful]


def write_faithfully(
    tasks: Sequence[Task], writer: Writer, min_probability: float
) -> Steps[list[Statement]]:
    """Sum texts up, each checked against its source, one not repeating what another says.

    Args:
        tasks: The texts.
        writer: What writes, and says what it reads and how its statements are judged; where that is
            not known, none is doubted.
        min_probability: A statement is doubtful that the source says with less probability.
    """
    judges = [Judge(task, writer) for task in tasks]
    options = yield from _passing(tasks, judges)
    if writer.entailment is None:
        return _said_in_turn(judges, lambda i, _known: options[i])
    written = yield from _restated(judges, options, writer, writer.entailment, min_probability)
    return _said_in_turn(judges, lambda i, known: judges[i].options(*written[i], known))


def _said_in_turn(
    judges: Sequence[Judge], options: Callable[[int, Set[str]], Options]
) -> list[Statement]:
    """Choose what is said of each text, one after the other.

    Args:
        judges: Those of the texts.
        options: Gives what may be said of a text, by its place and the runs that were said before.
    """
    statements: list[Statement] = []
    said = ""
    for i, judge in enumerate(judges):
        known = runs(said)
        statement = Statement(_say_anew(options(i, known), said))
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
    main = {i: judges[i].main() for i, found in enumerate(options) if not found}
    failed = {i: sentence for i, sentence in main.items() if sentence != tasks[i].text}
    again = yield from write([Request(sentence, tasks[i].kind) for i, sentence in failed.items()])
    for i, found in zip(failed, again, strict=True):
        options[i] = judges[i].passing(found) or judges[i].passing(
            judges[i].supported([*written[i], *found])
        )
    return options


def _drafts(
    judges: Sequence[Judge],
    options: Sequence[Options],
    entailment: Entailment,
    min_probability: float,
) -> Steps[list[list[Draft]]]:
    """Return what may be said of each text, judged statement by statement, the best first."""
    probable = yield from probabilities(
        [
            (judge.reading, judge.statements(found) if min_probability > 0 else [])
            for judge, found in zip(judges, options, strict=True)
        ],
        entailment,
    )
    return [
        sorted(judge.drafts(found, by_statement, min_probability), key=lambda draft: draft.rank)
        for judge, found, by_statement in zip(judges, options, probable, strict=True)
    ]


def _restated(
    judges: Sequence[Judge],
    options: Sequence[Options],
    writer: Writer,
    entailment: Entailment,
    min_probability: float,
) -> Steps[list[tuple[list[Draft], dict[str, float]]]]:
    """Where the best draft has something doubtful, sum the source up sentence by sentence too.

    Returns:
        For each text its drafts, the best first, and what is sure of its sentences, each statement
        with its probability.
    """
    drafts = yield from _drafts(judges, options, entailment, min_probability)
    sentences = [
        (i, task)
        for i, found in enumerate(drafts)
        if not found or found[0].doubtful
        for task in judges[i].by_sentence()
    ]
    tasks = [task for _, task in sentences]
    inner = [Judge(task, writer) for task in tasks]
    passing = yield from _passing(tasks, inner)
    written = yield from _drafts(inner, passing, entailment, min_probability)
    restated: list[list[str]] = [[] for _ in judges]
    for (i, _), found in zip(sentences, written, strict=True):
        restated[i] += found[0].sure if found else []
    # What one sentence says may still be wrong beside the others.
    probable = yield from probabilities(
        [
            (judge.reading, list(dict.fromkeys(said)))
            for judge, said in zip(judges, restated, strict=True)
        ],
        entailment,
    )
    return [
        (found, {said: p for said, p in by_statement.items() if p >= min_probability})
        for found, by_statement in zip(drafts, probable, strict=True)
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


def _quote(sentence: str, room: int) -> str:
    """Return a sentence that fits, or what of it stands alone; where nothing does, what fits."""
    if len(close(sentence)) <= room:
        return close(sentence)
    begun = opening(sentence)
    part = begun if len(begun) <= room else shortest(sentence, room)
    return close(part) if part else fit(sentence, room)


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
        self._sentences = sentences_by_line(task.source)
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

    def drafts(
        self, options: Options, probable: Mapping[str, float], min_probability: float
    ) -> list[Draft]:
        """Return options with what is doubtful of them, ranked by what is left.

        Args:
            options: What passed, with its ranks.
            probable: The probability of each of their statements.
            min_probability: The least that is not doubtful.
        """
        doubted = {statement for statement, p in probable.items() if p < min_probability}
        return [self._draft(option, rank, doubted) for option, rank in options.items()]

    def by_sentence(self) -> list[Task]:
        """Return the sentences of the source, each as a text to sum up."""
        if not self._states:
            return []
        room = min(self._room, _RESTATED_CHARS)
        return [
            Task(sentence, sentence, "headline", room)
            for sentence in self.reading.pieces
            if len(bare(sentence)) >= MIN_WORDS
        ]

    def options(
        self, drafts: Sequence[Draft], restated: Mapping[str, float], known: Set[str]
    ) -> Options:
        """Return what may be said: what is sure of each draft, and the best one filled up.

        Args:
            drafts: What was written, the best first.
            restated: What was written sentence by sentence, each statement with its probability.
            known: The runs of characters that were said before; see `repetition.runs`.
        """
        ranks: dict[str, Rank] = {}
        for draft in drafts:
            if len(bare(draft.text)) >= MIN_WORDS:
                ranks[draft.text] = min(draft.rank, ranks.get(draft.text, draft.rank))
        if self._states:
            text = self._filled(drafts, restated, known)
            checks = self._verifier.checks(text)
            if self._passes(text, checks, self._support.share(text)):
                is_cut, rank = drafts[0].rank if drafts else (False, 0.0)
                more = len(text) - (len(drafts[0].text) if drafts else 0)
                ranks.setdefault(text, (is_cut, rank - _FILLING * more / self._room))
        return ranks

    def _filled(
        self, drafts: Sequence[Draft], restated: Mapping[str, float], known: Set[str]
    ) -> str:
        """Return what is sure of the best draft, and as much of the rest as there is room for.

        First comes what is restated of the sentences that doubtful statements are nearest to, or
        what these begin with; last, what others begin with.
        """
        openings = self._openings() if not drafts or drafts[0].doubtful else {}
        likelier = {
            statement: self.reading.place(statement)
            for statement in sorted(restated, key=lambda statement: -restated[statement])
        }
        sure = [statement for draft in drafts[:1] for statement in draft.sure]
        for place in [self.reading.place(s) for draft in drafts[:1] for s in draft.unsure]:
            again = [statement for statement, where in likelier.items() if where == place]
            sure += again or [openings.pop(place, "")]
        sure += [*likelier, *(s for draft in drafts[1:] for s in draft.sure), *openings.values()]
        said: list[str] = []
        for statement in sure:
            words = statement.rstrip(MARKS)
            together = "，".join([*said, words])
            is_new = words and not known & runs(words) and not repeats(together)
            if is_new and len(together) < self._room:
                said.append(words)
        return close("，".join(sorted(said, key=self.reading.position))) if said else ""

    def _openings(self) -> dict[int, str]:
        """Return what sentences begin with, by their places, those with most figures first."""
        whole = set(self._sentences)
        begun = {
            place: opening(piece)
            for place, piece in enumerate(self.reading.pieces)
            if piece in whole
        }
        figures = {
            place: sum(quantity.unit not in _DATES for quantity in quantities(text))
            for place, text in begun.items()
            if 0 < len(text) <= self._room
        }
        return {place: begun[place] for place in sorted(figures, key=lambda i: -figures[i])}

    def main(self) -> str:
        """Return the sentence that shares most with the rest of the source."""
        return self.reading.nearest(max(self._sentences, key=self._support.shared))

    def quote(self, known: Set[str] = frozenset()) -> Statement:
        """Return the sentence that shares most with the rest of the source, as far as it fits.

        Where it has no room, what it begins with. Sentences that repeat what was said before come
        last, and before them those whose beginning has no room.

        Args:
            known: The runs of characters that were said before; see `repetition.runs`.
        """
        room = min(self._room, _QUOTED_CHARS)
        quotes = {sentence: _quote(sentence, room) for sentence in self._sentences}
        main = max(
            self._sentences,
            key=lambda sentence: (
                not known & runs(quotes[sentence]),
                bool(shortest(sentence, room)),
                bool(cut_at_clause(sentence, room)),
                self._support.shared(sentence),
            ),
        )
        return Statement(quotes[main], quoted=True)

    def _draft(self, option: str, rank: Rank, doubted: Set[str]) -> Draft:
        if not self._states:
            return Draft((option,), frozenset(), rank)
        statements = tuple(split_statements(option))
        doubtful = frozenset(i for i, statement in enumerate(statements) if statement in doubted)
        draft = Draft(statements, doubtful, rank)
        lost = _FILLING * (len(option) - len(draft.text)) / self._room
        return replace(draft, rank=(rank[0], rank[1] + lost))

    def _rank(
        self, candidate: Candidate, text: str, checks: Sequence[Check], grounded: float
    ) -> Rank:
        preference = (
            candidate.score
            + (_OWN_WORDS * (1 - grounded) if self._states else 0.0)
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
