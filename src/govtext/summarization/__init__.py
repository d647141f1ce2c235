"""Write summaries of reports, sections and paragraphs; `govtext.api` is what applications call."""

from __future__ import annotations

from govtext.summarization.engine import DEFAULT_MODEL, load_engine

__all__ = ["DEFAULT_MODEL", "load_engine"]
