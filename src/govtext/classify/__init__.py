"""Label sentences by the function that they report."""

from govtext.classify.api import PredictedColumns, predict, predict_columns
from govtext.classify.loading import DEFAULT_MODEL, load_classifier

__all__ = ["DEFAULT_MODEL", "PredictedColumns", "load_classifier", "predict", "predict_columns"]
