"""Train a classifier of the kind that its configuration names."""

from govtext.classify.training.checks import check_trainable
from govtext.classify.training.dispatch import help_to_train, train_classifier
from govtext.classify.training.inputs import in_context

__all__ = ["check_trainable", "help_to_train", "in_context", "train_classifier"]
