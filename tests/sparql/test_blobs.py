"""Bytes are kept under their hash and come back unchanged, or not at all."""

import gzip
import hashlib
import os
import threading

import pytest
from store_support import small_disk

from sparql.embedded.blobs import BlobStore
from sparql.errors import StoreDamagedError, StoreFullError


@pytest.mark.parametrize("content", [b"", b"@prefix a: <b> .\r\n", bytes(range(256)) * 999])
def test_bytes_come_back_unchanged(tmp_path, content):
    blobs = BlobStore(tmp_path / "blobs")
    digest = blobs.put(content)
    assert digest == hashlib.sha256(content).hexdigest()
    assert (blobs.get(digest), blobs.exists(digest), list(blobs)) == (content, True, [digest])
    assert gzip.decompress(next((tmp_path / "blobs").rglob("*.gz")).read_bytes()) == content


def test_the_same_bytes_are_kept_once_even_from_many_threads(tmp_path):
    blobs = BlobStore(tmp_path / "blobs")
    threads = [threading.Thread(target=blobs.put, args=(b"x" * 100_000,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([path for path in (tmp_path / "blobs").rglob("*") if path.is_file()]) == 1


def test_many_are_kept_at_once_and_named_in_order(tmp_path):
    blobs = BlobStore(tmp_path / "blobs")
    contents = [f"text {number % 150}".encode() for number in range(200)]
    known = blobs.put(contents[7])
    digests = blobs.put_all(iter(contents))
    assert digests == [hashlib.sha256(content).hexdigest() for content in contents]
    assert known in digests
    assert [blobs.get(digest) for digest in digests] == contents
    assert len(list(blobs)) == 150
    assert list(blobs.directory.rglob("*.new")) == []


class Pieces:
    def pieces(self):
        yield from (b"a" * 70_000, b"", b"b")


def test_what_is_too_long_for_memory_is_kept_piece_by_piece(tmp_path):
    blobs = BlobStore(tmp_path / "blobs")
    whole = b"".join(Pieces().pieces())
    digests = blobs.put_all([b"short", Pieces(), Pieces()])
    assert digests[1:] == [hashlib.sha256(whole).hexdigest()] * 2
    assert [blobs.get(digest) for digest in digests] == [b"short", whole, whole]
    assert list(blobs.directory.rglob("*.new")) == []


def test_all_are_synced_with_their_folders_before_put_all_returns(tmp_path, monkeypatch):
    synced = set()
    real = os.fsync

    def note(descriptor):
        synced.add(os.fstat(descriptor).st_ino)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    blobs = BlobStore(tmp_path / "blobs")
    blobs.put_all(str(number).encode() for number in range(100))
    places = [tmp_path, blobs.directory, *blobs.directory.rglob("*")]
    assert {path.stat().st_ino for path in places} <= synced


@pytest.mark.parametrize("digest", ["0" * 64, "", "../../etc/passwd", "A" * 64, "0" * 63])
def test_an_unknown_hash_is_a_key_error(tmp_path, digest):
    with pytest.raises(KeyError):
        BlobStore(tmp_path).get(digest)


def test_an_empty_place_has_no_blobs_and_is_not_made(tmp_path):
    blobs = BlobStore(tmp_path / "blobs")
    assert (list(blobs), blobs.exists("0" * 64), (tmp_path / "blobs").exists()) == ([], False, False)


@pytest.mark.parametrize("spoilt", [gzip.compress(b"something else"), b"", b"no gzip", gzip.compress(b"x" * 99)[:-9]])
def test_a_spoilt_blob_is_refused(tmp_path, spoilt):
    blobs = BlobStore(tmp_path)
    digest = blobs.put(b"as it was")
    next(tmp_path.rglob("*.gz")).write_bytes(spoilt)
    with pytest.raises(StoreDamagedError, match="samsvar restore"):
        blobs.get(digest)


def test_a_full_disk_leaves_nothing_behind(tmp_path):
    with small_disk(tmp_path / "small", 1) as disk:
        blobs = BlobStore(disk / "blobs")
        with pytest.raises(StoreFullError, match="space"):
            blobs.put(os.urandom(2_000_000))
        assert [path for path in disk.rglob("*") if path.is_file()] == []
        assert blobs.get(blobs.put(b"small")) == b"small"
