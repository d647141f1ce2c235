"""The code of a logged model, for both tasks; MLflow copies this file into the model and runs it.

A classifier takes the column `text` and, optional, what is around it: `heading` of the section,
`topic` sentence, the sentences `before` and `after`; the parameter is `min_score`. It answers
`label` (null below `min_score`), `score` and `probabilities`, a JSON object of label to
probability.

A summarizer takes the column `text`; the parameters are `max_chars` and `focus`, a label or ""
for all. It answers `text`, `evidence`, a JSON list of statements with their source sentences, and
`notes`, a JSON list of what the reader must know.

Send rows as `dataframe_records` or `dataframe_split`: in `inputs`, MLflow turns a null into the
text "None" before it comes here.
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
from govtext.types import Sentence, Summary

_CONTEXT = ("heading", "topic", "before", "after")


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
        sentences = _sentences(model_input)
        try:
            if self._task == "classifier":
                return _classify(sentences, self._folder, params or {})
            return _summarize(sentences, self._folder, self._classifier, params or {})
        except govtext.GovtextError as error:
            raise MlflowException.invalid_parameter_value(str(error)) from error


def _classify(sentences: list[Sentence], folder: Path, params: dict[str, Any]) -> pd.DataFrame:
    min_score = params.get("min_score") or None
    found = govtext.predict(sentences, model=folder, min_score=min_score) if sentences else []
    return pd.DataFrame(
        {
            "label": [item.label for item in found],
            "score": [item.score for item in found],
            "probabilities": [_json(item.probabilities) for item in found],
        }
    )


def _summarize(
    sentences: list[Sentence], folder: Path, classifier: str | None, params: dict[str, Any]
) -> pd.DataFrame:
    options = {"max_chars": params["max_chars"]} if "max_chars" in params else {}
    if focus := params.get("focus"):
        options |= {"focus": focus, "classifier": classifier}
    rows = [
        _summary_row(govtext.summarize(item.text, model=folder, **options)) for item in sentences
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
        "evidence": _json(evidence),
        "notes": _json(summary.notes),
    }


def _sentences(table: pd.DataFrame) -> list[Sentence]:
    columns = [
        table[name].tolist() if name in table else [None] * len(table)
        for name in ("text", *_CONTEXT)
    ]
    return [_sentence(number, *row) for number, row in enumerate(zip(*columns, strict=True))]


def _sentence(number: int, text: Any, *context: Any) -> Sentence:
    if not isinstance(text, str):
        raise MlflowException.invalid_parameter_value(f"row {number}: text is missing")
    if not text.strip():
        raise MlflowException.invalid_parameter_value(f"row {number}: text is empty")
    return Sentence(text, 0, len(text), *map(_string, context))


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) else None


_json = json.JSONEncoder(ensure_ascii=False).encode

set_model(GovtextModel())
