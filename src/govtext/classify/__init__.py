"""Label sentences by the function that they report."""

from govtext.classify.api import predict
from govtext.classify.loading import DEFAULT_MODEL, load_classifier

__all__ = ["DEFAULT_MODEL", "load_classifier", "predict"]
