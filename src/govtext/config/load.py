"""Read a configuration: a YAML file, then overrides, then every fault at once."""

from __future__ import annotations

import difflib
import logging
import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

from govtext.errors import ConfigError, MissingFileError

Config = TypeVar("Config", bound=BaseModel)
_log = logging.getLogger(__name__)


class _Loader(yaml.SafeLoader):
    """Safe YAML that refuses a key given twice and reads 2e-4 as a number."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if key.value in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"key {key.value!r} is given twice", key.start_mark
            )
        seen.add(key.value)
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"[-+]?[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+$"),
    list("-+0123456789"),
)


def load_config(path: str | Path, schema: type[Config], overrides: Sequence[str] = ()) -> Config:
    """Read and check a configuration.

    Args:
        path: A YAML file.
        schema: The class that says what the file may hold.
        overrides: `key=value` each, the key dotted (`model.base=…`), the value YAML. Naming
            `data.train` alone drops the file's other splits, which belong to other data.

    Raises:
        MissingFileError: There is no such file.
        ConfigError: It is no YAML mapping, an override is malformed, or values do not fit the
            schema; the message lists every fault, for an unknown key with the nearest known one.
    """
    path = Path(path)
    values = _read(path)
    _apply(values, overrides)
    try:
        return schema.model_validate(values)
    except ValidationError as error:
        faults = [_describe(fault, schema) for fault in error.errors(include_url=False)]
        raise ConfigError(_list_faults(path, faults)) from error


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise MissingFileError(f"{path}: no such configuration file")
    try:
        values = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid YAML: {' '.join(str(error).split())}") from error
    if not isinstance(values, dict):
        raise ConfigError(f"{path}: expected keys and values, got {type(values).__name__}")
    return values


def _apply(values: dict[str, Any], overrides: Sequence[str]) -> None:
    parsed = dict(_parse(override) for override in overrides)
    if ("data", "train") in parsed and isinstance(values.get("data"), dict):
        dropped = [
            name for name in ("validation", "test")
            if values["data"].get(name) and ("data", name) not in parsed
        ]  # fmt: skip
        for name in dropped:
            del values["data"][name]
            _log.warning(
                "data.%s of the file is not used, since data.train was replaced; "
                "name it too, or a share of data.train is split off", name
            )  # fmt: skip
    for keys, value in parsed.items():
        block: Any = values
        for key in keys[:-1]:
            block = block.setdefault(key, {})
            if not isinstance(block, dict):
                raise ConfigError(f"override {'.'.join(keys)}: {key} is a value, not a block")
        block[keys[-1]] = value


def _parse(override: str) -> tuple[tuple[str, ...], Any]:
    key, equals, value = override.partition("=")
    if not equals or not all(key.split(".")):
        raise ConfigError(f"override {override!r}: expected key=value, such as seed=1")
    try:
        return tuple(key.split(".")), yaml.load(value, Loader=_Loader)  # noqa: S506
    except yaml.YAMLError as error:
        raise ConfigError(f"override {override!r}: the value is not valid YAML") from error


def _describe(fault: Mapping[str, Any], schema: type[BaseModel]) -> str:
    location, block = _walk(schema, [str(part) for part in fault["loc"]])
    where = ".".join(location) or "the whole"
    if fault["type"] == "extra_forbidden":
        known = list(block.model_fields)
        near = difflib.get_close_matches(location[-1], known, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else f"known here: {', '.join(known)}"
        return f"{where}: unknown key; {hint}"
    if fault["type"] == "missing":
        return f"{where}: missing"
    message = str(fault["msg"]).removeprefix("Value error, ")
    given = fault["input"]
    return f"{where}: {message}" + ("" if isinstance(given, dict) else f", got {given!r}")


def _walk(schema: type[BaseModel], location: Sequence[str]) -> tuple[list[str], type[BaseModel]]:
    """Return the keys that lead to a fault, and the block that has the last of them.

    Behind the key of a block that may be of several kinds, pydantic names the kind as if it were a
    key too.
    """
    block, keys = schema, []
    kinds: dict[str, type[BaseModel]] = {}
    for part in location:
        if part in kinds:
            block, kinds = kinds[part], {}
            continue
        if kinds:
            block = next(iter(kinds.values()))
        keys.append(part)
        kinds = _blocks(block, part)
    return keys, block


def _blocks(schema: type[BaseModel], key: str) -> dict[str, type[BaseModel]]:
    """Return the blocks that a key may hold, by kind."""
    field = schema.model_fields.get(key)
    candidates = [] if field is None else [field.annotation, *get_args(field.annotation)]
    blocks = [c for c in candidates if isinstance(c, type) and issubclass(c, BaseModel)]
    return {_kind(block): block for block in blocks}


def _kind(block: type[BaseModel]) -> str:
    field = block.model_fields.get("kind")
    return str(get_args(field.annotation)[0]) if field else ""


def _list_faults(path: Path, faults: list[str]) -> str:
    if len(faults) == 1:
        return f"{path}: {faults[0]}"
    width = int(math.log10(len(faults))) + 1
    lines = [f"  {i:>{width}}. {fault}" for i, fault in enumerate(faults, start=1)]
    return "\n".join([f"{path}: {len(faults)} faults", *lines])
