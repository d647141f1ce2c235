"""The code of a logged model, for both tasks; MLflow copies this file into the model and runs it.

A classifier takes the column `text` and, optional, `heading` and `topic`, the section heading and
the topic sentence around it; the parameter is `min_score`. It answers `label` (null below
`min_score`), `score` and `probabilities`, a JSON object of label to probability.

A summarizer takes the column `text`; the parameters are `max_chars` and `focus`, a label or ""
for all. It answers `text`, `evidence`, a JSON list of statements with their source sentences, and
`notes`, a JSON list of what the reader must know.
"""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import pandas as pd
from mlflow.exceptions import MlflowException
from mlflow.models import set_model
from mlflow.pyfunc import PythonModel

import govtext
from govtext.types import Prediction, Sentence, Summary


class GovtextModel(PythonModel):  # type: ignore[misc]
    """A govtext model folder behind MLflow's interface."""

    def load_context(self, context: Any) -> None:
        """Find the model folder among the files of the logged model."""
        self._folder = Path(context.artifacts["model"])
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
        sentences = [_sentence(number, row) for number, row in enumerate(_rows(model_input))]
        answer = _classify if self._task == "classifier" else _summarize
        try:
            return answer(sentences, self._folder, params or {})
        except govtext.GovtextError as error:
            raise MlflowException.invalid_parameter_value(str(error)) from error


def _classify(sentences: list[Sentence], folder: Path, params: dict[str, Any]) -> pd.DataFrame:
    min_score = params.get("min_score") or None
    found = govtext.predict(sentences, model=folder, min_score=min_score) if sentences else []
    rows = [_prediction_row(item) for item in found]
    return pd.DataFrame(rows, columns=["label", "score", "probabilities"])


def _prediction_row(prediction: Prediction) -> dict[str, Any]:
    probabilities = json.dumps(prediction.probabilities, ensure_ascii=False)
    return {
        "label": prediction.label,
        "score": prediction.score,
        "probabilities": probabilities,
    }


def _summarize(sentences: list[Sentence], folder: Path, params: dict[str, Any]) -> pd.DataFrame:
    options = {"max_chars": params["max_chars"]} if "max_chars" in params else {}
    focus = params.get("focus") or None
    rows = [
        _summary_row(govtext.summarize(item.text, focus=focus, model=folder, **options))
        for item in sentences
    ]
    return pd.DataFrame(rows, columns=["text", "evidence", "notes"])


def _summary_row(summary: Summary) -> dict[str, Any]:
    evidence = [
        {
            "statement": item.statement,
            "sentences": [
                {"text": source.text, "start": source.start, "end": source.end}
                for source in item.sentences
            ],
        }
        for item in summary.evidence
    ]
    return {
        "text": summary.text,
        "evidence": json.dumps(evidence, ensure_ascii=False),
        "notes": json.dumps(summary.notes, ensure_ascii=False),
    }


def _rows(model_input: pd.DataFrame) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = model_input.to_dict(orient="records")
    return rows


def _sentence(number: int, row: dict[str, Any]) -> Sentence:
    text = _cell(row.get("text"))
    if text is None:
        raise MlflowException.invalid_parameter_value(f"row {number}: text is missing")
    if not text.strip():
        raise MlflowException.invalid_parameter_value(f"row {number}: text is empty")
    return Sentence(text, 0, len(text), _cell(row.get("heading")), _cell(row.get("topic")))


def _cell(value: Any) -> str | None:
    return value if isinstance(value, str) else None


set_model(GovtextModel())
