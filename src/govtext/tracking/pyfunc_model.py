"""The code of a logged model, for both tasks; MLflow copies this file into the model and runs it.

A classifier takes the column `text` and, optional, what is around it: `heading` of the section,
`topic` sentence, the sentences `before` and `after`; the parameter is `min_score`. It answers
`label` (null below `min_score`), `score` and `probabilities`, a JSON object of label to
probability.

A summarizer takes the column `text`; the parameters are `max_chars` and `focus`, a label or ""
for all. It answers `text`; `extractive`, whether all of it was taken over from the source word for
word; `evidence`, a JSON list of statements, each with its source sentences and whether it was
quoted; `checks`, a JSON list of the facts that were looked up in the source and what came of each;
and `notes`, a JSON list of what the reader must know.

Send rows as `dataframe_records` or `dataframe_split`: in `inputs`, MLflow turns a null into the
text "None" before it comes here.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from mlflow.exceptions import MlflowException
from mlflow.models import set_model
from mlflow.pyfunc import PythonModel
from numpy.typing import NDArray

import govtext
from govtext.features.context import CONTEXT_PARTS
from govtext.types import Sentence, Summary


class GovtextModel(PythonModel):  # type: ignore[misc]
    """A govtext model folder behind MLflow's interface."""

    def load_context(self, context: Any) -> None:
        """Find the model folder among the files of the logged model; `predict` reads it."""
        self._folder = Path(context.artifacts["model"])
        self._classifier = context.artifacts.get("classifier")
        manifest = json.loads((self._folder / "govtext.json").read_text(encoding="utf-8"))
        self._task = manifest["task"]
        if manifest["govtext_version"] != govtext.__version__:
            warnings.warn(
                f"the model was written by govtext {manifest['govtext_version']}, but "
                f"{govtext.__version__} is loaded and runs it",
                stacklevel=2,
            )

    def predict(
        self, context: Any, model_input: pd.DataFrame, params: dict[str, Any] | None = None
    ) -> pd.DataFrame:
        """Answer every row of a table.

        Raises:
            MlflowException: A text is missing or empty, or the model refuses the request; its
                code is INVALID_PARAMETER_VALUE, which a server answers as 400.
        """
        try:
            if self._task == "classifier":
                return _classify(_sentences(model_input), self._folder, params or {})
            return _summarize(_texts(model_input), self._folder, self._classifier, params or {})
        except govtext.GovtextError as error:
            raise MlflowException.invalid_parameter_value(str(error)) from error


def _classify(
    sentences: Sequence[str | Sentence], folder: Path, params: dict[str, Any]
) -> pd.DataFrame:
    min_score = params.get("min_score") or None
    found = govtext.classify.predict_columns(sentences, model=folder, min_score=min_score)
    return pd.DataFrame(
        {
            "label": found.label,
            "score": found.score,
            "probabilities": _json_objects(found.labels, found.probabilities),
        }
    )


def _json_objects(names: Sequence[str], values: NDArray[np.float64]) -> pd.Series:
    """Return a JSON object a row, name to value; a record a row would take as long as the model.

    Args:
        names: The names, at least one.
        values: Finite numbers, shape (rows, names).
    """
    parts: list[Any] = []
    for name, column in zip(names, values.T, strict=True):
        opening = ", " if parts else "{"
        parts += [f"{opening}{_json(name)}: ", pc.cast(pa.array(column), pa.string())]
    return pc.binary_join_element_wise(*parts, "}", "").to_pandas()


def _summarize(
    texts: list[str], folder: Path, classifier: str | None, params: dict[str, Any]
) -> pd.DataFrame:
    options = {"max_chars": params["max_chars"]} if "max_chars" in params else {}
    if focus := params.get("focus"):
        options |= {"focus": focus, "classifier": classifier}
    rows = [_summary_row(govtext.summarize(text, model=folder, **options)) for text in texts]
    return pd.DataFrame(rows, columns=["text", "extractive", "evidence", "checks", "notes"])


def _summary_row(summary: Summary) -> dict[str, Any]:
    evidence = [
        {
            "statement": item.statement,
            "quoted": item.quoted,
            "probability": item.probability,
            "sentences": [
                {"text": source.text, "start": source.start, "end": source.end}
                for source in item.sentences
            ],
        }
        for item in summary.evidence
    ]
    checks = [
        {"fact": check.fact, "value": check.value, "outcome": check.outcome}
        for check in summary.checks
    ]
    return {
        "text": summary.text,
        "extractive": bool(evidence) and all(item.quoted for item in summary.evidence),
        "evidence": _json(evidence),
        "checks": _json(checks),
        "notes": _json(summary.notes),
    }


def _texts(table: pd.DataFrame) -> list[str]:
    texts: list[str] = table["text"].tolist()
    for number, text in enumerate(texts):
        if not isinstance(text, str):
            raise MlflowException.invalid_parameter_value(f"row {number}: text is missing")
        if not text.strip():
            raise MlflowException.invalid_parameter_value(f"row {number}: text is empty")
    return texts


def _sentences(table: pd.DataFrame) -> Sequence[str | Sentence]:
    texts = _texts(table)
    if not any(name in table for name in CONTEXT_PARTS):
        return texts
    columns = [table[name] if name in table else [None] * len(table) for name in CONTEXT_PARTS]
    return [
        Sentence(text, 0, len(text), *map(_string, context))
        for text, *context in zip(texts, *columns, strict=True)
    ]


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) else None


_json = json.JSONEncoder(ensure_ascii=False).encode

set_model(GovtextModel())
