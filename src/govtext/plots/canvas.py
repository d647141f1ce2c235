"""A figure that needs no display, with Chinese letters where the machine has a font for them."""

from __future__ import annotations

import functools
import logging
import os
from pathlib import Path
from typing import Any

from govtext.errors import InputError
from govtext.extras import require

_log = logging.getLogger(__name__)
_EXTRA = "plots"
# The family names of fonts with simplified Chinese; of a .ttc collection matplotlib reads the
# first face only, which for Noto is the Japanese one with the same characters.
_FAMILIES = (
    "Source Han Sans SC", "Noto Sans SC", "Noto Sans CJK SC", "Noto Sans CJK JP", "PingFang SC",
    "PingFang HK", "Hiragino Sans GB", "Microsoft YaHei", "DengXian", "SimHei",
    "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback", "Heiti TC", "STHeiti",
    "Arial Unicode MS", "SimSun", "AR PL UMing CN",
)  # fmt: skip
_FILES = ("notosanscjk", "sourcehansans", "wqy", "msyh", "simhei", "pingfang", "droidsansfallback")


def new_figure(width: float, height: float, *, dpi: int = 120) -> Any:
    """Return a matplotlib figure of its own, apart from any display and matplotlib's global list.

    Args:
        width: In inches.
        height: In inches.
        dpi: Dots an inch where it is saved as PNG.

    Raises:
        MissingDependencyError: matplotlib is not installed.
    """
    module = require("matplotlib.figure", extra=_EXTRA)
    agg = require("matplotlib.backends.backend_agg", extra=_EXTRA)
    figure = module.Figure(figsize=(width, height), dpi=dpi, layout="constrained")
    agg.FigureCanvasAgg(figure)
    return figure


@functools.cache
def chinese_font() -> str | None:
    """Return the family name of an installed font with Chinese letters, None where there is none.

    What is missing is said once in the log: pictures are then lettered in English.
    """
    manager = require("matplotlib.font_manager", extra=_EXTRA)
    found = _installed(manager)
    if found is None:
        # Fonts that came after matplotlib made its list are known to the system only.
        for file in manager.findSystemFonts():
            if Path(file).name.lower().replace("-", "").startswith(_FILES):
                manager.fontManager.addfont(file)
        found = _installed(manager)
    if found is None:
        _log.warning(
            "no font with Chinese letters was found, so pictures are lettered in English; "
            "install one, such as the package fonts-noto-cjk, and draw them again"
        )
    return found


def letter(figure: Any) -> None:
    """Give all text of a figure the Chinese font, if there is one; call it when all is drawn."""
    family = chinese_font()
    if family is None:
        return
    text = require("matplotlib.text", extra=_EXTRA)
    for item in figure.findobj(text.Text):
        item.set_fontfamily([family, "DejaVu Sans"])


def save_png_and_svg(figure: Any, stem: str | os.PathLike[str]) -> list[Path]:
    """Write a figure as PNG and as SVG with its letters as outlines; return the two paths.

    Args:
        figure: A matplotlib figure.
        stem: The path without its suffix.

    Raises:
        InputError: A file cannot be written.
    """
    paths = [Path(f"{os.fspath(stem)}.{suffix}") for suffix in ("png", "svg")]
    for path in paths:
        try:
            figure.savefig(path)
        except OSError as error:
            raise InputError(f"{path}: cannot be written ({error.strerror or error})") from error
    return paths


def _installed(manager: Any) -> str | None:
    names = {font.name for font in manager.fontManager.ttflist}
    return next((family for family in _FAMILIES if family in names), None)
