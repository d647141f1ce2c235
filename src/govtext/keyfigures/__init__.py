"""Key figures: every quantity of a report with its unit, its object and its action."""

from __future__ import annotations

from govtext.keyfigures.api import figures_of_sentence, key_figures

__all__ = ["figures_of_sentence", "key_figures"]
