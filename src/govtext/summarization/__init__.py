"""Summaries of reports, sections and paragraphs."""

from __future__ import annotations

from govtext.summarization.api import DEFAULT_MODEL, load_engine, summarize

__all__ = ["DEFAULT_MODEL", "load_engine", "summarize"]
