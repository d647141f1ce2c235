"""How good a summary is, measured on strings alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from govtext.evaluation.bootstrap import Interval, bootstrap_interval, resampling_units
from govtext.text.ngrams import bare, novel_bigrams
from govtext.text.repetition import repeats
from govtext.text.verify import Verifier


@dataclass(frozen=True, slots=True)
class SummaryScores:
    """Figures of summaries on one split; ROUGE and shares from 0 to 1.

    Attributes:
        rouge1: Character ROUGE-1 F, mean over summaries.
        rouge2: Character ROUGE-2 F.
        rouge_l: Character ROUGE-L F.
        novelty: Share of the summaries' character bigrams that the sources do not have.
        compression: Characters of the summaries divided by those of the sources.
        unsupported: Share of the summaries with a number, date, title, quoted term or name that
            the source does not have.
        misbound: Share of the summaries with a number that, by the words around it, counts
            something else in the source; of reference summaries the rule doubts every seventh.
        repetition: Share of the summaries that repeat themselves, see `text.repetition.repeats`.
    """

    rouge1: Interval
    rouge2: Interval
    rouge_l: Interval
    novelty: float
    compression: float
    unsupported: float
    misbound: float
    repetition: float

    def metrics(self, prefix: str) -> dict[str, float]:
        """Return the figures as flat metrics, such as `test/rouge_l`."""
        flat = {
            name: getattr(self, name)
            for name in ("novelty", "compression", "unsupported", "misbound", "repetition")
        }
        for name in ("rouge1", "rouge2", "rouge_l"):
            interval: Interval = getattr(self, name)
            flat |= {
                name: interval.value,
                f"{name}_low": interval.low,
                f"{name}_high": interval.high,
            }
        return {f"{prefix}/{name}": value for name, value in flat.items()}


def score_summaries(
    sources: Sequence[str],
    references: Sequence[str],
    summaries: Sequence[str],
    *,
    groups: Sequence[str],
    seed: int = 0,
) -> SummaryScores:
    """Compare summaries with references and sources.

    Args:
        sources: The texts summed up.
        references: The summaries written by a person.
        summaries: The summaries to judge.
        groups: Report of each text: intervals resample whole reports.
        seed: Seed of the resampling.
    """
    rouges = np.array(
        [rouge(summary, ref) for summary, ref in zip(summaries, references, strict=True)]
    ).reshape(len(summaries), 3)
    intervals = [_mean_interval(rouges[:, i], groups, seed) for i in range(3)]
    bigrams = np.array(
        [novel_bigrams(summary, src) for summary, src in zip(summaries, sources, strict=True)]
    ).reshape(-1, 2)
    missing = [
        {check.fact for check in Verifier(source).checks(summary) if check.outcome == "missing"}
        for summary, source in zip(summaries, sources, strict=True)
    ]
    return SummaryScores(
        rouge1=intervals[0],
        rouge2=intervals[1],
        rouge_l=intervals[2],
        novelty=float(bigrams[:, 0].sum() / max(bigrams[:, 1].sum(), 1)),
        compression=sum(map(len, summaries)) / max(sum(map(len, sources)), 1),
        unsupported=float(np.mean([bool(facts - {"binding"}) for facts in missing])),
        misbound=float(np.mean(["binding" in facts for facts in missing])),
        repetition=float(np.mean([repeats(summary) for summary in summaries])),
    )


def rouge(summary: str, reference: str) -> tuple[float, float, float]:
    """Return character ROUGE-1, ROUGE-2 and ROUGE-L F, punctuation ignored, each 0 to 1.

    Source: Lin, "ROUGE: A Package for Automatic Evaluation of Summaries", 2004, on characters.
    """
    a, b = bare(summary), bare(reference)
    return _overlap(a, b, 1), _overlap(a, b, 2), _f(_common_subsequence(a, b), len(a), len(b))


def _mean_interval(values: np.ndarray, groups: Sequence[str], seed: int) -> Interval:
    groups = resampling_units(groups)
    names = {name: i for i, name in enumerate(dict.fromkeys(groups))}
    sums = np.zeros((len(names), 2))
    for value, group in zip(values, groups, strict=True):
        sums[names[group]] += (value, 1)
    return bootstrap_interval(sums, lambda total: float(total[0] / total[1]), seed=seed)


def _overlap(a: str, b: str, n: int) -> float:
    first = Counter(a[i : i + n] for i in range(len(a) - n + 1))
    second = Counter(b[i : i + n] for i in range(len(b) - n + 1))
    return _f(sum((first & second).values()), first.total(), second.total())


def _common_subsequence(a: str, b: str) -> int:
    """Return the length of the longest common subsequence, bit-parallel.

    Source: Hyyrö, "Bit-Parallel LCS-length Computation Revisited", 2004.
    """
    masks: dict[str, int] = {}
    for i, char in enumerate(a):
        masks[char] = masks.get(char, 0) | (1 << i)
    full = (1 << len(a)) - 1
    vector = full
    for char in b:
        matches = vector & masks.get(char, 0)
        vector = ((vector + matches) | (vector - matches)) & full
    return len(a) - vector.bit_count()


def _f(common: int, first: int, second: int) -> float:
    return 2 * common / (first + second) if first + second else 0.0
