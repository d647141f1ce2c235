"""Label sentences by the function that they report."""

from govtext.classify.api import DEFAULT_MODEL, load_classifier, predict

__all__ = ["DEFAULT_MODEL", "load_classifier", "predict"]
