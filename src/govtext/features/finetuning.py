"""What every fine-tuning with torch needs: the number format, and where to go on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from govtext.errors import ModelError

_RUN_FILE = "run.json"


def has_bf16() -> bool:
    """Return whether the processor or GPU computes in bfloat16."""
    import torch

    if torch.cuda.is_available():
        return bool(torch.cuda.is_bf16_supported())
    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


def resume_from(checkpoints: Path, training: Mapping[str, Any]) -> str | None:
    """Return the checkpoint that a training goes on from, None where it is new.

    Args:
        checkpoints: Folder of the checkpoints, made where needed.
        training: What tells one training from another: base, settings, data; plain JSON.

    Raises:
        ModelError: The folder holds checkpoints of another training.
    """
    from transformers.trainer_utils import get_last_checkpoint

    fingerprint = hashlib.sha256(json.dumps(training, sort_keys=True).encode()).hexdigest()
    run = checkpoints / _RUN_FILE
    if run.is_file() and json.loads(run.read_text(encoding="utf-8")) != fingerprint:
        raise ModelError(
            f"{checkpoints}: holds checkpoints of a run with another base, other data or other "
            "settings; remove them or name another output folder"
        )
    checkpoints.mkdir(parents=True, exist_ok=True)
    run.write_text(json.dumps(fingerprint), encoding="utf-8")
    last = get_last_checkpoint(str(checkpoints))
    return None if last is None else str(last)
