"""Sum a split up and measure the summaries, beside those of baselines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.progress import track
from rich.table import Table

from govtext.corpus.examples import KINDS, SummaryExample
from govtext.evaluation.extractive import lead, oracle, textrank
from govtext.evaluation.summaries import SummaryScores, rouge, score_summaries
from govtext.summarization import summarize
from govtext.text.facts import unsupported

MAX_CHARS = {"headline": 30, "section": 80, "report": 180}


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
            "ROUGE-1": f"{s.rouge1:.3f}",
            "ROUGE-2": f"{s.rouge2:.3f}",
            "ROUGE-L": f"{s.rouge_l:.3f}",
            "new bigrams": f"{s.novelty:.0%}",
            "unsupported": f"{s.unsupported:.1%}",
            "repetition": f"{s.repetition:.1%}",
        }


@dataclass(frozen=True, slots=True)
class JudgedSummarizer:
    """A summarizer's summaries beside those of the baselines.

    Attributes:
        rows: Figures by kind of text and method.
        outputs: Every summary of the model with source and reference, the worst first.
    """

    rows: list[SummaryRow]
    outputs: list[dict[str, object]]

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

    def table(self) -> Table:
        """Return the figures as a table for the terminal."""
        records = [row.record() for row in self.rows]
        table = Table(*records[0], title="Summaries")
        for record in records:
            table.add_row(*map(str, record.values()))
        return table


_BASELINES: dict[str, Callable[[str, int], str]] = {"lead": lead, "TextRank": textrank}


def judge_summarizer(
    model: str | Path, examples: Sequence[SummaryExample], *, seed: int = 0
) -> JudgedSummarizer:
    """Sum every text up as a user would, and with the baselines, and compare with references.

    A headline gets 30 characters, a section's summary 80, a report's 180. `oracle` is the one
    source sentence closest to the reference: the best that taking a sentence over could do.
    """
    written: dict[str, list[str]] = {"model": []}
    for example in track(examples, description="summaries", transient=True):
        limit = MAX_CHARS[example.kind]
        written["model"].append(summarize(example.text, max_chars=limit, model=model).text)
    for name, baseline in _BASELINES.items():
        written[name] = [baseline(e.text, MAX_CHARS[e.kind]) for e in examples]
    written["oracle"] = [oracle(e.text, e.summary, MAX_CHARS[e.kind]) for e in examples]
    rows = [
        _summary_row(method, kind, examples, summaries, seed)
        for kind in KINDS
        if any(example.kind == kind for example in examples)
        for method, summaries in written.items()
    ]
    return JudgedSummarizer(rows, _outputs(examples, written["model"]))


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
    examples: Sequence[SummaryExample], summaries: Sequence[str]
) -> list[dict[str, object]]:
    outputs: list[dict[str, object]] = [
        {
            "id": e.id,
            "kind": e.kind,
            "ROUGE-L": round(rouge(summary, e.summary)[2], 4),
            "output": summary,
            "reference": e.summary,
            "source": e.text,
            "unsupported": "、".join(unsupported(summary, e.text)),
            "group": e.group,
        }
        for e, summary in zip(examples, summaries, strict=True)
    ]
    return sorted(outputs, key=lambda row: (not row["unsupported"], row["ROUGE-L"]))
