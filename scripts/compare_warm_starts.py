"""Compare two ways to start a summarizer from the pretrained encoder, at equal examples.

    python scripts/compare_warm_starts.py --pairs runs/heading-pairs --base runs/base --out OUT

`encoder-decoder` is the BART of `build_base.py`; `prefix-LM` is the encoder itself with a mask
that lets a summary see its text and its own beginning (source: Dong et al., "Unified Language
Model Pre-training for Natural Language Understanding and Generation", NeurIPS 2019). Both learn
from the same pairs in the same order, in turns, so that they are level whenever the script stops;
started again, it goes on. Prints the loss on headings of held-out regions, by examples seen.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch.nn.functional import cross_entropy
from transformers import AutoTokenizer, BartForConditionalGeneration, BertModel

from govtext.summarization.prompt import model_input

BATCH = 16
ROUND = 400
RATE = 2e-4
CROSS_ATTENTION_RATE = 6e-4
WARM_UP = 20
SOURCE_TOKENS, SUMMARY_TOKENS = 256, 48
VALIDATION_PAIRS = 320
IGNORED = -100
Pair = tuple[list[int], list[int]]


class EncoderDecoder(torch.nn.Module):
    """BART, the decoder made of layers of the encoder."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        folder = base / "seq2seq"
        self.stack = BartForConditionalGeneration.from_pretrained(
            folder, dropout=0.0, attention_dropout=0.0
        )
        self.pad = self.stack.config.pad_token_id

    def forward(self, pairs: Sequence[Pair]) -> torch.Tensor:
        """Return the mean loss of the summaries' tokens."""
        ids = padded([source for source, _ in pairs], self.pad)
        labels = padded([summary for _, summary in pairs], IGNORED)
        return self.stack(input_ids=ids, attention_mask=ids != self.pad, labels=labels).loss


class PrefixLM(torch.nn.Module):
    """One stack; words come out of the table that they go in by."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.stack = BertModel.from_pretrained(
            base / "encoder",
            add_pooling_layer=False,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        self.pad = self.stack.config.pad_token_id

    def forward(self, pairs: Sequence[Pair]) -> torch.Tensor:
        """Return the mean loss of the summaries' tokens."""
        # The last token of a text announces the first of its summary.
        rows = [source + summary[:-1] for source, summary in pairs]
        targets = [[IGNORED] * (len(source) - 1) + summary for source, summary in pairs]
        kinds = [[0] * len(source) + [1] * (len(summary) - 1) for source, summary in pairs]
        hidden = self.stack(
            input_ids=padded(rows, self.pad),
            token_type_ids=padded(kinds, 0),
            attention_mask=prefix_mask([len(source) for source, _ in pairs], list(map(len, rows))),
        ).last_hidden_state
        labels = padded(targets, IGNORED)
        said = labels != IGNORED
        logits = hidden[said] @ self.stack.get_input_embeddings().weight.T
        return cross_entropy(logits.float(), labels[said])


def prefix_mask(sources: Sequence[int], rows: Sequence[int]) -> torch.Tensor:
    """Return who sees whom: all see the text, the summary also what it said before.

    Returns:
        Booleans, shape (batch, 1, longest row, longest row).
    """
    size = max(rows)
    places = torch.arange(size)
    seen = places[None, :] <= places[:, None]
    masks = [(seen | (places < source)[None, :]) & (places < row)[None, :]
             for source, row in zip(sources, rows, strict=True)]  # fmt: skip
    return torch.stack(masks)[:, None]


MODELS = {"encoder-decoder": EncoderDecoder, "prefix-LM": PrefixLM}


class Arm:
    """A model in training, kept in a folder."""

    def __init__(self, name: str, base: Path, folder: Path) -> None:
        self.folder = folder / name
        self.model = MODELS[name](base)
        self.optimizer = torch.optim.AdamW(
            [
                {"params": weights, "lr": rate, "rate": rate}
                for rate, weights in self._by_rate().items()
            ],
            weight_decay=0.01,
        )
        self.state: dict[str, Any] = {"examples": 0, "seconds": 0.0, "losses": {}}
        if (self.folder / "state.json").is_file():
            self._load()

    def train(self, pairs: Sequence[Pair], validation: Sequence[Pair]) -> None:
        """Learn from one round's pairs, look at the validation loss, and save."""
        start = time.process_time()
        self.model.train()
        for batch in batches(pairs):
            step = self.state["examples"] // BATCH + 1
            for group in self.optimizer.param_groups:
                group["lr"] = group["rate"] * min(1.0, step / WARM_UP)
            with torch.autocast("cpu", torch.bfloat16):
                loss = self.model(batch)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            self.optimizer.step()
            self.optimizer.zero_grad()
            self.state["examples"] += len(batch)
        self.state["seconds"] += time.process_time() - start
        self.state["losses"][str(self.state["examples"])] = self.loss(validation)
        self._save()

    def loss(self, pairs: Sequence[Pair]) -> float:
        """Return the mean loss a token."""
        self.model.eval()
        total = tokens = 0.0
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
            for batch in batches(pairs):
                size = sum(len(summary) for _, summary in batch)
                total += float(self.model(batch)) * size
                tokens += size
        return total / tokens

    def _by_rate(self) -> dict[float, list[torch.nn.Parameter]]:
        rates: dict[float, list[torch.nn.Parameter]] = {}
        for name, weights in self.model.named_parameters():
            rate = CROSS_ATTENTION_RATE if "encoder_attn" in name else RATE
            rates.setdefault(rate, []).append(weights)
        return rates

    def _save(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        weights = {name: p.detach().contiguous() for name, p in self.model.named_parameters()}
        save_file(weights, self.folder / "weights.safetensors")
        torch.save(self.optimizer.state_dict(), self.folder / "optimizer.pt")
        (self.folder / "state.json").write_text(json.dumps(self.state, indent=2))

    def _load(self) -> None:
        weights = load_file(self.folder / "weights.safetensors")
        self.model.load_state_dict(weights, strict=False)
        optimizer = torch.load(self.folder / "optimizer.pt", weights_only=True)
        self.optimizer.load_state_dict(optimizer)
        self.state = json.loads((self.folder / "state.json").read_text())


def main() -> None:
    """Train both in turns, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=Path, required=True, help="folder of the heading pairs")
    parser.add_argument("--base", type=Path, required=True, help="folder that build_base.py wrote")
    parser.add_argument("--out", type=Path, required=True, help="folder of the checkpoints")
    parser.add_argument("--examples", type=int, default=3200, help="examples that each learns from")
    parser.add_argument("--cpu-minutes", type=float, default=60, help="training time of both")
    args = parser.parse_args()
    torch.set_num_threads(1)
    random.seed(0)
    tokenizer = AutoTokenizer.from_pretrained(args.base / "encoder")
    train = read_pairs(args.pairs / "train.jsonl", args.examples, tokenizer)
    validation = read_pairs(args.pairs / "validation.jsonl", VALIDATION_PAIRS, tokenizer)
    arms = {name: Arm(name, args.base, args.out) for name in MODELS}
    for start in range(0, len(train), ROUND):
        for arm in arms.values():
            if arm.state["examples"] <= start and spent(arms) < args.cpu_minutes * 60:
                arm.train(train[start : start + ROUND], validation)
        print(table(arms), flush=True)


def spent(arms: dict[str, Arm]) -> float:
    """Return the seconds that training took so far."""
    return sum(arm.state["seconds"] for arm in arms.values())


def table(arms: dict[str, Arm]) -> str:
    """Return losses and speed as a Markdown table."""
    names = list(arms)
    lines = [f"| examples | {' | '.join(names)} |", "| --- |" + " --- |" * len(names)]
    for seen in arms[names[0]].state["losses"]:
        cells = [f"{arm.state['losses'].get(seen, float('nan')):.2f}" for arm in arms.values()]
        lines.append(f"| {seen} | {' | '.join(cells)} |")
    speeds = [f"{a.state['examples'] / max(a.state['seconds'], 1):.1f}" for a in arms.values()]
    return "\n".join([*lines, f"| examples a second of one thread | {' | '.join(speeds)} |"])


def read_pairs(path: Path, count: int, tokenizer: Any) -> list[Pair]:
    """Return a sample of the heading pairs as token ids, always the same."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    headings = [row for row in rows if row["kind"] == "heading"]
    chosen = random.Random(0).sample(headings, min(count, len(headings)))  # noqa: S311
    return [
        (
            cut(tokenizer(model_input(row["text"], "heading"))["input_ids"], SOURCE_TOKENS),
            cut(tokenizer(row["summary"])["input_ids"][1:], SUMMARY_TOKENS),
        )
        for row in chosen
    ]


def cut(ids: list[int], limit: int) -> list[int]:
    """Shorten a sequence of tokens, keeping its last."""
    return ids if len(ids) <= limit else [*ids[: limit - 1], ids[-1]]


def batches(pairs: Sequence[Pair]) -> Iterator[Sequence[Pair]]:
    """Yield batches of pairs of like length, in an order that is always the same."""
    by_length = sorted(pairs, key=lambda pair: len(pair[0]))
    starts = list(range(0, len(by_length), BATCH))
    random.Random(len(pairs)).shuffle(starts)  # noqa: S311
    for start in starts:
        yield by_length[start : start + BATCH]


def padded(rows: Sequence[Sequence[int]], filler: int) -> torch.Tensor:
    """Return rows as a matrix, shape (rows, longest row)."""
    size = max(map(len, rows))
    return torch.tensor([[*row, *[filler] * (size - len(row))] for row in rows])


if __name__ == "__main__":
    main()
