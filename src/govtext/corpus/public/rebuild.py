"""Rebuild the public corpora, from the network or from a local copy, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from govtext.corpus.public.documents import (
    Document,
    find_repository,
    read_archive,
    read_folder,
)
from govtext.corpus.public.download import Progress, download
from govtext.corpus.public.headings import section_headings
from govtext.corpus.public.known import Comparison, compare, read_known
from govtext.corpus.public.records import (
    Record,
    congress_procedure_laws,
    government_reports,
    laws,
    read_records,
    write_records,
)
from govtext.corpus.public.sources import CORPORA, HOST, REPOSITORIES, SECTION_HEADINGS, Repository
from govtext.errors import DataError, MissingFileError

KNOWN = Path("data/public")
# A rebuilt corpus may differ from the known one in details of the layout, not in what it is.
MIN_KNOWN = 0.9


@dataclass(frozen=True, slots=True)
class Step:
    """What was done for one corpus.

    Attributes:
        corpus: Its name.
        path: Its file.
        records: Number of its records.
        comparison: How near it is to the known records; None where none are listed.
        kept: Whether the file was there already.
    """

    corpus: str
    path: Path
    records: int
    comparison: Comparison | None
    kept: bool


class Origin(Protocol):
    """Where documents, or whole corpora, come from."""

    def ready(self, corpus: str) -> Path | None:
        """Return the file of a corpus that is ready-made, None where it must be derived."""

    def documents(self, repository: Repository) -> Iterable[Document]:
        """Return the documents of a repository."""


@dataclass(frozen=True, slots=True)
class Network:
    """The host of the public repositories.

    Attributes:
        archives: Folder to keep loaded archives in.
        progress: Told the name of the archive and how far its transfer is.
        host: Address that serves `/OWNER/NAME/tar.gz/COMMIT`.
    """

    archives: Path
    progress: Callable[[str], Progress]
    host: str = HOST

    def ready(self, corpus: str) -> Path | None:
        """Return None: the network has repositories only."""
        return None

    def documents(self, repository: Repository) -> Iterator[Document]:
        """Load the archive of a repository, unless it is there, and yield its documents."""
        archive = self.archives / repository.archive_name
        download(
            repository.archive_url(self.host),
            archive,
            sha256=repository.sha256,
            progress=self.progress(repository.name),
        )
        return read_archive(archive)


@dataclass(frozen=True, slots=True)
class Local:
    """A folder with ready-made corpora (*.jsonl.gz), or with unpacked repositories."""

    folder: Path

    def ready(self, corpus: str) -> Path | None:
        """Return the folder's own file of a corpus; section headings are always derived."""
        path = self.folder / f"{corpus}.jsonl.gz"
        return path if path.is_file() and corpus != SECTION_HEADINGS else None

    def documents(self, repository: Repository) -> Iterator[Document]:
        """Yield the documents of an unpacked repository.

        Raises:
            MissingFileError: The folder holds no copy of it.
        """
        found = find_repository(self.folder, repository) if self.folder.is_dir() else None
        if found is None:
            raise MissingFileError(
                f"{self.folder}: holds no copy of {repository.name}, which has the folders "
                f"{', '.join(repository.folders)}, and no ready-made .jsonl.gz of it; name the "
                "folder of an unpacked repository, or choose other corpora with --only"
            )
        return read_folder(found)


def rebuild(
    origin: Origin, out: Path, *, corpora: Sequence[str] = CORPORA, known: Path = KNOWN
) -> Iterator[Step]:
    """Write corpora as OUT/<corpus>.jsonl.gz, yielding each step when it is done.

    A file that is there is compared with the known records and kept.

    Args:
        origin: Where they come from.
        out: Folder to write.
        corpora: Names of corpora, in the order of `CORPORA`.
        known: Folder of the digests of known records.

    Raises:
        DownloadError: The network cannot be reached.
        MissingFileError: A local copy lacks what is needed.
        DataError: What came is malformed, or is not the known corpus.
    """
    out.mkdir(parents=True, exist_ok=True)
    for corpus in corpora:
        path = out / f"{corpus}.jsonl.gz"
        if path.is_file():
            yield _verified(corpus, path, list(read_records(path)), known, kept=True)
            continue
        records = _records(corpus, origin, out, known)
        step = _verified(corpus, path, records, known, kept=False)
        write_records(records, path)
        yield step


def _records(corpus: str, origin: Origin, out: Path, known: Path) -> list[Record]:
    if corpus == SECTION_HEADINGS:
        reports = read_records(out / "government_reports.jsonl.gz")
        return [section for report in reports for section in section_headings(report)]
    ready = origin.ready(corpus)
    if ready is not None:
        return list(read_records(ready))
    documents = origin.documents(REPOSITORIES[corpus])
    if corpus == "congress_procedure_laws":
        return congress_procedure_laws(documents, read_known(known / f"{corpus}.sha256").paths)
    return (government_reports if corpus == "government_reports" else laws)(documents)


def _verified(
    corpus: str, path: Path, records: Sequence[Record], known: Path, *, kept: bool
) -> Step:
    digests = known / f"{corpus}.sha256"
    found = compare(records, read_known(digests)) if digests.is_file() else None
    if not records or (found is not None and found.same < MIN_KNOWN * found.known):
        said = found or "no record was found"
        raise DataError(
            f"{path}: not the {corpus} that is known: {said}; "
            + ("remove the file and run the command again" if kept else "nothing was written")
        )
    return Step(corpus, path, len(records), found, kept)
