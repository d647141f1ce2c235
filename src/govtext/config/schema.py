"""What a configuration may say: one class a task, one field a key."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Share = Annotated[float, Field(gt=0, lt=0.5)]
Span = tuple[Annotated[int, Field(ge=1, le=8)], Annotated[int, Field(ge=1, le=8)]]


class _Block(BaseModel):
    """A block of a configuration: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Data(_Block):
    """Where the splits are."""

    train: Path
    """A folder of annotated reports, or a .jsonl or .csv file."""
    validation: Path | None = None
    """Like `train`; left out, a share of `train` is split off, by report where there are any."""
    test: Path | None = None
    """Like `validation`; never used for any choice."""
    validation_share: Share = 0.1
    """Share of `train` that becomes the validation split where none is named."""
    test_share: Share = 0.2
    """Share of `train` that becomes the test split where none is named."""


class Tracking(_Block):
    """How the run is recorded."""

    experiment: str = Field(min_length=1)
    """Name of the MLflow experiment."""
    model: str = Field(min_length=1, pattern=r"^[^/:]+$")
    """Name under which the model is registered."""
    alias: str = "challenger"
    """Alias that the new version gets."""


class LinearFeatures(_Block):
    """What the linear model looks at."""

    words: Span | None = (1, 2)
    """Shortest and longest n-gram of jieba words; null leaves words out."""
    chars: Span | None = (1, 4)
    """Shortest and longest n-gram of characters; null leaves characters out."""
    min_count: int = Field(default=2, ge=1)
    """Sentences that an n-gram must occur in to count."""
    max_features: int = Field(default=60_000, ge=100)
    """Most n-grams kept of each kind, the most frequent first."""
    context: tuple[Literal["heading", "topic"], ...] = ("heading", "topic")
    """What is read besides the sentence: its section heading, its paragraph's topic sentence."""
    context_weight: float = Field(default=0.5, ge=0, le=2)
    """Weight of the context's features beside the sentence's own."""

    @model_validator(mode="after")
    def _something_to_look_at(self) -> LinearFeatures:
        if self.words is None and self.chars is None:
            raise ValueError("words and chars are both null; the model needs one of them")
        for name, span in (("words", self.words), ("chars", self.chars)):
            if span and span[0] > span[1]:
                raise ValueError(f"{name} runs from {span[0]} to {span[1]}; the first is larger")
        return self


class LinearModel(_Block):
    """The logistic regression."""

    inverse_regularization: float = Field(default=8.0, gt=0)
    """Scikit-learn's C: larger fits the training data closer."""
    balanced: bool = True
    """Weigh labels inversely to their frequency."""
    context_dropout: float = Field(default=0.5, ge=0, le=1)
    """Share of the sentences that are seen a second time without context, so that a sentence
    alone is labelled well too."""
    calibration_folds: int = Field(default=5, ge=2, le=20)
    """Folds, by report, whose held-out scores set the temperature of the probabilities."""


class ClassifierConfig(_Block):
    """A classifier experiment."""

    name: str = Field(min_length=1)
    """What the run is called."""
    seed: int = Field(default=0, ge=0, le=2**32 - 1)
    """Seed of every random choice."""
    output: Path
    """Folder that the model is written to."""
    data: Data
    """Labelled sentences; files have the fields `text` and `label`."""
    features: LinearFeatures = LinearFeatures()
    model: LinearModel = LinearModel()
    tracking: Tracking


class SummarizerModel(_Block):
    """The encoder-decoder to start from."""

    base: str = Field(min_length=1)
    """A transformers folder or a name on the hub."""
    max_source_tokens: int = Field(default=512, ge=16, le=1024)
    """Tokens of the text that are read; a longer text is read as the summaries of its parts, or
    cut where it has none, and the run says how often."""
    max_summary_tokens: int = Field(default=120, ge=8, le=512)
    """Tokens of the summary that are learned."""


class SummarizerTraining(_Block):
    """How the summarizer is trained."""

    epochs: float = Field(default=3, gt=0)
    """Times that every pair is seen."""
    max_steps: int | None = Field(default=None, ge=1)
    """Optimizer steps after which training ends, whatever `epochs` says."""
    batch_size: int = Field(default=16, ge=1)
    """Pairs in a step."""
    learning_rate: float = Field(default=2e-4, gt=0, le=1)
    """Highest learning rate, reached after the warm-up."""
    cross_attention_learning_rate: float | None = Field(default=None, gt=0, le=1)
    """Highest learning rate of the cross-attention, which starts cold; null: the same."""
    warmup_share: float = Field(default=0.1, ge=0, lt=1)
    """Share of the steps in which the learning rate rises."""
    label_smoothing: float = Field(default=0.0, ge=0, lt=1)
    """Probability mass spread over all tokens."""
    frozen_encoder_layers: int = Field(default=0, ge=0)
    """Encoder layers, counted from the embeddings, that stay as they are."""
    weight_decay: float = Field(default=0.01, ge=0)
    """Decay of weights that are matrices."""
    dropout: float = Field(default=0.1, ge=0, lt=1)
    """Share of the activations set to zero."""
    bf16: bool | None = None
    """Whether to compute in bfloat16; null: where the processor has it."""
    save_every: int = Field(default=200, ge=1)
    """Steps between two checkpoints; an interrupted training goes on from the last."""


class SummarizerConfig(_Block):
    """A summarizer experiment."""

    name: str = Field(min_length=1)
    """What the run is called."""
    seed: int = Field(default=0, ge=0, le=2**32 - 1)
    """Seed of every random choice."""
    output: Path
    """Folder that the model and its checkpoints are written to."""
    data: Data
    """Texts with summaries; files have the fields `text` and `summary`."""
    model: SummarizerModel
    training: SummarizerTraining = SummarizerTraining()
    tracking: Tracking
