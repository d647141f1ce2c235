import hashlib
import socket

import pytest

from govtext.corpus.public.download import download
from govtext.errors import DataError, DownloadError
from tests.corpus.public.archives import serve

CONTENT = bytes(range(256)) * 4000
DIGEST = hashlib.sha256(CONTENT).hexdigest()


def silent(done, total):
    pass


def closed_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_file_is_loaded_once(tmp_path):
    told = []
    with serve(CONTENT) as (url, seen):
        for _ in range(2):
            download(url, tmp_path / "a", sha256=DIGEST, progress=lambda *at: told.append(at))
    assert (tmp_path / "a").read_bytes() == CONTENT
    assert seen == [None]
    assert (told[0], told[-1]) == ((0, len(CONTENT)), (len(CONTENT), len(CONTENT)))
    assert {path.name for path in tmp_path.iterdir()} == {"a", "a.sha256"}


def test_a_cut_transfer_goes_on(tmp_path):
    with serve(CONTENT, cut_after=300_000, cuts=2) as (url, seen):
        download(url, tmp_path / "a", sha256=DIGEST, progress=silent)
    assert (tmp_path / "a").read_bytes() == CONTENT
    assert seen == [None, "bytes=300000-", "bytes=600000-"]


def test_a_server_without_ranges_sends_all_again(tmp_path):
    with serve(CONTENT, cut_after=300_000, ranges=False) as (url, _):
        download(url, tmp_path / "a", sha256=DIGEST, progress=silent)
    assert (tmp_path / "a").read_bytes() == CONTENT


def test_what_was_cut_for_good_goes_on_at_the_next_call(tmp_path):
    with (
        serve(CONTENT, cut_after=1000, cuts=99) as (url, _),
        pytest.raises(DownloadError, match="the connection was cut.*run the same command again"),
    ):
        download(url, tmp_path / "a", sha256=DIGEST, progress=silent)
    assert (tmp_path / "a.part").read_bytes() == CONTENT[:5000]
    with serve(CONTENT) as (url, seen):
        download(url, tmp_path / "a", sha256=DIGEST, progress=silent)
    assert seen == ["bytes=5000-"]
    assert (tmp_path / "a").read_bytes() == CONTENT


def test_more_than_the_server_has_is_thrown_away(tmp_path):
    (tmp_path / "a.part").write_bytes(CONTENT + b"more")
    with serve(CONTENT) as (url, seen):
        download(url, tmp_path / "a", sha256=DIGEST, progress=silent)
    assert seen[0] is not None
    assert (tmp_path / "a").read_bytes() == CONTENT


def test_a_wrong_checksum(tmp_path):
    with serve(CONTENT) as (url, _), pytest.raises(DataError, match="SHA-256 is .*, expected 00"):
        download(url, tmp_path / "a", sha256="00", progress=silent)
    assert list(tmp_path.iterdir()) == []


def test_an_archive_that_changed_on_the_disk(tmp_path):
    with serve(CONTENT) as (url, _):
        download(url, tmp_path / "a", sha256=None, progress=silent)
        (tmp_path / "a").write_bytes(CONTENT[:-1])
        with pytest.raises(DataError, match="the file was removed"):
            download(url, tmp_path / "a", sha256=None, progress=silent)
        download(url, tmp_path / "a", sha256=None, progress=silent)
    assert (tmp_path / "a").read_bytes() == CONTENT


def test_no_network(tmp_path):
    url = f"http://127.0.0.1:{closed_port()}/x"
    with pytest.raises(DownloadError, match=r"cannot be loaded .*refused.*--local"):
        download(url, tmp_path / "a", sha256=None, progress=silent)


def test_only_http(tmp_path):
    with pytest.raises(DownloadError, match="expected an address with http or https"):
        download("file:///etc/hostname", tmp_path / "a", sha256=None, progress=silent)
