"""`govtext.summarize` and its sisters: what needs both a summarizer and a classifier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from govtext import classify
from govtext.errors import InputError, InputTypeError
from govtext.reports import read_reports
from govtext.summarization.engine import DEFAULT_MODEL, load_engine
from govtext.summarization.generation import run_together
from govtext.summarization.progress import texts_bar
from govtext.summarization.source import Source, labelled, whole_report
from govtext.summarization.summaries import (
    DETAILS,
    MIN_CHARS,
    Detail,
    default_probability,
    summary_of,
)
from govtext.types import Paragraph, Report, Section, Summary

Summable = str | Report | Section | Paragraph
# Texts whose parts are written in common batches.
_TOGETHER = 64


def summarize(
    text_or_report: Summable,
    *,
    max_chars: int | None = None,
    detail: Detail = "brief",
    focus: str | None = None,
    min_probability: float | None = None,
    model: str | Path = DEFAULT_MODEL,
    classifier: str | Path = classify.DEFAULT_MODEL,
    threads: int | None = None,
    show_progress: bool = False,
) -> Summary:
    """Sum up a text, a paragraph, a section or a report.

    `detail` says what the summary looks like, `max_chars` how long it may be in any case:

    - `heading`: what the author of a report might head such a section with, its topic rather than
      its facts, at most 30 characters.
    - `headline`: one phrase of at most 30 characters, such as a headline of the whole.
    - `brief`: one paragraph of at most 120; of a report with several sections each is given the
      same room, so that every one is represented.
    - `full`: a line for each main section, of at most 90 characters a line.

    A text that is no longer than the limit comes back as it is. Sentences that only address the
    audience or submit the report are left out. The notes say so, and name every section that no
    statement comes from; a text that is too long for the model is read by its parts, never cut.

    Numbers with their units and what they count, dates, titles in 《》, quoted terms and names are
    looked up in the source, and `Summary.checks` says what came of each. Where the model writes
    nothing that passes, or nothing that is probable enough, the beginning of a sentence of the
    source stands in; `Evidence.quoted` and the notes tell what is word for word.

    Args:
        text_or_report: A string that holds one report or any part of one, a report from
            `govtext.read_reports`, or a section or paragraph of one.
        max_chars: Most characters of the summary, at least 10; None for what `detail` says.
        detail: heading, headline, brief or full.
        focus: A label of the classifier: only the sentences that it gives this label are summed
            up. Where it gives it to none, the summary is empty and a note says so.
        min_probability: Least probability, from 0 to 1, that the source says a statement; what is
            less probable is written again, or gives way to what the source says word for word. The
            higher, the truer and closer to the source's words is the summary. None: 0.8 for texts
            of 1,500 characters and more, which have more to say than room, and 0 for shorter ones.
        model: A shipped model (`"base"`), a model folder, or an MLflow URI such as
            `models:/govtext-summarizer@champion`.
        classifier: What labels the sentences where there is a `focus`; as for `predict`.
        threads: Processor threads to write with, a text each; None for all, at most eight.
        show_progress: Show a bar on standard error while the model writes.

    Raises:
        InputTypeError: The text is none of these, or `max_chars` is no whole number.
        InputError: The text is empty, has no Chinese character or holds several reports, or
            an argument is out of range.
        ModelError: A model cannot be found or is incomplete.
    """
    summaries = summarize_all(
        [text_or_report],
        max_chars=max_chars,
        detail=detail,
        focus=focus,
        min_probability=min_probability,
        model=model,
        classifier=classifier,
        threads=threads,
        show_progress=show_progress,
    )
    return next(summaries)


def summarize_all(
    texts_or_reports: Iterable[Summable],
    *,
    max_chars: int | None = None,
    detail: Detail = "brief",
    focus: str | None = None,
    min_probability: float | None = None,
    model: str | Path = DEFAULT_MODEL,
    classifier: str | Path = classify.DEFAULT_MODEL,
    threads: int | None = None,
    show_progress: bool = False,
) -> Iterator[Summary]:
    """Sum many texts up, faster than one by one, and yield the summaries in order.

    Texts are taken from the iterable as they are needed, 64 at a time, and written in common
    batches. Arguments and errors are those of `summarize`; they are checked at once, a text when
    its turn comes.
    """
    _check_options(max_chars, min_probability, detail, focus, classifier)
    waiting = iter(texts_or_reports)
    load = partial(load_engine, model, threads=threads)

    def chunks() -> Iterator[Summary]:
        while chunk := list(islice(waiting, _TOGETHER)):
            sources = [_source(_as_report(item), focus, classifier) for item in chunk]
            jobs = [
                summary_of(
                    s, load, detail=detail, max_chars=max_chars, min_probability=min_probability
                )
                for s in sources
            ]
            with texts_bar(shown=show_progress) as progress:
                summaries = run_together(jobs, load, progress)
            yield from summaries

    return chunks()


def summarize_sections(
    report: str | Report,
    *,
    max_chars: int | None = None,
    detail: Detail = "brief",
    focus: str | None = None,
    min_probability: float | None = None,
    model: str | Path = DEFAULT_MODEL,
    classifier: str | Path = classify.DEFAULT_MODEL,
    threads: int | None = None,
) -> Iterator[tuple[Section, Summary]]:
    """Sum up the main sections of a report one by one, each as soon as it is done.

    A section is summed up with its subsections. Arguments and errors are those of `summarize`;
    `max_chars` and `detail` are for each section, and `min_probability` is that of the whole report
    where it is None. Sections without a sentence to sum up, under `focus` for instance, are passed
    over.

    Yields:
        The section and its summary, in the order of the report.
    """
    _check_options(max_chars, min_probability, detail, focus, classifier)
    source = _source(_as_report(report), focus, classifier)
    load = partial(load_engine, model, threads=threads)
    least = default_probability(source) if min_probability is None else min_probability

    def each() -> Iterator[tuple[Section, Summary]]:
        for part in source.by_section():
            job = summary_of(part, load, detail=detail, max_chars=max_chars, min_probability=least)
            [summary] = run_together([job], load)
            yield part.sections[0].section, summary

    return each()


def _source(report: Report, focus: str | None, classifier: str | Path) -> Source:
    if focus is None:
        return whole_report(report)

    def labels(report: Report) -> list[str | None]:
        return [prediction.label for prediction in classify.predict(report, model=classifier)]

    return labelled(report, focus, labels)


def _as_report(item: Summable) -> Report:
    if isinstance(item, Paragraph):
        item = Section(None, 1, item.start, item.end, (item,))
    if isinstance(item, Section):
        item = Report(item.text, None, None, None, (item,))
        if not item.sentences():
            raise InputError(
                "the section has no paragraphs of its own; sum up the subsections that follow it, "
                "or the report with govtext.summarize_sections"
            )
    if isinstance(item, Report):
        if not item.sentences():
            raise InputError("the report has no sentence; expected one with text to sum up")
        return item
    if not isinstance(item, str):
        raise InputTypeError(
            f"cannot summarize {type(item).__name__}; expected a string, or a report, section or "
            "paragraph from govtext.read_reports"
        )
    return _only_report(read_reports(text=item))


def _only_report(reports: list[Report]) -> Report:
    if len(reports) > 1:
        raise InputError(
            f"the text holds {len(reports)} reports; summarize them one by one: "
            "[summarize(report) for report in read_reports(text=…)]"
        )
    if not reports[0].sentences():
        raise InputError("the text has no sentence to sum up, only headings or captions")
    return reports[0]


def _check_options(
    max_chars: int | None,
    min_probability: float | None,
    detail: str,
    focus: str | None,
    classifier: str | Path,
) -> None:
    if max_chars is not None:
        if isinstance(max_chars, bool) or not isinstance(max_chars, int):
            raise InputTypeError(
                f"max_chars is {type(max_chars).__name__}, expected a whole number of characters"
            )
        if max_chars < MIN_CHARS:
            raise InputError(f"max_chars is {max_chars}, expected at least {MIN_CHARS}")
    if min_probability is not None and not 0 <= min_probability <= 1:
        raise InputError(f"min_probability is {min_probability}, expected a number from 0 to 1")
    if detail not in DETAILS:
        raise InputError(f"detail is {detail!r}, expected {', '.join(DETAILS)}")
    if focus is None:
        return
    if not isinstance(focus, str):
        raise InputTypeError(f"focus is {type(focus).__name__}, expected a label or None")
    known = classify.load_classifier(classifier).labels
    if focus not in known:
        raise InputError(f"focus is {focus!r}; the classifier's labels are {', '.join(known)}")
