"""The page to read a report by: its functions, summaries and key figures beside its text."""

from __future__ import annotations

from govtext.digests.api import digest
from govtext.digests.folder import DigestFolder, digest_folder
from govtext.digests.page import Digest

__all__ = ["Digest", "DigestFolder", "digest", "digest_folder"]
