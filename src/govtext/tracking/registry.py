"""Named models: registering versions, moving aliases, and fetching one to a folder."""

from __future__ import annotations

import functools
import hashlib
import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlparse
from urllib.request import url2pathname

import yaml

from govtext.bundle.manifest import MANIFEST_NAME, read_manifest, verify_files
from govtext.errors import InputError, ModelError, TrackingError
from govtext.extras import require
from govtext.tracking.backend import store_errors
from govtext.tracking.history import RecordedRun
from govtext.tracking.store import Store, as_default, find_store, open_store

_NAME = r"models:/([^/@:'\"`]+)"
_FORMS = "models:/NAME@ALIAS, models:/NAME/VERSION, models:/m-ID or runs:/RUN_ID/MODEL"
_UNKNOWN = ("RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE")


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """A logged model and, where it was registered, its place in the registry.

    Attributes:
        model_id: The id of the logged model.
        name: Its registered name, None where it was not registered.
        version: Its version under that name.
        alias: The alias that it was given.
    """

    model_id: str
    name: str | None = None
    version: int | None = None
    alias: str | None = None

    @property
    def uri(self) -> str:
        """The address to load it by, which keeps naming this very model."""
        return f"models:/{self.name}/{self.version}" if self.name else f"models:/{self.model_id}"


def check_names(name: str | None, alias: str | None) -> None:
    """See that a registered name and an alias are ones that MLflow takes.

    Raises:
        InputError: One is not, or there is an alias without a name.
    """
    if name is not None and (not name.strip() or re.search(r"[/:@\"'`]", name)):
        raise InputError(f"registered name {name!r}: must not be empty or hold / : @ or quotes")
    if alias is None:
        return
    if name is None:
        raise InputError(f"alias {alias!r}: only a registered model can have one; give its name")
    if not re.fullmatch(r"[\w-]{1,255}", alias) or re.fullmatch(r"v\d+|latest", alias.lower()):
        raise InputError(
            f"alias {alias!r}: use letters, digits, - and _, but not 'latest' or 'v' and a number"
        )


def register(
    client: Any, store: Store, name: str, model_id: str, *, run_id: str, description: str
) -> int:
    """Register a logged model under a name and return the number of its version.

    Raises:
        TrackingError: The store fails.
    """
    exceptions = require("mlflow.exceptions", extra="tracking")
    with store_errors(f"registered model {name!r} in {store}"), as_default(store):
        try:
            client.create_registered_model(name)
        except exceptions.MlflowException as error:
            if error.error_code != "RESOURCE_ALREADY_EXISTS":
                raise
        source = f"models:/{model_id}"
        version = client.create_model_version(
            name, source, run_id, description=description, model_id=model_id
        )
    return int(version.version)


def set_alias(
    name: str, alias: str, version: int, *, store: Store | None = None, client: Any = None
) -> None:
    """Let an alias such as champion name a version; it leaves the version that had it.

    Args:
        name: The registered name.
        alias: The alias.
        version: The number of the version.
        store: None takes the one of `find_store`.
        client: MLflow's client of that store where one is open already.

    Raises:
        InputError: The alias is not allowed.
        ModelError: There is no such model or version.
        TrackingError: The store is not there, does not answer or refuses.
    """
    check_names(name, alias)
    store = store or find_store()
    client = client or open_store(store, create=False)
    _version(client, store, name, str(version))
    with store_errors(f"alias {alias!r} of {name!r} in {store}"):
        client.set_registered_model_alias(name, alias, str(version))


def register_run_model(
    run: RecordedRun, name: str, alias: str | None, *, store: Store | None = None
) -> ModelVersion:
    """Register the model that a run recorded, after the run.

    Raises:
        InputError: The name or the alias is not allowed.
        ModelError: The run recorded no model.
        TrackingError: The store is not there, does not answer or refuses.
    """
    check_names(name, alias)
    store = store or find_store()
    client = open_store(store, create=False)
    with store_errors(f"run {run} in {store}"):
        experiment = client.get_run(run.id).info.experiment_id
        logged = client.search_logged_models([experiment], f"source_run_id = '{run.id}'")
    if not logged:
        raise ModelError(f"run {run} in {store} recorded no model that could be registered")
    model_id = str(logged[0].model_id)
    figures = [f"- {key}: {run.metrics[key]:.4g}" for key in run.metrics if key[:5] == "test/"]
    version = register(client, store, name, model_id, run_id=run.id, description="\n".join(figures))
    if alias is not None:
        set_alias(name, alias, version, store=store, client=client)
    return ModelVersion(model_id, name, version, alias)


def fetch_model(uri: str) -> Path:
    """Return the govtext model folder inside a logged model.

    Files of a local store are used where they lie; others are downloaded once, to
    `~/.cache/govtext` or below XDG_CACHE_HOME. They are compared with their digests once a process.

    Args:
        uri: `models:/NAME@ALIAS`, `models:/NAME/VERSION` (a number or `latest`),
            `models:/m-ID` or `runs:/RUN_ID/MODEL`, in the store of `find_store`.

    Raises:
        ModelError: There is no such model, version, alias or run, its files are gone or
            damaged, or it was not logged by govtext.
        TrackingError: The store is not there, does not answer or refuses.
    """
    store = find_store()
    location = _location(open_store(store, create=False), store, uri)
    if location.startswith("file:"):
        packed = Path(url2pathname(urlparse(location).path))
    else:
        key = hashlib.sha256(f"{store.uri}\n{location}".encode()).hexdigest()[:16]
        packed = _cache() / key
        if not packed.is_dir():
            _download(store, location, packed, uri)
    folder = _model_folder(packed, uri)
    changed = (folder / MANIFEST_NAME).stat().st_mtime_ns
    _verify(folder, _packed(packed, uri)["task"], changed)
    return folder


def _location(client: Any, store: Store, uri: str) -> str:
    """Return the address of the files of a logged model."""
    if match := re.fullmatch(r"models:/(m-[0-9a-f]{32})", uri):
        return _logged_model(client, store, match[1])
    if match := re.fullmatch(_NAME + r"@([\w-]+)", uri):
        version = _aliased(client, store, match[1], match[2])
    elif match := re.fullmatch(_NAME + r"/(\d+|latest)", uri):
        version = _version(client, store, match[1], match[2])
    elif match := re.fullmatch(r"runs:/(\w+)/([^/'\"`]+)", uri):
        return _run_model(client, store, match[1], match[2])
    else:
        raise ModelError(f"{uri}: not an address of a model; expected {_FORMS}")
    with store_errors(f"{uri} in {store}"):
        return str(client.get_model_version_download_uri(version.name, version.version))


def _logged_model(client: Any, store: Store, model_id: str) -> str:
    model = _ask(store, lambda: client.get_logged_model(model_id))
    if model is None:
        raise ModelError(f"models:/{model_id}: no such logged model in {store}")
    return str(model.artifact_location)


def _aliased(client: Any, store: Store, name: str, alias: str) -> Any:
    found = _ask(store, lambda: client.get_model_version_by_alias(name, alias))
    if found is None:
        known_versions(client, store, name)
        aliases = sorted(client.get_registered_model(name).aliases)
        raise ModelError(
            f"models:/{name}@{alias}: {name!r} in {store} has no such alias; "
            f"it has {', '.join(aliases) or 'none'}"
        )
    return found


def _version(client: Any, store: Store, name: str, version: str) -> Any:
    known = known_versions(client, store, name)
    number = max(known) if version == "latest" else int(version)
    if number not in known:
        listed = ", ".join(map(str, sorted(known)))
        raise ModelError(
            f"models:/{name}/{version}: {name!r} in {store} has no such version; it has {listed}"
        )
    return known[number]


def known_versions(client: Any, store: Store, name: str) -> dict[int, Any]:
    """Return the versions of a registered model by number; there is at least one."""
    with store_errors(f"experiment store {store}"):
        found = client.search_model_versions(f"name='{name}'")
        names = [] if found else [item.name for item in client.search_registered_models()]
    if not found:
        raise ModelError(
            f"models:/{name}: no model of that name is registered in {store}; "
            f"registered: {', '.join(sorted(names)) or 'none'}"
        )
    return {int(item.version): item for item in found}


def _run_model(client: Any, store: Store, run_id: str, name: str) -> str:
    run = _ask(store, lambda: client.get_run(run_id))
    if run is None:
        raise ModelError(f"runs:/{run_id}/{name}: no such run in {store}")
    with store_errors(f"run {run_id} in {store}"):
        logged = client.search_logged_models(
            [run.info.experiment_id], f"source_run_id = '{run_id}'"
        )
    models = {model.name: str(model.artifact_location) for model in logged}
    if name not in models:
        listed = ", ".join(sorted(models)) or "none"
        raise ModelError(f"runs:/{run_id}/{name}: the run has no such model; it has {listed}")
    return models[name]


def _ask(store: Store, question: Callable[[], Any]) -> Any | None:
    """Return what the store answers, None where it does not know what was asked for."""
    try:
        with store_errors(f"experiment store {store}"):
            return question()
    except TrackingError as error:
        if getattr(error.__cause__, "error_code", None) in _UNKNOWN:
            return None
        raise


def _cache() -> Path:
    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root) / "govtext" / "models"


def _download(store: Store, location: str, target: Path, uri: str) -> None:
    """Download to a folder beside the target, which appears only once it is whole."""
    artifacts = require("mlflow.artifacts", extra="tracking")
    with store_errors(f"{uri} in {store}"):
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
            found = Path(
                artifacts.download_artifacts(
                    artifact_uri=location, dst_path=scratch, tracking_uri=store.uri
                )
            )
            folder = _model_folder(found, uri)
            verify_files(folder, read_manifest(folder, task=_packed(found, uri)["task"]))
            if not target.exists():
                os.replace(found, target)


@functools.lru_cache(maxsize=64)
def _verify(folder: Path, task: str, changed: int) -> None:
    """Compare a model's files with their digests; once, as `predict` asks for each call."""
    verify_files(folder, read_manifest(folder, task=task))


def _model_folder(packed: Path, uri: str) -> Path:
    """Return the model folder inside an MLflow model on disk."""
    folder = (packed / _packed(packed, uri)["path"]).resolve()
    if not folder.is_relative_to(packed.resolve()) or not (folder / MANIFEST_NAME).is_file():
        raise ModelError(f"{uri}: the logged model at {packed} is not complete")
    return folder


def _packed(packed: Path, uri: str) -> dict[str, str]:
    """Return the task and the relative path of the model folder, as MLmodel records them."""
    try:
        described = yaml.safe_load((packed / "MLmodel").read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"{uri}: the files of the model are not at {packed}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        path = packed / "MLmodel"
        raise ModelError(f"{uri}: {path} is not the description of a model") from error
    try:
        flavor = described["flavors"]["python_function"]
        return {
            "task": str(described["metadata"]["task"]),
            "path": str(flavor["artifacts"]["model"]["path"]),
        }
    except (KeyError, TypeError) as error:
        raise ModelError(f"{uri}: an MLflow model, but not one that govtext logged") from error
