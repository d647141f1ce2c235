"""Experiment configurations: a typed schema, YAML files, key=value overrides."""

from govtext.config.load import load_config
from govtext.config.schema import (
    ClassifierConfig,
    ClassifierData,
    SummarizerConfig,
    SummarizerData,
)

__all__ = [
    "ClassifierConfig",
    "ClassifierData",
    "SummarizerConfig",
    "SummarizerData",
    "load_config",
]
