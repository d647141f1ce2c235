"""Learn, from statements that readers judged, how a summarizer's statements are judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from govtext.bundle.manifest import read_manifest, write_manifest
from govtext.corpus.judged import JudgedStatement
from govtext.errors import DataError
from govtext.summarization.engine import ENTAILMENT, TASK, Engine
from govtext.summarization.entailment import Entailment, Reading
from govtext.summarization.prompt import ROOM
from govtext.text.sentences import sentences_by_line

_FOLDS = 5
_STRENGTH = 0.1
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class FittedEntailment:
    """What was learned, and how well it tells true statements from others.

    Attributes:
        entailment: What the signs weigh.
        statements: Number of judged statements.
        true_share: Share of them that readers found true.
        auc: Area under the ROC curve, each text's statements judged by what the others taught.
    """

    entailment: Entailment
    statements: int
    true_share: float
    auc: float

    def metrics(self) -> dict[str, float]:
        """Return the figures as flat metrics, such as `entailment/auc`."""
        return {
            "entailment/statements": self.statements,
            "entailment/true_share": self.true_share,
            "entailment/auc": self.auc,
        }


def fit_entailment(judged: Sequence[JudgedStatement], engine: Engine) -> FittedEntailment:
    """Learn what the signs of a statement weigh.

    Args:
        judged: Statements that readers judged.
        engine: The summarizer whose likelihoods are among the signs.

    Raises:
        DataError: There are too few statements, or all are true, or none.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import GroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    groups = [one.text for one in judged]
    truths = np.array([one.is_true for one in judged], dtype=bool)
    if len(set(groups)) < _FOLDS or len(set(truths.tolist())) < 2:
        raise DataError(
            f"{len(judged)} judged statements on {len(set(groups))} texts, {int(truths.sum())} of "
            f"them true: at least {_FOLDS} texts, and true statements and others, are needed"
        )
    names, signs = signs_of(judged, engine)
    scaler, model = StandardScaler(), LogisticRegression(C=_STRENGTH, max_iter=1000)
    pipeline = make_pipeline(scaler, model)
    folds = GroupKFold(_FOLDS)
    guessed = cross_val_predict(
        pipeline, signs, truths, groups=groups, cv=folds, method="predict_proba"
    )[:, 1]
    pipeline.fit(signs, truths)
    weights = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - (weights * scaler.mean_).sum())
    return FittedEntailment(
        Entailment(
            {name: round(float(w), _DIGITS) for name, w in zip(names, weights, strict=True)},
            round(bias, _DIGITS),
        ),
        statements=len(judged),
        true_share=float(truths.mean()),
        auc=float(roc_auc_score(truths, guessed)),
    )


def signs_of(judged: Sequence[JudgedStatement], engine: Engine) -> tuple[list[str], Any]:
    """Return the names of the signs and their values, shape (statements, signs)."""
    limit = engine.max_source_tokens - ROOM
    readings = {
        text: Reading(sentences_by_line(text), limit) for text in {one.text for one in judged}
    }
    likelihoods = engine.score([readings[one.text].question(one.statement) for one in judged])
    signs = [
        readings[one.text].signs(one.statement, likelihood)
        for one, likelihood in zip(judged, likelihoods, strict=True)
    ]
    return list(signs[0]), np.array([list(found.values()) for found in signs])


def write_entailment(folder: Path, entailment: Entailment) -> None:
    """Write into a model folder how its statements are judged.

    Raises:
        MissingFileError: The folder is not there.
        ModelError: It is not a summarizer's.
    """
    manifest = read_manifest(folder, task=TASK)
    settings = manifest.settings | {ENTAILMENT: asdict(entailment)}
    write_manifest(folder, task=TASK, kind=manifest.kind, settings=settings)
