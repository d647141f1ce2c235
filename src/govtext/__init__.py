"""govtext reads Chinese work reports, labels their sentences and summarizes them."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govtext import classify as classify
    from govtext.api import summarize as summarize
    from govtext.api import summarize_all as summarize_all
    from govtext.api import summarize_sections as summarize_sections
    from govtext.classify import predict as predict
    from govtext.digests import digest as digest
    from govtext.digests import digest_folder as digest_folder
    from govtext.errors import GovtextError as GovtextError
    from govtext.keyfigures import key_figures as key_figures
    from govtext.reports import example_report as example_report
    from govtext.reports import read_reports as read_reports
    from govtext.types import KeyFigure as KeyFigure
    from govtext.types import Prediction as Prediction
    from govtext.types import Report as Report
    from govtext.types import Sentence as Sentence
    from govtext.types import Summary as Summary

__version__ = "0.1.0"

# Public name to the module that has it: each is imported when it is first used.
_PUBLIC = {
    "GovtextError": "govtext.errors",
    "KeyFigure": "govtext.types",
    "Prediction": "govtext.types",
    "Report": "govtext.types",
    "Sentence": "govtext.types",
    "Summary": "govtext.types",
    "digest": "govtext.digests",
    "digest_folder": "govtext.digests",
    "example_report": "govtext.reports",
    "key_figures": "govtext.keyfigures",
    "predict": "govtext.classify",
    "read_reports": "govtext.reports",
    "summarize": "govtext.api",
    "summarize_all": "govtext.api",
    "summarize_sections": "govtext.api",
}

__all__ = [*_PUBLIC, "__version__", "classify"]


def __getattr__(name: str) -> Any:
    if name == "classify":
        return importlib.import_module("govtext.classify")
    if name not in _PUBLIC:
        raise AttributeError(f"module 'govtext' has no attribute {name!r}")
    value = getattr(importlib.import_module(_PUBLIC[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
