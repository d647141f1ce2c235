"""Turn a missing optional library into an instruction."""

from __future__ import annotations

import importlib
from types import ModuleType

from govtext.errors import MissingDependencyError


def require(module: str, *, extra: str) -> ModuleType:
    """Import and return an optional library.

    Args:
        module: Dotted name of the module to import.
        extra: The extra of govtext that installs it.

    Raises:
        MissingDependencyError: The module is not installed.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module.partition(".")[0]:
            raise
        raise MissingDependencyError(
            f"{module} is not installed; it comes with an extra: pip install 'govtext[{extra}]'"
        ) from error
