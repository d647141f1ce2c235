"""A digest: what was found in reports, as an HTML page and as pictures."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from govtext.digests.plots import function_bars, same_figures
from govtext.digests.render import render_page
from govtext.digests.view import ReportView
from govtext.digests.write import write_text
from govtext.errors import InputError
from govtext.plots.canvas import save_png_and_svg


@dataclass(frozen=True, slots=True)
class Digest:
    """The page to read reports by.

    Attributes:
        reports: What it shows of each report.
    """

    reports: tuple[ReportView, ...]

    @property
    def html(self) -> str:
        """The page: UTF-8, self-contained, with a policy that lets it load nothing."""
        return render_page(self.reports)

    def save(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
        """Write the page to a file and return its path.

        Args:
            path: Where to; its folder must exist.
            overwrite: Whether a file that is there already may be replaced.

        Raises:
            InputError: There is such a file already, or it cannot be written.
        """
        return write_text(path, self.html, overwrite=overwrite)

    def save_plots(self, folder: str | os.PathLike[str]) -> list[Path]:
        """Write the pictures of the page as PNG and SVG and return their paths.

        They are `functions`, the share of each function in each report, and `figures`, figures
        that several reports have, where there are such.

        Args:
            folder: Where to; made where needed. Pictures of these names are replaced.

        Raises:
            MissingDependencyError: matplotlib is not installed.
            InputError: A file cannot be written.
        """
        target = Path(folder)
        try:
            target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{target}: cannot be made ({error.strerror or error})") from error
        paths = save_png_and_svg(function_bars(self.reports), target / "functions")
        rows = same_figures(self.reports)
        return paths if rows is None else [*paths, *save_png_and_svg(rows, target / "figures")]
