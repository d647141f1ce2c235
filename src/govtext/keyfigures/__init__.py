"""Key figures: every quantity of a report with its unit, its object and its action."""

from __future__ import annotations

from govtext.keyfigures.api import key_figures as key_figures

__all__ = ["key_figures"]
