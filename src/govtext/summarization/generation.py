"""What passes between those who need summaries and the model that writes them.

A job is a generator: it yields requests, gets the candidates for each, and returns what it was
asked for. `run_together` lets many jobs wait for the same batches.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from govtext.summarization.prompt import Kind

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


Steps = Generator[list[Request], list[list[Candidate]], Result]


class Writer(Protocol):
    """What writes summaries; `Engine` is one."""

    max_source_tokens: int

    def count_tokens(self, text: str) -> int:
        """Return how many tokens a text takes."""

    def generate(self, requests: Sequence[Request]) -> list[list[Candidate]]:
        """Return the candidates for each request, best first."""


def together(jobs: Sequence[Steps[Result]]) -> Steps[list[Result]]:
    """Make one job of several, which ask at the same time; it returns what each returns."""
    results: dict[int, Result] = {}
    answers: dict[int, list[list[Candidate]] | None] = dict.fromkeys(range(len(jobs)))
    while answers:
        waiting: dict[int, list[Request]] = {}
        for i, answer in answers.items():
            try:
                waiting[i] = jobs[i].send(answer) if answer is not None else next(jobs[i])
            except StopIteration as end:
                results[i] = end.value
        if not waiting:
            break
        written = iter((yield [request for asked in waiting.values() for request in asked]))
        answers = {i: [next(written) for _ in asked] for i, asked in waiting.items()}
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
    written: list[list[Candidate]] | None = None
    done = 0
    while True:
        try:
            requests = job.send(written) if written is not None else next(job)
        except StopIteration as end:
            results: list[Result] = end.value
            return results
        written = []
        for start in range(0, len(requests), _ROUND):
            written += load().generate(requests[start : start + _ROUND])
            if progress is not None:
                progress(done + len(written), done + len(requests))
        done += len(requests)
