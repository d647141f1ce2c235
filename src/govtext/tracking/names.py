"""What MLflow accepts as names and values, and how ours are fitted to it without loss."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, SupportsFloat

from govtext.errors import InputError, InputTypeError

LONGEST_PARAM = 6000
LONGEST_TAG = 8000
LONGEST_DIGEST = 36
_LONGEST_NAME = 250
_NOT_ALLOWED = re.compile(r"[^\w\-. /]")


def safe_name(name: str) -> str:
    """Return a name that MLflow takes as a metric, parameter or tag.

    A name with a character that it refuses (`f1(macro)`, `A&B`), with an empty part or longer
    than 250 characters is rewritten and gets a short digest, so two names never fall together.
    """
    parts = [part.strip(". ") for part in _NOT_ALLOWED.sub("_", name).split("/")]
    safe = "/".join(part or "_" for part in parts)
    if safe == name and len(name) <= _LONGEST_NAME:
        return name
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{safe[: _LONGEST_NAME - 7]}-{digest}"


def writable(text: str) -> str:
    """Return a text that UTF-8 can write: half a surrogate pair becomes its escape."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def metric_value(name: str, value: object) -> float:
    """Return a metric as a float; NaN and infinity may pass.

    Raises:
        InputTypeError: The value is not a number.
    """
    try:
        if isinstance(value, SupportsFloat):
            return float(value)
    except (ArithmeticError, TypeError, ValueError, RuntimeError):  # several numbers in one
        pass
    raise InputTypeError(f"metric {name!r}: a number is needed, not {value!r}")


def artifact_path(path: str) -> str:
    """Return the path of an artifact inside its run.

    Raises:
        InputError: The path is empty, absolute or leads out of the run.
    """
    pure = PurePosixPath(path)
    if not pure.name or pure.is_absolute() or ".." in pure.parts or "\\" in path:
        raise InputError(f"artifact {path!r}: give a relative path such as figures/curve.png")
    return str(pure)


def flatten(config: Mapping[str, Any]) -> dict[str, str]:
    """Return a nested configuration as flat parameters.

    `{"model": {"lr": 0.1}}` becomes `{"model.lr": "0.1"}`; text stays as it is, other values are
    written as JSON. A value over 6000 characters, which MLflow would cut, is replaced by its
    beginning and a word on where the whole is.
    """
    return {safe_name(key): _param(value) for key, value in _leaves(config, "")}


def plain(value: Any) -> Any:
    """Return a value as plain JSON types: arrays as lists, anything unknown as its text."""
    if isinstance(value, Mapping):
        return {writable(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if value is None or type(value) in (int, float, bool):
        return value
    if callable(to_list := getattr(value, "tolist", None)):  # a number or array of numpy
        return plain(to_list())
    return writable(str(value))


def safe_tags(tags: Mapping[str, str]) -> dict[str, str]:
    """Return tags that MLflow takes.

    Raises:
        InputError: A value is longer than the 8000 characters that MLflow keeps.
    """
    for name, value in tags.items():
        if len(value) > LONGEST_TAG:
            raise InputError(
                f"tag {name!r}: {len(value)} characters, at most {LONGEST_TAG} are kept; "
                "log it as a text instead"
            )
    return {safe_name(name): writable(value) for name, value in tags.items()}


def _leaves(config: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for key, value in config.items():
        if isinstance(value, Mapping) and value:
            yield from _leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _param(value: Any) -> str:
    value = plain(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if len(text) <= LONGEST_PARAM:
        return text
    return f"{text[:200]}… [{len(text)} characters in all; the whole is in config.yaml]"
