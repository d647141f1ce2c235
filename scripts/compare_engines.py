"""Compare the engines that could run the accurate model's encoder: how fast, how faithful.

    python scripts/compare_engines.py [--trained runs/encoder] [--sentences 200] [--threads 1]

Each engine gets the same test sentences in context, in the same batches sorted by length, on the
same weights. Prints sentences a second, the ratio to torch, the share of labels equal to torch's,
and the size of the weights. ONNX Runtime is measured where onnx, onnxscript and onnxruntime are
installed; govtext does not need them.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.numpy import load_file
from transformers import AutoModel

from govtext.classify.training import in_context
from govtext.classify.training.base import token_reader
from govtext.config.schema import Context
from govtext.corpus.examples import read_labelled
from govtext.features.export import export_encoder
from govtext.features.tokens import Tokens

ROOT = Path(__file__).parent.parent
BATCH = 16
States = Callable[[np.ndarray, np.ndarray], np.ndarray]


def main() -> None:
    """Measure every engine that is there."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--trained", type=Path, default=ROOT / "runs" / "encoder")
    parser.add_argument("--sentences", type=int, default=200)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    folder = args.trained / "transformers"
    reader = token_reader(folder, Context(parts=("heading", "topic", "before", "after")))
    sentences = read_labelled(ROOT / "data" / "reports" / "test")[: args.sentences]
    tokens = sorted((reader.read(in_context(s)) for s in sentences), key=lambda t: len(t.ids))
    head = load_file(args.trained / "model" / "head.safetensors")
    with tempfile.TemporaryDirectory() as scratch:
        engines = build(folder, Path(scratch), args.threads)
        report(engines, tokens, head)


def build(folder: Path, scratch: Path, threads: int) -> dict[str, tuple[States, int]]:
    """Return each engine, as a function from ids and mask to hidden states, and its bytes."""
    model = AutoModel.from_pretrained(folder).eval()
    if getattr(model, "pooler", None) is not None:
        model.pooler = None
    size = sum(p.numel() for p in model.parameters())
    engines = {
        "torch float32": (torch_states(model, None), size * 4),
        "torch bfloat16": (torch_states(model, torch.bfloat16), size * 4),
    }
    for kind in ("float32", "int16", "int8"):
        out = scratch / kind
        export_encoder(folder, out, quantization=kind)
        engines[f"CTranslate2 {kind}"] = (
            ctranslate2_states(out, threads),
            (out / "model.bin").stat().st_size,
        )
    try:
        engines |= onnx_engines(model, scratch, threads)
    except ImportError as error:
        print(f"ONNX Runtime is not measured: {error}")
    return engines


def torch_states(model: Any, dtype: torch.dtype | None) -> States:
    """Return hidden states by torch."""

    def states(ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        with torch.inference_mode(), torch.autocast("cpu", dtype, enabled=dtype is not None):
            out = model(input_ids=torch.tensor(ids), attention_mask=torch.tensor(mask))
        return np.asarray(out.last_hidden_state.float().numpy())

    return states


def ctranslate2_states(folder: Path, threads: int) -> States:
    """Return hidden states by CTranslate2."""
    import ctranslate2

    encoder = ctranslate2.Encoder(str(folder), inter_threads=1, intra_threads=threads)

    def states(ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        rows = [row[: int(length)].tolist() for row, length in zip(ids, mask.sum(1), strict=True)]
        return np.asarray(encoder.forward_batch(rows).last_hidden_state)

    return states


def onnx_engines(model: Any, scratch: Path, threads: int) -> dict[str, tuple[States, int]]:
    """Return ONNX Runtime with weights in 32 and in 8 bits."""
    import onnxruntime
    from onnxruntime.quantization import QuantType, quantize_dynamic

    plain, small = scratch / "model.onnx", scratch / "model-int8.onnx"
    example = (torch.ones(2, 8, dtype=torch.long), torch.ones(2, 8, dtype=torch.long))
    axes = {0: torch.export.Dim("batch"), 1: torch.export.Dim("length")}
    torch.onnx.export(
        model,
        example,
        plain,
        input_names=["input_ids", "attention_mask"],
        dynamic_shapes={"input_ids": axes, "attention_mask": axes},
        external_data=False,
    )
    quantize_dynamic(plain, small, weight_type=QuantType.QInt8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads

    def states_of(path: Path) -> States:
        session = onnxruntime.InferenceSession(str(path), options, ["CPUExecutionProvider"])
        return lambda ids, mask: session.run(None, {"input_ids": ids, "attention_mask": mask})[0]

    return {
        f"ONNX Runtime {kind}": (states_of(path), path.stat().st_size)
        for kind, path in (("float32", plain), ("int8", small))
    }


def report(
    engines: dict[str, tuple[States, int]], tokens: Sequence[Tokens], head: dict[str, np.ndarray]
) -> None:
    """Print a row for each engine, measured in turn three times."""
    batches = [padded(tokens[i : i + BATCH]) for i in range(0, len(tokens), BATCH)]
    times: dict[str, list[float]] = {name: [] for name in engines}
    labels: dict[str, np.ndarray] = {}
    for _ in range(3):
        for name, (states, _) in engines.items():
            start = time.perf_counter()
            vectors = np.concatenate([pooled(states(i, m), s) for i, m, s in batches])
            times[name].append(time.perf_counter() - start)
            labels[name] = (vectors @ head["weights"].T + head["bias"]).argmax(axis=1)
    print("| engine | sentences/s | ratio | equal labels | MB |\n| --- | --- | --- | --- | --- |")
    reference = statistics.median(times["torch float32"])
    for name, (_, size) in engines.items():
        seconds = statistics.median(times[name])
        equal = (labels[name] == labels["torch float32"]).mean()
        print(
            f"| {name} | {len(tokens) / seconds:.0f} | {reference / seconds:.2f} | {equal:.1%} | "
            f"{size / 1e6:.0f} |"
        )


def padded(batch: Sequence[Tokens]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return ids, attention mask and the mask of the sentence, shape (batch, length) each."""
    shape = (len(batch), max(len(tokens.ids) for tokens in batch))
    ids, mask, sentence = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    for i, tokens in enumerate(batch):
        ids[i, : len(tokens.ids)] = tokens.ids
        mask[i, : len(tokens.ids)] = 1
        sentence[i, 1 : 1 + tokens.sentence] = 1
    return ids, mask, sentence


def pooled(states: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Return the mean of each sentence's states, shape (batch, width)."""
    return np.asarray((states * mask[..., None]).sum(1) / mask.sum(1)[:, None])


if __name__ == "__main__":
    main()
