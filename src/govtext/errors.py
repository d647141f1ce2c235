"""The exceptions that govtext raises on purpose, each also the standard exception it is."""

from __future__ import annotations


class GovtextError(Exception):
    """Base of every error that govtext raises for a mistake its caller can mend.

    The message says what was wrong, where, what was expected and what to do.
    """


class InputError(GovtextError, ValueError):
    """A text, a file's content or an argument is not what the function takes."""


class InputTypeError(GovtextError, TypeError):
    """An argument has a type that the function does not take."""


class MissingFileError(GovtextError, FileNotFoundError):
    """A file or folder that was named is not there."""


class DataError(GovtextError, ValueError):
    """Training data or an annotated report is malformed; the message names file and line."""


class ConfigError(GovtextError, ValueError):
    """A configuration is not valid; the message lists every fault found."""


class ModelError(GovtextError, ValueError):
    """A model cannot be found, is incomplete, or was written by an incompatible version."""


class MissingDependencyError(GovtextError, ImportError):
    """A library of an extra is not installed; the message says which extra to install."""


class DownloadError(GovtextError, ConnectionError):
    """A public source cannot be reached, or the transfer did not come to its end."""


class TrackingError(GovtextError, RuntimeError):
    """The experiment store cannot be reached or refuses what was asked."""
