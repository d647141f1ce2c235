"""How a summarizer is trained; plain values, so that a configuration is checked without torch."""

from __future__ import annotations

from dataclasses import dataclass

from govtext.errors import InputError


@dataclass(frozen=True, slots=True)
class Hyperparameters:
    """How a summarizer is trained.

    Attributes:
        epochs: Passes over the training pairs; of no effect where `max_steps` is set.
        max_steps: Optimizer steps, None to count in epochs.
        batch_size: Pairs a step.
        learning_rate: Peak rate of all weights but those of cross-attention.
        cross_attention_learning_rate: Peak rate of cross-attention, which starts cold; None for
            the same.
        warmup_share: Share of the steps in which the rate rises; it then falls to zero.
        weight_decay: Decay of weights that are matrices.
        label_smoothing: Share of the target taken from the right token, 0 for none.
        dropout: Share of the activations set to zero.
        frozen_encoder_layers: Encoder layers, from the lowest, that do not learn.
        max_source_tokens: Longest input; what is over is cut off and counted.
        max_summary_tokens: Longest reference; what is over is cut off and counted.
        save_every: Steps between two checkpoints, each with a look at the validation loss.
        bf16: Whether to compute in bfloat16, None for where the processor has it.
        seed: Seed of order and dropout.
    """

    epochs: float = 3.0
    max_steps: int | None = None
    batch_size: int = 16
    learning_rate: float = 1e-4
    cross_attention_learning_rate: float | None = None
    warmup_share: float = 0.05
    weight_decay: float = 0.01
    label_smoothing: float = 0.0
    dropout: float = 0.1
    frozen_encoder_layers: int = 0
    max_source_tokens: int = 512
    max_summary_tokens: int = 128
    save_every: int = 200
    bf16: bool | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        for name in ("epochs", "batch_size", "learning_rate", "save_every"):
            if getattr(self, name) <= 0:
                raise InputError(f"{name} is {getattr(self, name)}, expected more than 0")
        for name in ("warmup_share", "label_smoothing", "dropout"):
            if not 0 <= getattr(self, name) < 1:
                raise InputError(f"{name} is {getattr(self, name)}, expected 0 to 1")
