"""Load a file over HTTP: what was cut goes on where it stopped, what arrived is verified."""

from __future__ import annotations

import hashlib
import http.client
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import IO

from govtext.errors import DataError, DownloadError

Progress = Callable[[int, int | None], None]
"""Called with the bytes that are there and the bytes there will be (None where not known)."""

_TIMEOUT_SECONDS = 60
_CHUNK = 1 << 18
_ATTEMPTS = 5


def download(url: str, path: Path, *, sha256: str | None, progress: Progress) -> None:
    """Load a file unless it is there, and verify its digest.

    What is on its way lies in `<path>.part`; a cut transfer goes on from there, now or at the next
    call, where the server knows ranges, and starts again where it does not. The digest of a file
    that has no known one is remembered in `<path>.sha256` and verified from then on.

    Args:
        url: An http or https address.
        path: Where to keep the file.
        sha256: The digest that it must have, None where it is not known.
        progress: Told how far it is.

    Raises:
        DownloadError: The server cannot be reached, or the transfer is cut again and again.
        DataError: The file has another digest; it is removed.
    """
    remembered = path.with_name(path.name + ".sha256")
    if not path.exists():
        part = path.with_name(path.name + ".part")
        part.parent.mkdir(parents=True, exist_ok=True)
        _load(url, part, progress)
        _verify(part, sha256, url)
        remembered.write_text(file_sha256(part) + "\n", encoding="ascii")
        part.replace(path)
    elif sha256 is None and remembered.is_file():
        sha256 = remembered.read_text(encoding="ascii").strip()
    _verify(path, sha256, url)


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _verify(path: Path, sha256: str | None, url: str) -> None:
    if sha256 is not None and (found := file_sha256(path)) != sha256:
        path.unlink()
        raise DataError(
            f"{path}: SHA-256 is {found}, expected {sha256}; the file was removed, run the "
            f"command again to load {url} anew"
        )


def _load(url: str, part: Path, progress: Progress) -> None:
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            if _load_rest(url, part, progress):
                return
            reason = "the connection was cut"
        except urllib.error.HTTPError as error:
            raise DownloadError(f"{url}: the server answers {error.code} {error.reason}") from error
        except (OSError, http.client.HTTPException) as error:
            reason = str(getattr(error, "reason", error)) or type(error).__name__
            if not part.exists() or attempt == _ATTEMPTS:
                raise DownloadError(_unreachable(url, reason)) from error
    raise DownloadError(_unreachable(url, reason))


def _unreachable(url: str, reason: str) -> str:
    return (
        f"{url}: cannot be loaded ({reason}); with a network, run the same command again (it goes "
        "on where it stopped), or name a copy that you have with --local"
    )


def _load_rest(url: str, part: Path, progress: Progress) -> bool:
    """Load what is missing of a file; return whether it is complete then."""
    begin = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers=_range(part, begin))  # noqa: S310
    if request.type not in ("http", "https"):
        raise DownloadError(f"{url}: expected an address with http or https")
    try:
        response = urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS)  # noqa: S310
    except urllib.error.HTTPError as error:
        if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and begin:
            part.unlink()
            return _load_rest(url, part, progress)
        raise
    with response:
        if response.status != http.HTTPStatus.PARTIAL_CONTENT:
            begin = 0
        length = response.headers.get("Content-Length")
        total = begin + int(length) if length else None
        _tag(part).write_text(response.headers.get("ETag", ""), encoding="utf-8")
        with part.open("ab" if begin else "wb") as file:
            done = _copy(response, file, begin, total, progress)
    if total is not None and done < total:
        return False
    _tag(part).unlink()
    return True


def _range(part: Path, begin: int) -> dict[str, str]:
    """Return the headers that ask for the rest, if it is still the same file on the server."""
    tag = _tag(part).read_text(encoding="utf-8") if _tag(part).exists() else ""
    headers = {"User-Agent": "govtext", "Accept-Encoding": "identity"}
    if begin:
        headers["Range"] = f"bytes={begin}-"
    if begin and tag.startswith('"'):
        headers["If-Range"] = tag
    return headers


def _tag(part: Path) -> Path:
    return part.with_name(part.name + ".etag")


def _copy(
    response: http.client.HTTPResponse,
    file: IO[bytes],
    done: int,
    total: int | None,
    progress: Progress,
) -> int:
    progress(done, total)
    while chunk := response.read(_CHUNK):
        file.write(chunk)
        done += len(chunk)
        progress(done, total)
    return done
