"""Metrics and baselines on labels and strings; never sees a model."""
