"""Which version of a registered model ships, and how that changes."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from govtext.errors import ModelError, TrackingError
from govtext.extras import require
from govtext.tracking import names
from govtext.tracking.backend import store_errors
from govtext.tracking.history import RecordedRun
from govtext.tracking.registry import known_versions
from govtext.tracking.store import Store, find_store, open_store

CHAMPION = "champion"
CHALLENGER = "challenger"
_BEFORE = "govtext.champion_before"


@dataclass(frozen=True, slots=True)
class RegisteredVersion:
    """A version of a registered model.

    Attributes:
        name: The registered name.
        version: The number of the version.
        run_id: The run that made it, None where it names none.
        aliases: The aliases that name it.
        created: When it was registered.
        tags: Its tags; those of `govtext.gate` say what was decided about it.
    """

    name: str
    version: int
    run_id: str | None
    aliases: tuple[str, ...]
    created: datetime
    tags: dict[str, str] = field(repr=False)

    def __str__(self) -> str:
        """Return name and number."""
        return f"{self.name} version {self.version}"

    @property
    def uri(self) -> str:
        """The address to load it by."""
        return f"models:/{self.name}/{self.version}"


def registered_names(*, store: Store | None = None) -> list[str]:
    """Return the names of all registered models, sorted.

    Raises:
        TrackingError: The store is not there, does not answer or refuses.
    """
    store = store or find_store()
    client = open_store(store, create=False)
    with store_errors(f"experiment store {store}"):
        return sorted(item.name for item in client.search_registered_models())


def list_versions(name: str, *, store: Store | None = None) -> list[RegisteredVersion]:
    """Return the versions of a registered model, the latest first.

    Raises:
        ModelError: There is no such model.
        TrackingError: The store is not there, does not answer or refuses.
    """
    store = store or find_store()
    client = open_store(store, create=False)
    found = known_versions(client, store, name)
    with store_errors(f"registered model {name!r} in {store}"):
        aliases: Mapping[str, str] = client.get_registered_model(name).aliases
    return [
        RegisteredVersion(
            name=name,
            version=number,
            run_id=version.run_id or None,
            aliases=tuple(sorted(a for a, v in aliases.items() if int(v) == number)),
            created=datetime.fromtimestamp(version.creation_timestamp / 1000, tz=UTC),
            tags=dict(version.tags),
        )
        for number, version in sorted(found.items(), reverse=True)
    ]


def find_version(
    name: str, wanted: int | str, *, store: Store | None = None
) -> RegisteredVersion | None:
    """Return a version by its number or alias, None where there is none such.

    Raises:
        ModelError: There is no such model.
        TrackingError: The store is not there, does not answer or refuses.
    """
    for version in list_versions(name, store=store):
        if wanted == version.version or wanted in version.aliases:
            return version
    return None


def crown(
    version: RegisteredVersion,
    *,
    instead_of: RegisteredVersion | None,
    description: str,
    store: Store | None = None,
) -> None:
    """Make a version the champion, and remember which one was.

    Args:
        version: The new champion.
        instead_of: The champion that it was compared with, None where there was none.
        description: Markdown for the page of the registered model.
        store: None takes the one of `find_store`.

    Raises:
        TrackingError: The champion is another one by now, or the store fails.
    """
    store = store or find_store()
    _set_champion(version, instead_of, description, store)
    if instead_of is not None:
        note_on_version(version, tags={_BEFORE: str(instead_of.version)}, store=store)


def restore(
    version: RegisteredVersion,
    *,
    instead_of: RegisteredVersion,
    description: str,
    store: Store | None = None,
) -> None:
    """Make a version that was the champion before the champion again.

    Args:
        version: The champion before.
        instead_of: The champion that goes.
        description: Markdown for the page of the registered model.
        store: None takes the one of `find_store`.

    Raises:
        TrackingError: The champion is another one by now, or the store fails.
    """
    _set_champion(version, instead_of, description, store or find_store())


def champion_before(version: RegisteredVersion, *, store: Store | None = None) -> RegisteredVersion:
    """Return the version that was the champion before this one.

    Raises:
        ModelError: There was none, or it was deleted.
        TrackingError: The store is not there, does not answer or refuses.
    """
    number = version.tags.get(_BEFORE)
    if number is None:
        raise ModelError(f"{version} is the first champion; there is none to go back to")
    before = find_version(version.name, int(number), store=store)
    if before is None:
        raise ModelError(
            f"{version.name} version {number}, the champion before {version}, was deleted"
        )
    return before


def note_on_version(
    version: RegisteredVersion,
    *,
    tags: Mapping[str, str],
    description: str | None = None,
    store: Store | None = None,
) -> None:
    """Write tags, and where one is given a description, on a version's page.

    Raises:
        TrackingError: The store fails.
    """
    store = store or find_store()
    client = open_store(store, create=False)
    with store_errors(f"{version} in {store}"):
        for key, value in names.safe_tags(tags).items():
            client.set_model_version_tag(version.name, str(version.version), key, value)
        if description is not None:
            text = names.writable(description)
            client.update_model_version(version.name, str(version.version), description=text)


def note_on_experiment(run: RecordedRun, markdown: str, *, store: Store | None = None) -> None:
    """Write the description of the experiment that a run is in.

    Raises:
        TrackingError: The store fails.
    """
    store = store or find_store()
    client = open_store(store, create=False)
    with store_errors(f"experiment {run.experiment!r} in {store}"):
        experiment = client.get_run(run.id).info.experiment_id
        client.set_experiment_tag(experiment, "mlflow.note.content", names.writable(markdown))


@contextmanager
def promotion_lock(name: str, *, store: Store | None = None) -> Iterator[None]:
    """Let one process at a time decide about the champion of a registered model.

    Processes on other machines are seen by `crown`, which refuses where the champion has changed
    meanwhile.

    Raises:
        TrackingError: Another process is at it.
    """
    store = store or find_store()
    filelock = require("filelock", extra="tracking")
    lock = filelock.FileLock(_lock_path(store, name), timeout=0)
    with store_errors(f"registered model {name!r} in {store}"):
        try:
            lock.acquire()
        except filelock.Timeout as error:
            raise TrackingError(
                f"registered model {name!r} in {store}: another promotion or rollback is going "
                "on; wait for it, look at govtext models list, and try again"
            ) from error
    try:
        yield
    finally:
        lock.release()


def _set_champion(
    version: RegisteredVersion,
    instead_of: RegisteredVersion | None,
    description: str,
    store: Store,
) -> None:
    _refuse_another(version.name, instead_of, store)
    client = open_store(store, create=False)
    with store_errors(f"alias {CHAMPION!r} of {version.name!r} in {store}"):
        client.set_registered_model_alias(version.name, CHAMPION, str(version.version))
        if CHALLENGER in version.aliases:
            client.delete_registered_model_alias(version.name, CHALLENGER)
        client.update_registered_model(version.name, description=names.writable(description))


def _refuse_another(name: str, expected: RegisteredVersion | None, store: Store) -> None:
    now = find_version(name, CHAMPION, store=store)
    was, is_ = (item.version if item else None for item in (expected, now))
    if was != is_:
        raise TrackingError(
            f"registered model {name!r} in {store}: the champion is {_shown(is_)} now, and was "
            f"{_shown(was)} when the comparison began; compare again"
        )


def _shown(version: int | None) -> str:
    return f"version {version}" if version else "none"


def _lock_path(store: Store, name: str) -> Path:
    key = hashlib.sha256(f"{store.uri}\n{name}".encode()).hexdigest()[:12]
    if store.database is not None and os.access(store.database.parent, os.W_OK):
        return store.database.with_name(f"{store.database.name}.{key}.lock")
    return Path(tempfile.gettempdir()) / f"govtext-{_owner()}-{key}.lock"


def _owner() -> Any:
    return os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
