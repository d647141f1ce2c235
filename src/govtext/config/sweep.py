"""What a sweep's file may say."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Range(BaseModel):
    """Numbers to draw from, both ends included."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    low: float
    """The smallest."""
    high: float
    """The largest."""
    log: bool = False
    """Draw the logarithm evenly: for numbers that range over powers of ten."""
    whole: bool = False
    """Draw whole numbers only."""

    @model_validator(mode="after")
    def _check(self) -> Range:
        if self.low >= self.high:
            raise ValueError(f"low is {self.low:g} and high is {self.high:g}; low must be smaller")
        if self.log and self.low <= 0:
            raise ValueError(f"log needs a low above 0, not {self.low:g}")
        if self.whole and not (self.low.is_integer() and self.high.is_integer()):
            raise ValueError(
                f"whole numbers from {self.low:g} to {self.high:g}: both must be whole"
            )
        return self


class Sweep(BaseModel):
    """Trainings that differ in a few values, and how the best of them is found."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    name: str = Field(min_length=1)
    """What the sweep is called; its trials are numbered after it."""
    question: str = ""
    """What it asks, a sentence for the head of its page."""
    task: Literal["classifier", "summarizer"]
    """What is trained."""
    base: Path
    """The configuration that the trials change, named from the folder the command runs in."""
    search: Literal["grid", "optuna"] = "grid"
    """Try every combination, or let Optuna's TPE sampler choose from what it has seen."""
    trials: int | None = Field(default=None, ge=1)
    """Trainings in all, for optuna; a grid has as many as there are combinations."""
    seed: int = Field(default=0, ge=0, le=2**32 - 1)
    """Seed of the search; the seed of the trainings is a value like others."""
    metric: str = Field(default="validation/macro_f1", min_length=1)
    """The metric of a run that is judged by; never one of the test split."""
    direction: Literal["maximize", "minimize"] = "maximize"
    """Whether more of it is better."""
    space: dict[str, list[Any] | Range] = Field(min_length=1)
    """Dotted key of the configuration to the values to try: a list, or for optuna a range."""

    @model_validator(mode="after")
    def _check(self) -> Sweep:
        if self.metric.startswith("test/"):
            raise ValueError(
                f"metric is {self.metric!r}; the test split is used for no choice: name one of "
                "the validation split"
            )
        empty = [key for key, values in self.space.items() if values == []]
        if empty:
            raise ValueError(f"space: no value to try for {', '.join(empty)}")
        ranges = [key for key, values in self.space.items() if isinstance(values, Range)]
        if self.search == "grid" and ranges:
            raise ValueError(f"space: a grid needs a list, not a range, for {', '.join(ranges)}")
        if (self.search == "grid") != (self.trials is None):
            raise ValueError("trials: give it for optuna, leave it out for a grid")
        return self
