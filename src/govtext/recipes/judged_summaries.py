"""Sum a split up and measure the summaries, beside those of baselines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Table

from govtext.api import summarize_all
from govtext.corpus.examples import KINDS, SummaryExample
from govtext.errors import DataError
from govtext.evaluation.extractive import first_clause, lead, oracle, textrank
from govtext.evaluation.summaries import SummaryScores, rouge, score_summaries
from govtext.summarization.summaries import Detail
from govtext.text.repetition import repeats
from govtext.types import Summary

# The columns of a table, and what they are called where it is narrow.
_COLUMNS = {
    "method": "method",
    "ROUGE-1": "R-1",
    "ROUGE-2": "R-2",
    "ROUGE-L": "R-L",
    "new bigrams": "new",
    "unsupported": "unsup.",
    "misbound": "misb.",
    "repetition": "rep.",
}
MAX_CHARS = {"heading": 30, "headline": 30, "section": 80, "report": 180}
_DETAIL: dict[str, Detail] = {"heading": "heading", "headline": "headline"}
_WORST = 40


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """Figures of one way to sum up one kind of text."""

    method: str
    kind: str
    texts: int
    scores: SummaryScores

    def record(self) -> dict[str, object]:
        """Return the row as plain values."""
        s = self.scores
        return {
            "kind": self.kind,
            "method": self.method,
            "texts": self.texts,
            "ROUGE-1": f"{s.rouge1.value:.3f}",
            "ROUGE-2": f"{s.rouge2.value:.3f}",
            "ROUGE-L": f"{s.rouge_l:.3f}",
            "new bigrams": f"{s.novelty:.0%}",
            "compression": f"{s.compression:.0%}",
            "unsupported": f"{s.unsupported:.1%}",
            "misbound": f"{s.misbound:.1%}",
            "repetition": f"{s.repetition:.1%}",
        }


@dataclass(frozen=True, slots=True)
class JudgedSummarizer:
    """A summarizer's summaries beside those of the baselines.

    Attributes:
        rows: Figures by kind of text and method.
        outputs: Every summary of the model with source, reference and checks, the worst first.
    """

    rows: list[SummaryRow]
    outputs: list[dict[str, object]]

    @property
    def worst(self) -> list[dict[str, object]]:
        """The forty worst summaries: what a reviewer should read first."""
        return self.outputs[:_WORST]

    def metrics(self, prefix: str) -> dict[str, float]:
        """Return the model's own figures as flat metrics, such as `test/headline/rouge_l`."""
        flat: dict[str, float] = {}
        for row in self.rows:
            if row.method == "model":
                flat |= row.scores.metrics(f"{prefix}/{row.kind}")
        return flat

    def verdict(self) -> str:
        """Return the model's ROUGE-L beside the best extractive baseline's, a line."""
        parts = []
        for kind in dict.fromkeys(row.kind for row in self.rows):
            best = {row.method: row.scores.rouge_l.value for row in self.rows if row.kind == kind}
            rival = max(best[name] for name in _BASELINES)
            parts.append(f"{kind} {best['model']:.3f} (lead or TextRank {rival:.3f})")
        return "Character ROUGE-L: " + ", ".join(parts)

    def markdown(self) -> str:
        """Return the figures as a Markdown table."""
        records = [row.record() for row in self.rows]
        lines = ["| " + " | ".join(records[0]) + " |", "|" + " --- |" * len(records[0])]
        lines += ["| " + " | ".join(map(str, record.values())) + " |" for record in records]
        return "\n".join(lines)

    def card_rows(self) -> list[tuple[str, str]]:
        """Return the model's own figures as rows of a model card."""
        return [
            (
                f"{row.kind}: ROUGE-L, new bigrams, unsupported, repetition ({row.texts} texts)",
                f"{row.scores.rouge_l:.3f}, {row.scores.novelty:.0%}, "
                f"{row.scores.unsupported:.1%}, {row.scores.repetition:.1%}",
            )
            for row in self.rows
            if row.method == "model"
        ]

    def tables(self) -> Group:
        """Return the figures for the terminal, a table for each kind of text."""
        tables = []
        for kind in dict.fromkeys(row.kind for row in self.rows):
            rows = [row for row in self.rows if row.kind == kind]
            table = Table(
                title=f"{kind}, {rows[0].texts} texts", box=SIMPLE_HEAD, padding=(0, 1, 0, 0)
            )
            for short in _COLUMNS.values():
                table.add_column(short, no_wrap=True)
            for row in rows:
                record = row.record()
                table.add_row(*(str(record[name]) for name in _COLUMNS))
            tables.append(table)
        legend = ", ".join(f"{s}: {name}" for name, s in _COLUMNS.items() if s != name)
        return Group(*tables, f"Character ROUGE, with 95 % intervals. {legend}")


_BASELINES: dict[str, Callable[[str, int], str]] = {
    "lead": lead,
    "first clause": first_clause,
    "TextRank": textrank,
}


def judge_summarizer(
    model: str | Path,
    examples: Sequence[SummaryExample],
    *,
    others: Mapping[str, str | Path] | None = None,
    seed: int = 0,
) -> JudgedSummarizer:
    """Sum every text up as a user would, and with the baselines, and compare with references.

    A heading and a headline get 30 characters, a section's summary 80, a report's 180. `oracle` is
    the one source sentence closest to the reference: the best that taking a sentence over could do.

    Args:
        model: The model to judge.
        examples: Texts with references.
        others: Models to put beside it, by the name they have in the table.
        seed: Seed of the intervals.

    Raises:
        DataError: A pair is no text with a summary.
    """
    for example in examples:
        if example.kind not in KINDS:
            raise DataError(f"{example.place}: a pair of kind {example.kind} is for training alone")
    summaries = _summarize(model, examples)
    written = {"model": [summary.text for summary in summaries]}
    for name, other in (others or {}).items():
        written[name] = [summary.text for summary in _summarize(other, examples)]
    for name, baseline in _BASELINES.items():
        written[name] = [baseline(e.text, MAX_CHARS[e.kind]) for e in examples]
    written["oracle"] = [oracle(e.text, e.summary, MAX_CHARS[e.kind]) for e in examples]
    rows = [
        _summary_row(method, kind, examples, texts, seed)
        for kind in KINDS
        if any(example.kind == kind for example in examples)
        for method, texts in written.items()
    ]
    return JudgedSummarizer(rows, _outputs(examples, summaries))


def _summarize(model: str | Path, examples: Sequence[SummaryExample]) -> list[Summary]:
    """Sum all texts up, those of one kind together."""
    written: dict[int, Summary] = {}
    for kind in KINDS:
        chosen = [i for i, example in enumerate(examples) if example.kind == kind]
        summaries = summarize_all(
            (examples[i].text for i in chosen),
            max_chars=MAX_CHARS[kind],
            detail=_DETAIL.get(kind, "brief"),
            model=model,
            show_progress=True,
        )
        written |= dict(zip(chosen, summaries, strict=True))
    return [written[i] for i in range(len(examples))]


def _summary_row(
    method: str, kind: str, examples: Sequence[SummaryExample], summaries: Sequence[str], seed: int
) -> SummaryRow:
    chosen = [(e, s) for e, s in zip(examples, summaries, strict=True) if e.kind == kind]
    scores = score_summaries(
        [e.text for e, _ in chosen],
        [e.summary for e, _ in chosen],
        [s for _, s in chosen],
        groups=[e.group for e, _ in chosen],
        seed=seed,
    )
    return SummaryRow(method, kind, len(chosen), scores)


def _outputs(
    examples: Sequence[SummaryExample], summaries: Sequence[Summary]
) -> list[dict[str, object]]:
    """Return what a reviewer reads: doubtful statements first, then by likeness."""
    outputs: list[dict[str, object]] = [
        {
            "id": e.id,
            "kind": e.kind,
            "ROUGE-L": round(rouge(summary.text, e.summary)[2], 4),
            "output": summary.text,
            "reference": e.summary,
            "source": e.text,
            "unsupported": "、".join(c.value for c in summary.checks if c.outcome == "missing"),
            "unclear": "、".join(c.value for c in summary.checks if c.outcome == "unclear"),
            "without evidence": "".join(v.statement for v in summary.evidence if not v.sentences),
            "quoted": any(item.quoted for item in summary.evidence),
            "repeats": repeats(summary.text),
            "notes": "; ".join(summary.notes),
            "group": e.group,
        }
        for e, summary in zip(examples, summaries, strict=True)
    ]
    return sorted(outputs, key=lambda r: (not r["unsupported"], not r["repeats"], r["ROUGE-L"]))
