"""Measure the summarizer's engine, as ratios side by side in one run.

    python scripts/benchmark_summarizer.py data/reports/validation [--texts 24] [--beam 4]

Writes headlines of the same paragraphs with the same weights, beams and search twice: with
transformers' own `generate` (the model folder turned back, weights in float32), and with the
package's engine. Prints texts a second, their ratio, and the character ROUGE-L of each, then the
time of a report of 4,000 characters. One processor thread each, but for the report.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

import torch
from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

import govtext
from govtext.bundle.locate import locate_model
from govtext.corpus.examples import SummaryExample, read_pairs
from govtext.evaluation.summaries import rouge
from govtext.summarization.engine import REPETITION_PENALTY, UNREPEATED, Engine
from govtext.summarization.generation import Request
from govtext.summarization.prompt import model_input
from govtext.summarization.restore import restore_model

MAX_TOKENS = 48
REPORT_CHARS = 4000


def main() -> None:
    """Run every engine on the same texts and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="annotated reports, .jsonl or .csv")
    parser.add_argument("--model", default="base", help="a shipped model or a model folder")
    parser.add_argument("--texts", type=int, default=24, help="paragraphs to write headlines of")
    parser.add_argument("--beam", type=int, default=4, help="beams of every engine")
    args = parser.parse_args()
    examples = [e for e in read_pairs(args.data) if e.kind == "headline"][: args.texts]
    engine = Engine.load(locate_model(args.model, task="summarizer"), threads=1)
    engines: dict[str, Callable[[Sequence[str]], list[str]]] = {
        "transformers generate": Torch(args.model, args.beam),
        "CTranslate2": lambda texts: [
            found[0].text
            for found in engine.generate(
                [Request(text, "headline") for text in texts],
                beam=args.beam,
                max_tokens=MAX_TOKENS,
            )
        ],
    }
    compare(engines, examples)
    time_report(args.model, args.data)


class Torch:
    """transformers' `generate`, a batch at a time, the longest texts first."""

    def __init__(self, model: str, beam: int) -> None:
        torch.set_num_threads(1)
        with tempfile.TemporaryDirectory() as scratch:
            folder = restore_model(locate_model(model, task="summarizer"), Path(scratch))
            self._tokenizer = AutoTokenizer.from_pretrained(folder)
            self._model = AutoModelForSeq2SeqLM.from_pretrained(folder).eval()
        self._beam = beam

    def __call__(self, texts: Sequence[str]) -> list[str]:
        """Return the best headline of each text."""
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        written: dict[int, str] = {}
        for start in range(0, len(order), 8):
            chosen = order[start : start + 8]
            written |= dict(zip(chosen, self._write([texts[i] for i in chosen]), strict=True))
        return [written[i] for i in range(len(texts))]

    def _write(self, texts: Sequence[str]) -> Any:
        inputs = [model_input(text, "headline") for text in texts]
        batch = self._tokenizer(inputs, padding=True, return_tensors="pt")
        with torch.inference_mode():
            found = self._model.generate(
                input_ids=batch["input_ids"],
                attention_mask=batch["attention_mask"],
                num_beams=self._beam,
                max_new_tokens=MAX_TOKENS,
                no_repeat_ngram_size=UNREPEATED,
                repetition_penalty=REPETITION_PENALTY,
            )
        return self._tokenizer.batch_decode(found, skip_special_tokens=True)


def compare(
    engines: dict[str, Callable[[Sequence[str]], list[str]]], examples: Sequence[SummaryExample]
) -> None:
    """Print speed and likeness to the references of each engine."""
    texts = [example.text for example in examples]
    base: float | None = None
    for name, write in engines.items():
        write(texts[:2])
        start = time.process_time()
        written = write(texts)
        speed = len(texts) / (time.process_time() - start)
        base = base or speed
        likeness = mean(rouge(w, e.summary)[2] for w, e in zip(written, examples, strict=True))
        print(f"{name:<26} {speed:6.2f} texts/s (x{speed / base:.1f})  ROUGE-L {likeness:.3f}")


def time_report(model: str, data: Path) -> None:
    """Print how long a summary of a report of 4,000 characters takes."""
    texts = [example.text for example in read_pairs(data) if example.kind == "section"]
    marks = "一二三四五六七八九"
    sections: list[str] = []
    while sum(map(len, sections)) < REPORT_CHARS and len(sections) < len(marks):
        sections.append(f"{marks[len(sections)]}、一年来的工作\n{texts[len(sections)]}")
    text = "\n".join(sections)[:REPORT_CHARS]
    govtext.summarize(text[:600], max_chars=30, model=model)
    start, spent = time.perf_counter(), time.process_time()
    govtext.summarize(text, model=model)
    wall, cpu = time.perf_counter() - start, time.process_time() - spent
    print(f"a report of {len(text)} characters: {wall:.1f} s ({cpu:.1f} s of processor time)")


if __name__ == "__main__":
    main()
