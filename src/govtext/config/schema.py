"""What a configuration may say: one class a task, one field a key."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Share = Annotated[float, Field(gt=0, lt=0.5)]
ContextPart = Literal["heading", "topic", "before", "after"]
Span = tuple[Annotated[int, Field(ge=1, le=8)], Annotated[int, Field(ge=1, le=8)]]


def _check_span(name: str, span: tuple[int, int]) -> None:
    if span[0] > span[1]:
        raise ValueError(f"{name} runs from {span[0]} to {span[1]}; the first is larger")


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


class LabelledData(Data):
    """Where the labelled sentences are."""

    per_label: int | None = Field(default=None, ge=2)
    """Sentences of each label that are drawn for training; null: all."""


class SummaryData(Data):
    """Where the texts with summaries are."""

    judged: Path | None = None
    """Statements that readers judged, as JSON Lines; from them a model learns which of its own to
    doubt. Left out, it doubts none."""


class Tracking(_Block):
    """How the run is recorded."""

    experiment: str = Field(min_length=1)
    """Name of the MLflow experiment."""
    model: str | None = Field(min_length=1, pattern=r"^[^/:]+$")
    """Name under which the model is registered; null: it is recorded, but not registered."""
    alias: str | None = "challenger"
    """Alias that the new version gets."""


class Context(_Block):
    """What a classifier reads besides the sentence."""

    parts: tuple[ContextPart, ...] = ("heading", "topic")
    """The section heading, the paragraph's topic sentence, the sentences before and after it."""
    dropout: float = Field(default=0.5, ge=0, le=1)
    """Share of the sentences that are seen alone in training, so that a sentence without context
    is labelled well too."""


class TfidfModel(_Block):
    """Logistic regression on TF-IDF of jieba words and character n-grams."""

    kind: Literal["tfidf"]
    words: Span | None = (1, 2)
    """Shortest and longest n-gram of words; null leaves words out."""
    words_by: Literal["jieba", "rjieba"] = "jieba"
    """What cuts words: jieba, or rjieba, the same in Rust, which is an extra."""
    chars: Span | None = (1, 4)
    """Shortest and longest n-gram of characters; null leaves characters out."""
    min_count: int = Field(default=2, ge=1)
    """Sentences that an n-gram must occur in to count."""
    max_features: int = Field(default=60_000, ge=100)
    """Most n-grams kept of each kind, the most frequent first."""
    context_weight: float = Field(default=0.5, ge=0, le=2)
    """Weight of the context's features beside the sentence's own."""
    inverse_regularization: float = Field(default=8.0, gt=0)
    """Scikit-learn's C: larger fits the training data closer."""
    balanced: bool = True
    """Weigh labels inversely to their frequency."""

    @model_validator(mode="after")
    def _something_to_look_at(self) -> TfidfModel:
        if self.words is None and self.chars is None:
            raise ValueError("words and chars are both null; the model needs one of them")
        for name, span in (("words", self.words), ("chars", self.chars)):
            if span:
                _check_span(name, span)
        return self


class HashedModel(_Block):
    """Linear model on hashed character n-grams, taught by another classifier where one is named."""

    kind: Literal["hashed"]
    chars: Span = (1, 4)
    """Shortest and longest n-gram of characters."""
    buckets: int = Field(default=2**18, ge=2**10, le=2**24)
    """Slots that the n-grams share; more collide less and take more room."""
    context_weight: float = Field(default=0.5, ge=0, le=2)
    """Weight of the context's features beside the sentence's own."""
    regularization: float = Field(default=1e-6, ge=0)
    """Weight of the squared weights in the loss."""
    teacher: str | None = None
    """The classifier to learn from besides the labels: a shipped model, a folder, an MLflow URI."""
    texts: tuple[Path, ...] = ()
    """JSON Lines files, or .jsonl.gz, with `text`: the sentences that the teacher labels."""
    most_sentences: int = Field(default=100_000, ge=1)
    """Sentences of `texts` that are drawn."""
    teacher_weight: float = Field(default=1.0, gt=0)
    """Weight of all that the teacher labels beside all that is labelled by hand."""

    @model_validator(mode="after")
    def _check(self) -> HashedModel:
        _check_span("chars", self.chars)
        if bool(self.texts) != (self.teacher is not None):
            raise ValueError("teacher and texts belong together; name both or neither")
        return self


class _EncoderBlock(_Block):
    base: str = Field(min_length=1)
    """A transformers folder, such as `scripts/build_base.py` writes, or a name on the hub."""
    max_tokens: int = Field(default=192, ge=16, le=8192)
    """Tokens of sentence and context that are read: the context is cut first; a longer sentence
    is cut too, and the run says how many were."""


class EmbeddingsModel(_EncoderBlock):
    """Logistic regression on the vectors of a frozen encoder."""

    kind: Literal["embeddings"]
    inverse_regularization: float = Field(default=8.0, gt=0)
    """Scikit-learn's C: larger fits the training data closer."""


class TunedEncoder(_EncoderBlock):
    """An encoder whose weights are trained."""

    epochs: float = Field(default=4, gt=0)
    """Times that every sentence is seen."""
    min_steps: int = Field(default=0, ge=0)
    """Steps that are made even where `epochs` makes fewer: few examples are seen more often."""
    batch_size: int = Field(default=16, ge=2)
    """Sentences in a step."""
    learning_rate: float = Field(default=1e-4, gt=0, le=1)
    """Highest learning rate, reached after the warm-up."""
    warmup_share: float = Field(default=0.1, ge=0, lt=1)
    """Share of the steps in which the learning rate rises."""
    weight_decay: float = Field(default=0.01, ge=0)
    """Decay of weights that are matrices."""
    dropout: float = Field(default=0.1, ge=0, lt=1)
    """Share of the activations set to zero."""
    bf16: bool | None = None
    """Whether to compute in bfloat16; null: where the processor has it."""
    save_every: int = Field(default=200, ge=1)
    """Steps between two checkpoints; an interrupted training goes on from the last."""


class ContrastiveModel(TunedEncoder):
    """Logistic regression on the vectors of an encoder that learned which sentences are alike."""

    kind: Literal["contrastive"]
    inverse_regularization: float = Field(default=8.0, gt=0)
    """Scikit-learn's C: larger fits the training data closer."""


class EncoderModel(TunedEncoder):
    """An encoder fine-tuned as a whole."""

    kind: Literal["encoder"]
    label_smoothing: float = Field(default=0.05, ge=0, lt=1)
    """Probability mass spread over all labels."""


class EnsembleModel(_Block):
    """Classifiers that were trained before, which decide together."""

    kind: Literal["ensemble"]
    members: tuple[str, ...] = Field(min_length=2)
    """Each a shipped model, a folder, or an MLflow URI."""


ClassifierModel = Annotated[
    TfidfModel | HashedModel | EmbeddingsModel | ContrastiveModel | EncoderModel | EnsembleModel,
    Field(discriminator="kind"),
]


class ClassifierConfig(_Block):
    """A classifier experiment."""

    name: str = Field(min_length=1)
    """What the run is called."""
    question: str = ""
    """What the experiment asks, a sentence for the head of the run's page."""
    based_on: str | None = None
    """Name or id of the run that this one changes something of; null: the champion's."""
    seed: int = Field(default=0, ge=0, le=2**32 - 1)
    """Seed of every random choice."""
    output: Path
    """Folder that the model is written to."""
    data: LabelledData
    """Labelled sentences; files have the fields `text` and `label`."""
    context: Context = Context()
    """What is read besides the sentence."""
    model: ClassifierModel
    """What is trained; `kind` says which: tfidf, hashed, embeddings, contrastive, encoder or
    ensemble."""
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
    """Share of the activations set to zero in layers that learn."""
    bf16: bool | None = None
    """Whether to compute in bfloat16; null: where the processor has it."""
    save_every: int = Field(default=200, ge=1)
    """Steps between two checkpoints; an interrupted training goes on from the last."""


class SummarizerConfig(_Block):
    """A summarizer experiment."""

    name: str = Field(min_length=1)
    """What the run is called."""
    question: str = ""
    """What the experiment asks, a sentence for the head of the run's page."""
    based_on: str | None = None
    """Name or id of the run that this one changes something of; null: the champion's."""
    seed: int = Field(default=0, ge=0, le=2**32 - 1)
    """Seed of every random choice."""
    output: Path
    """Folder that the model and its checkpoints are written to."""
    data: SummaryData
    """Texts with summaries; files have the fields `text` and `summary`."""
    model: SummarizerModel
    training: SummarizerTraining = SummarizerTraining()
    tracking: Tracking
