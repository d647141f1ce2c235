"""Which public repositories the corpora come from."""

from __future__ import annotations

from dataclasses import dataclass

HOST = "https://codeload.github.com"


@dataclass(frozen=True, slots=True)
class Repository:
    """A public Git repository at one commit.

    Attributes:
        name: `owner/name`.
        commit: The commit, as many digits of it as are known.
        folders: Folders whose documents are used; their presence tells a local copy.
        sha256: Digest of the archive; None where none is known, as for archives that a host makes
            on demand: then the one that was loaded first is remembered beside it.
    """

    name: str
    commit: str
    folders: tuple[str, ...]
    sha256: str | None = None

    def archive_url(self, host: str = HOST) -> str:
        """Return where the host serves the commit as a .tar.gz."""
        return f"{host.rstrip('/')}/{self.name}/tar.gz/{self.commit}"

    @property
    def archive_name(self) -> str:
        """Name of the loaded archive."""
        return f"{self.name.replace('/', '-')}-{self.commit[:12]}.tar.gz"


GOVERNMENT = Repository(
    "lawtext/gov", "fc1a2f67a589763dc905aaa90f2b1ba356bbccde", ("政府工作报告-国务院",)
)
LAWS = Repository("lawtext/laws", "329d659dfde0", ("content/法律", "content/行政法规"))
LAW_BOOK = Repository(
    "LawRefBook/Laws", "2f4c5c23716267af9dbebbbbd6cbbf732b101981", ("宪法相关法", "DLC")
)

# Corpora by the repository they are made of. `section_headings` is made of `government_reports`.
REPOSITORIES = {
    "government_reports": GOVERNMENT,
    "laws": LAWS,
    "congress_procedure_laws": LAW_BOOK,
}
SECTION_HEADINGS = "section_headings"
CORPORA = ("government_reports", SECTION_HEADINGS, "laws", "congress_procedure_laws")
