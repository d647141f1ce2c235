"""The door to MLflow: how it is imported, and how its failures become one line."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import ModuleType

from govtext.errors import GovtextError, TrackingError
from govtext.extras import require

# Nothing is sent anywhere, only warnings reach the terminal and no pickle is loaded, unless the
# user says otherwise.
_DEFAULTS = {
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "MLFLOW_MODEL_CATALOG_URI": "",
    "MLFLOW_LOGGING_LEVEL": "WARNING",
    "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
    "MLFLOW_ALLOW_PICKLE_DESERIALIZATION": "false",
    "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true",
}
_CHATTY = {
    **dict.fromkeys(("alembic", "filelock", "git", "matplotlib", "sqlalchemy"), logging.WARNING),
    # What they report is raised as well, and told in one line.
    **dict.fromkeys(("urllib3", "mlflow.store.db.utils"), logging.CRITICAL),
}
_LONGEST_REASON = 300
# A database driver's own words, inside what SQLAlchemy and MLflow say about them.
_DRIVER = re.compile(r"\((?:sqlite3|psycopg2?|pymysql)\.[\w.]+\) (.+)")
# What urllib3 wraps the cause of a failed connection in.
_CONNECTION = re.compile(r"Caused by \w+\(.*?: (.*?)[\"')]*$")


def load_mlflow() -> ModuleType:
    """Import MLflow without telemetry, downloads and progress messages.

    The settings are environment variables that MLflow reads when it is imported; those that the
    user has set stay as they are.

    Raises:
        MissingDependencyError: MLflow is not installed.
    """
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
    for name, level in _CHATTY.items():
        logger = logging.getLogger(name)
        if logger.level == logging.NOTSET:
            logger.setLevel(level)
    return require("mlflow", extra="tracking")


@contextmanager
def store_errors(where: str) -> Iterator[None]:
    """Turn whatever the store, its database or its disk raises into one `TrackingError` line.

    Args:
        where: The store or the thing in it that the block works on; starts the message.
    """
    try:
        yield
    except GovtextError:
        raise
    except _failures() as error:
        raise TrackingError(f"{where}: {reason(error)}") from error


def reason(error: BaseException) -> str:
    """Return the first line of an error's message, without passwords, at most 300 characters."""
    whole = str(error).strip()
    lines = whole.splitlines()
    text = without_password(lines[0] if lines else type(error).__name__)
    if said := _DRIVER.search(whole):
        text = without_password(said[1])
    if cause := _CONNECTION.search(text):
        text = cause[1]
    return text if len(text) <= _LONGEST_REASON else text[: _LONGEST_REASON - 1] + "…"


def without_password(text: str) -> str:
    """Return a text with the `user:password@` taken out of every address in it."""
    return re.sub(r"://[^/@\s]+@", "://", text)


@contextmanager
def environment(**values: str) -> Iterator[None]:
    """Set environment variables that are not set yet, for the length of a block."""
    added = {name: value for name, value in values.items() if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            os.environ.pop(name, None)


def quick_requests(seconds: int) -> AbstractContextManager[None]:
    """Let requests to a server end after some seconds, rather than after minutes of retries."""
    return environment(
        MLFLOW_HTTP_REQUEST_MAX_RETRIES="1", MLFLOW_HTTP_REQUEST_TIMEOUT=str(seconds)
    )


def _failures() -> tuple[type[BaseException], ...]:
    mlflow_exceptions = require("mlflow.exceptions", extra="tracking")
    sqlalchemy = require("sqlalchemy.exc", extra="tracking")
    alembic = require("alembic.util", extra="tracking")
    return (
        mlflow_exceptions.MlflowException,
        sqlalchemy.SQLAlchemyError,
        alembic.CommandError,
        NotImplementedError,  # a disk without file locks
        OSError,
    )
