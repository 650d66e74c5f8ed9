"""Damage is refused with a sentence that names `samsvar restore`; want of space or rights changes nothing."""

import os
import shutil
import subprocess

import pytest
from store_support import FIRST, SECOND, content, publish, small_disk, store_in, terms

from sparql.embedded.doctor import doctor
from sparql.errors import StoreDamagedError, StoreFullError, StoreReadOnlyError


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    directory = tmp_path_factory.mktemp("three")
    for count in (2, 3, 4):
        publish(store_in(directory), count)
    return directory


@pytest.fixture
def place(tmp_path, three):
    """The newest of three generations."""
    shutil.copytree(three, tmp_path, dirs_exist_ok=True)
    return tmp_path / "generations" / "3"


def assert_refused(directory, match):
    for ask in (lambda: store_in(directory).reader(), lambda: publish(store_in(directory), 9)):
        with pytest.raises(StoreDamagedError, match=match) as refused:
            ask()
        assert "samsvar restore" in str(refused.value)
    assert any(not check.ok and "restore" in check.remedy for check in doctor(directory))


@pytest.mark.parametrize("name", ["MANIFEST-*", "CURRENT", "OPTIONS-*", "*.sst"])
def test_a_truncated_file_is_refused(tmp_path, place, name):
    path = min((place / "store").glob(name))
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[:-9])
    assert_refused(tmp_path, f"{path.name} has")


@pytest.mark.parametrize("name", ["MANIFEST-*", "CURRENT", "OPTIONS-*"])
def test_a_flipped_bit_in_a_small_file_is_refused(tmp_path, place, name):
    path = next((place / "store").glob(name))
    path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:])
    assert_refused(tmp_path, f"the content of {path.name}")


def test_a_flipped_bit_in_a_big_file_is_found_by_the_doctor(tmp_path, place):
    path = max((place / "store").glob("*.sst"), key=lambda each: each.stat().st_size)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.unlink()
    path.write_bytes(content)
    assert [check.name for check in doctor(tmp_path) if not check.ok] == ["generation 3"]


def test_a_damaged_block_is_refused_when_it_is_read(tmp_path, place):
    for path in (place / "store").glob("*.sst"):
        content = bytearray(path.read_bytes())
        content[20] ^= 1
        path.unlink()
        path.write_bytes(content)
    with pytest.raises(StoreDamagedError, match="samsvar restore"):
        list(store_in(tmp_path).reader().quads())


def test_a_damaged_block_that_opening_does_not_read_is_refused_by_each_question(tmp_path):
    publish(store_in(tmp_path), 3_000)
    for path in (tmp_path / "generations" / "1" / "store").glob("*.sst"):
        content = bytearray(path.read_bytes())
        if len(content) > 20_000:
            content[8_000] ^= 1
            path.unlink()
            path.write_bytes(content)
    reader = store_in(tmp_path).reader()
    for ask in (
        lambda: list(reader.quads()),
        lambda: reader.select("SELECT ?s ?o WHERE { ?s ?p ?o }"),
        lambda: reader.construct("CONSTRUCT WHERE { ?s ?p ?o }"),
    ):
        with pytest.raises(StoreDamagedError, match="samsvar restore"):
            ask()


def test_a_missing_file_is_refused(tmp_path, place):
    next((place / "store").glob("*.sst")).unlink()
    assert_refused(tmp_path, "missing")


@pytest.mark.parametrize(
    ("pointer", "match"),
    [
        (b"2 {digest}\n", "not the one that the pointer names"),
        (b"9 {digest}\n", "missing"),
        (b"3\n", "not a pointer"),
        (b"", "not a pointer"),
        (b"\xff\x00", "not a pointer"),
    ],
)
def test_a_flipped_pointer_is_refused(tmp_path, place, pointer, match):
    digest = (tmp_path / "current").read_text().split()[1].encode()
    (tmp_path / "current").write_bytes(pointer.replace(b"{digest}", digest))
    assert_refused(tmp_path, match)
    assert len(list((tmp_path / "generations").iterdir())) == 3


def test_a_lost_pointer_is_not_taken_for_an_empty_register(tmp_path, place):
    (tmp_path / "current").unlink()
    assert_refused(tmp_path, "current is missing")


@pytest.mark.parametrize("change", ['"quads": 1,', ""])
def test_a_changed_record_is_refused(tmp_path, place, change):
    (place / "generation.json").write_text("{" + change)
    assert_refused(tmp_path, "generation.json")


def test_a_reader_that_is_open_goes_on_while_the_newest_generation_is_damaged(tmp_path, place):
    store = store_in(tmp_path)
    reader = store.reader()
    next((place / "store").glob("CURRENT")).unlink()
    assert store.reader() is reader
    assert content(store) == set(terms(4))


def test_a_full_disk_publishes_nothing_and_everything_goes_on_when_there_is_space(tmp_path):
    with small_disk(tmp_path / "small", 6) as disk:
        store = store_in(disk / "data")
        publish(store, 100)
        ballast = disk / "ballast"
        with pytest.raises(StoreFullError, match="space"):
            publish(store, 60_000, SECOND, "en lang term som fyller disken")
        assert store.reader().generation == 1
        ballast.write_bytes(bytes(max(0, free(disk) - 60_000)))
        with pytest.raises(StoreFullError, match="space"):
            publish(store, 2_000, SECOND)
        with pytest.raises(StoreFullError, match="space"), store.session() as session:
            session.insert(SECOND, terms(1))
        assert content(store_in(disk / "data")) == set(terms(100))
        ballast.unlink()
        publish(store, 200, SECOND)
        assert store_in(disk / "data").reader().graphs() == {FIRST.value: 100, SECOND.value: 200}
        assert [check for check in doctor(disk / "data") if not check.ok and check.name != "disk"] == []


def test_a_read_only_disk_is_read_and_not_written(tmp_path):
    with small_disk(tmp_path / "small", 16) as disk:
        publish(store_in(disk / "data"), 10)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        assert content(store_in(disk / "data")) == set(terms(10))
        with pytest.raises(StoreReadOnlyError, match="cannot be written"):
            publish(store_in(disk / "data"), 11)
        with pytest.raises(StoreReadOnlyError, match="cannot be written"):
            publish(store_in(disk / "new"), 11)
        assert store_in(disk / "new").reader().generation == 0


def free(disk):
    numbers = os.statvfs(disk)
    return numbers.f_bavail * numbers.f_bsize
