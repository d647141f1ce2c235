"""What passes between those who need summaries and the model that writes them.

A job is a generator: it yields what it needs of the model, texts to be summed up or statements to
be scored, gets an answer for each, and returns what it was asked for. `run_together` lets many jobs
wait for the same batches.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from govtext.summarization.prompt import Kind

if TYPE_CHECKING:
    from govtext.summarization.entailment import Entailment

Load = Callable[[], "Writer"]
Result = TypeVar("Result")
# Called with the texts that were written and those that are known to be needed so far.
Progress = Callable[[int, int], None]
_ROUND = 32


@dataclass(frozen=True, slots=True)
class Request:
    """A text to sum up.

    Attributes:
        text: The text, within what the model reads.
        kind: heading, headline, section or report.
    """

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to sum a text up.

    Attributes:
        text: What the model wrote.
        score: Mean log probability of its tokens; higher is better.
    """

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Question:
    """How likely a statement is, given sentences of its source.

    Attributes:
        statement: The statement.
        text: The sentences, within what the model reads.
    """

    statement: str
    text: str


# Each request is answered by candidates, each question by the log probabilities of the tokens.
Steps = Generator[Sequence[Request | Question], list[Any], Result]


def write(requests: Sequence[Request]) -> Steps[list[list[Candidate]]]:
    """Have texts summed up: the candidates for each, best first."""
    return (yield requests)


def ask(questions: Sequence[Question]) -> Steps[list[list[float]]]:
    """Have statements read: the log probability of each token of each."""
    return (yield questions)


class Writer(Protocol):
    """What writes summaries; `Engine` is one."""

    max_source_tokens: int
    entailment: Entailment | None

    def count_tokens(self, text: str) -> int:
        """Return how many tokens a text takes."""

    def generate(self, requests: Sequence[Request]) -> list[list[Candidate]]:
        """Return the candidates for each request, best first."""

    def score(self, questions: Sequence[Question]) -> list[list[float]]:
        """Return the log probability of each token of each statement."""


def together(jobs: Sequence[Steps[Result]]) -> Steps[list[Result]]:
    """Make one job of several, which ask at the same time; it returns what each returns."""
    results: dict[int, Result] = {}
    answers: dict[int, list[Any] | None] = dict.fromkeys(range(len(jobs)))
    while answers:
        waiting: dict[int, Sequence[Request | Question]] = {}
        for i, answer in answers.items():
            try:
                waiting[i] = jobs[i].send(answer) if answer is not None else next(jobs[i])
            except StopIteration as end:
                results[i] = end.value
        if not waiting:
            break
        given = iter((yield [one for asked in waiting.values() for one in asked]))
        answers = {i: [next(given) for _ in asked] for i, asked in waiting.items()}
    return [results[i] for i in range(len(jobs))]


def run_together(
    jobs: Sequence[Steps[Result]], load: Load, progress: Progress | None = None
) -> list[Result]:
    """Run jobs, their requests in common batches.

    Args:
        jobs: What is to be done.
        load: Gives the model, when something is first asked of it.
        progress: Told after each batch how far it is.

    Returns:
        What each job returns, in order.
    """
    job = together(jobs)
    answers: list[Any] | None = None
    done = 0
    while True:
        try:
            asked = job.send(answers) if answers is not None else next(job)
        except StopIteration as end:
            results: list[Result] = end.value
            return results
        requests = [one for one in asked if isinstance(one, Request)]
        written: list[list[Candidate]] = []
        for start in range(0, len(requests), _ROUND):
            written += load().generate(requests[start : start + _ROUND])
            if progress is not None:
                progress(done + len(written), done + len(requests))
        done += len(requests)
        questions = [one for one in asked if isinstance(one, Question)]
        scored = iter(load().score(questions) if questions else ())
        texts = iter(written)
        answers = [next(texts) if isinstance(one, Request) else next(scored) for one in asked]
