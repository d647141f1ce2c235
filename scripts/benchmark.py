"""Measure what users of the classifiers wait for, as ratios side by side in one run.

    python scripts/benchmark.py [--repeat 5] [--threads 1] [--accurate-sentences 400]

Prints the cost of `import govtext` over an empty interpreter; the time to the first prediction of
a new process and its memory; sentences a second of the fast model beside the pipeline that
everyone writes first (jieba in TfidfVectorizer, LogisticRegression), with the macro-F1 of both; and
sentences a second of the accurate model's encoder beside transformers' text-classification
pipeline on the same weights, with the share of equal labels. For the last, the folder that training
left (`--trained runs/encoder`) must be there; it is left out where it is not, and that is said.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "data" / "reports"
FIRST = "import govtext; govtext.predict('听取和审议报告。', model={model!r})"


def main() -> None:
    """Run the benchmarks and print a line for each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--repeat", type=int, default=5, help="runs of each, the median counts")
    parser.add_argument("--threads", type=int, default=1, help="processor threads of the encoders")
    parser.add_argument("--accurate-sentences", type=int, default=400, help="sentences for them")
    parser.add_argument("--trained", type=Path, default=ROOT / "runs" / "encoder")
    args = parser.parse_args()
    processes(args.repeat)
    fast_and_plain(args.repeat)
    trained = args.trained / "transformers"
    if not trained.is_dir():
        print(f"{trained}: not there, so the encoders are not compared")
        return
    encoders(args.trained, args.accurate_sentences, args.threads, args.repeat)


def processes(repeat: int) -> None:
    """Print what a new process costs."""
    empty, memory = process_cost("pass", repeat)
    print(f"{'empty interpreter':<34} {empty:6.3f} s  {memory:5.0f} MB")
    for name, code in {
        "import govtext": "import govtext",
        "first prediction, fast": FIRST.format(model="fast"),
        "first prediction, accurate": FIRST.format(model="accurate"),
    }.items():
        seconds, memory = process_cost(code, repeat)
        print(f"{name:<34} {seconds:6.3f} s  {memory:5.0f} MB  (+{seconds - empty:.3f} s)")


def fast_and_plain(repeat: int) -> None:
    """Compare the fast model with the plain pipeline, both on bare sentences."""
    import jieba
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import f1_score
    from sklearn.pipeline import make_pipeline

    import govtext
    from govtext.corpus.examples import read_labelled

    jieba.setLogLevel("WARNING")
    train, test = read_labelled(CORPUS / "train"), read_labelled(CORPUS / "test")
    texts, truth = [s.text for s in test] * 4, [s.label for s in test]
    plain = make_pipeline(
        TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None), LogisticRegression(max_iter=1000)
    ).fit([s.text for s in train], [s.label for s in train])

    def fast(texts: Sequence[str]) -> list[str | None]:
        return [p.label for p in govtext.predict(texts, model="fast")]

    print(f"\n{len(texts)} sentences of {statistics.mean(map(len, texts)):.0f} characters, alone")
    rates = side_by_side(
        {"plain": lambda: plain.predict(texts), "fast": lambda: fast(texts)}, repeat
    )
    for name, labels in {"plain": plain.predict(texts), "fast": fast(texts)}.items():
        macro = f1_score(truth, labels[: len(truth)], average="macro")
        print_rate(
            name, len(texts) / rates[name], rates["plain"] / rates[name], f"macro-F1 {macro:.3f}"
        )


def encoders(trained: Path, count: int, threads: int, repeat: int) -> None:
    """Compare the converted encoder with transformers' pipeline on the same weights."""
    import torch
    import transformers

    from govtext.classify import load_classifier
    from govtext.classify.training import in_context
    from govtext.corpus.examples import read_labelled

    transformers.logging.set_verbosity(transformers.logging.CRITICAL)
    transformers.logging.disable_progress_bar()
    torch.set_num_threads(threads)
    model = load_classifier(trained, threads=threads)
    sentences = read_labelled(CORPUS / "test")[:count]
    inputs = [in_context(s) for s in sentences]
    pairs = [
        {"text": item.text, "text_pair": " / ".join(item.around(model.context))} for item in inputs
    ]
    pipeline = torch_pipeline(trained, model)
    print(f"\n{len(inputs)} sentences in context, {threads} threads")
    work: dict[str, Callable[[], Any]] = {
        "transformers": lambda: pipeline(pairs),
        "transformers, batches of 16": lambda: pipeline(pairs, batch_size=16),
        "encoder": lambda: model.scores(inputs),
    }
    rates = side_by_side(work, min(repeat, 3))
    for name, seconds in rates.items():
        print_rate(name, len(inputs) / seconds, rates["transformers"] / seconds)
    ours = [model.labels[i] for i in model.scores(inputs).argmax(axis=1)]
    theirs = [answer["label"] for answer in pipeline(pairs)]
    equal = statistics.mean(a == b for a, b in zip(ours, theirs, strict=True))
    print(f"{'equal labels':<34} {equal:.2%}")


def torch_pipeline(trained: Path, model: Any) -> Any:
    """Return transformers' pipeline with the trained encoder and the head of the shipped model."""
    import torch
    from safetensors.torch import load_file
    from tokenizers.processors import TemplateProcessing
    from transformers import AutoConfig, AutoModel, AutoTokenizer, TextClassificationPipeline
    from transformers.modeling_outputs import SequenceClassifierOutput
    from transformers.models.bert.modeling_bert import BertPreTrainedModel

    folder, head = trained / "transformers", load_file(trained / "model" / "head.safetensors")
    config = AutoConfig.from_pretrained(folder, id2label=dict(enumerate(model.labels)))

    class SentenceClassifier(BertPreTrainedModel):
        """The mean of the first text's states, and a linear head."""

        def __init__(self, config: Any) -> None:
            super().__init__(config)
            self.encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False)
            self.register_buffer("weights", head["weights"])
            self.register_buffer("bias", head["bias"])

        def forward(self, input_ids: Any, attention_mask: Any, **_: Any) -> Any:
            states = self.encoder(input_ids, attention_mask=attention_mask).last_hidden_state
            ends = (input_ids == config.eos_token_id).int().argmax(dim=1)
            places = torch.arange(input_ids.shape[1])[None, :]
            mask = ((places > 0) & (places < ends[:, None])).unsqueeze(-1)
            vectors = (states * mask).sum(1) / mask.sum(1)
            return SequenceClassifierOutput(logits=vectors @ self.weights.T + self.bias)

    tokenizer = AutoTokenizer.from_pretrained(folder)
    first, end = tokenizer.cls_token, tokenizer.sep_token
    tokenizer.backend_tokenizer.post_processor = TemplateProcessing(
        single=f"{first} $A {end}",
        pair=f"{first} $A {end} $B {end}",
        special_tokens=[(token, tokenizer.convert_tokens_to_ids(token)) for token in (first, end)],
    )
    return TextClassificationPipeline(
        model=SentenceClassifier(config).eval(), tokenizer=tokenizer, device="cpu"
    )


def side_by_side(work: dict[str, Callable[[], Any]], repeat: int) -> dict[str, float]:
    """Return the median seconds of each, run in turn so that a busy machine is fair to all."""
    times: dict[str, list[float]] = {name: [] for name in work}
    for function in work.values():
        function()
    for _ in range(repeat):
        for name, function in work.items():
            start = time.perf_counter()
            function()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def process_cost(code: str, repeat: int) -> tuple[float, float]:
    """Return the median wall seconds, and the peak memory in MB, of a new interpreter."""
    measured = f"{code}\nimport resource\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    times, memory = [], 0.0
    for _ in range(repeat + 1):
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", measured], check=True, capture_output=True, text=True
        )
        times.append(time.perf_counter() - start)
        memory = int(done.stdout.split()[-1]) / 1024
    return statistics.median(times[1:]), memory


def print_rate(name: str, rate: float, ratio: float, note: str = "") -> None:
    """Print a line of the table."""
    print(f"{name:<34} {rate:8.0f} sentences/s  x{ratio:5.2f}  {note}")


if __name__ == "__main__":
    main()
