"""Experiment configurations: a typed schema, YAML files, key=value overrides."""

from govtext.config.load import load_config
from govtext.config.schema import ClassifierConfig, SummarizerConfig

__all__ = [
    "ClassifierConfig",
    "SummarizerConfig",
    "load_config",
]
