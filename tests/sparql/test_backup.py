"""A backup holds everything, is read whole before it counts as one, and is put back whole or not at all."""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess

import pytest
from pyoxigraph import RdfFormat, serialize
from store_support import FIRST, SECOND, content, publish, small_disk, store_in, terms

from sparql.embedded import canonical
from sparql.embedded.backup import backup, verify_backup
from sparql.embedded.blobs import BlobStore
from sparql.embedded.doctor import doctor
from sparql.embedded.generations import KEPT
from sparql.embedded.restore import restore
from sparql.errors import StoreBusyError, StoreDamagedError, StoreError, StoreFullError


@pytest.fixture
def data(tmp_path):
    """A register with two graphs, a blob, an index and a state database in write-ahead mode that is still open."""
    directory = tmp_path / "data"
    publish(store_in(directory), 3)
    publish(store_in(directory), 30, SECOND, 'æøå \n "sitat"')
    BlobStore(directory / "blobs").put(b"the import")
    databases = []
    for name in ("index.db", "published.db", "state.db"):
        database = sqlite3.connect(directory / name)
        database.executescript(
            "PRAGMA journal_mode = wal; CREATE TABLE token (name TEXT); INSERT INTO token VALUES ('a')"
        )
        databases.append(database)
    (directory / "state.db").chmod(0o600)
    yield directory
    for database in databases:
        database.close()


def tokens(directory):
    database = sqlite3.connect(directory / "state.db")
    rows = database.execute("SELECT name FROM token").fetchall()
    database.close()
    return rows


def test_a_round_trip_brings_everything_back(tmp_path, data):
    record = backup(data, tmp_path / "backup")
    assert restore(tmp_path / "backup", tmp_path / "new") == record
    assert store_in(tmp_path / "new").reader().graphs() == {FIRST.value: 3, SECOND.value: 30}
    assert content(store_in(tmp_path / "new"), SECOND) == content(store_in(data), SECOND)
    assert list(BlobStore(tmp_path / "new" / "blobs")) == list(BlobStore(data / "blobs"))
    assert tokens(tmp_path / "new") == [("a",)]
    assert stat.S_IMODE((tmp_path / "new" / "state.db").stat().st_mode) == 0o600
    assert [check for check in doctor(tmp_path / "new") if not check.ok] == []
    publish(store_in(tmp_path / "new"), 4)
    assert store_in(tmp_path / "new").reader().generation == record.generation + 1


def test_the_canonical_hash_is_that_of_the_sorted_quads(tmp_path, data, monkeypatch):
    monkeypatch.setattr(canonical, "_RUN", 7)
    quads = serialize(store_in(data).reader().quads(), format=RdfFormat.N_QUADS)
    lines = sorted(quads.splitlines(keepends=True))
    assert backup(data, tmp_path / "backup").canonical == hashlib.sha256(b"".join(lines)).hexdigest()


def test_a_backup_is_itself_a_register_and_stays_what_it_was(tmp_path, data):
    store_in(data).backup(tmp_path / "backup")
    assert store_in(tmp_path / "backup").reader().graphs() == {FIRST.value: 3, SECOND.value: 30}
    verify_backup(tmp_path / "backup")
    publish(store_in(data), 9)
    verify_backup(tmp_path / "backup")


def test_a_backup_goes_into_a_new_directory(tmp_path, data):
    (tmp_path / "backup").mkdir()
    with pytest.raises(StoreError, match="exists already"):
        backup(data, tmp_path / "backup")


def links(directory):
    return {
        path.relative_to(directory).as_posix()
        for path in directory.rglob("*")
        if path.stat().st_nlink > 1 and path.is_file()
    }


def test_a_backup_beside_an_earlier_one_shares_what_is_the_same_and_nothing_else(tmp_path, data):
    first = backup(data, tmp_path / "backups" / "monday")
    assert (first.beside, first.shared) == ("", 0)
    BlobStore(data / "blobs").put(b"another import")
    publish(store_in(data), 30, FIRST, "nytt")
    second = backup(data, tmp_path / "backups" / "tuesday")
    shared = links(tmp_path / "backups" / "tuesday")
    assert (second.beside, second.shared) == ("monday", len(shared))
    assert any(name.endswith(".sst") for name in shared)
    assert sum(name.startswith("blobs/") for name in shared) == 1
    assert not any(name.endswith((".db", "backup.json", "current")) for name in shared)
    shutil.rmtree(tmp_path / "backups" / "monday")
    assert verify_backup(tmp_path / "backups" / "tuesday") == second
    restore(tmp_path / "backups" / "tuesday", tmp_path / "new")
    assert set(store_in(tmp_path / "new").reader().quads()) == set(store_in(data).reader().quads())
    assert links(tmp_path / "new" / "blobs") == set()


def test_damage_to_an_earlier_backup_is_not_taken_over(tmp_path, data):
    backup(data, tmp_path / "backups" / "monday")
    for path in (tmp_path / "backups" / "monday").rglob("*"):
        if path.suffix in {".sst", ".gz"}:
            flip(path)
    record = backup(data, tmp_path / "backups" / "tuesday")
    assert verify_backup(tmp_path / "backups" / "tuesday") == record
    assert not any(name.endswith((".sst", ".gz")) for name in links(tmp_path / "backups" / "tuesday"))


@pytest.mark.parametrize("record", ["", "[]", '{"created": 1, "files": 3}', "{}"])
def test_what_is_no_backup_is_not_shared_with(tmp_path, data, record):
    (tmp_path / "backups" / "other").mkdir(parents=True)
    (tmp_path / "backups" / "other" / "backup.json").write_text(record)
    assert backup(data, tmp_path / "backups" / "monday").shared == 0


def test_an_empty_register_can_be_backed_up_and_restored(tmp_path):
    backup(tmp_path / "nothing", tmp_path / "backup")
    restore(tmp_path / "backup", tmp_path / "new")
    assert store_in(tmp_path / "new").reader().generation == 0
    publish(store_in(tmp_path / "new"), 2)


def flip(path):
    content = bytearray(path.read_bytes() or b"\0")
    content[len(content) // 2] ^= 4
    path.write_bytes(content)


def every_file(directory):
    return sorted(path.relative_to(directory).as_posix() for path in directory.rglob("*") if path.is_file())


def one_of_each_kind(directory):
    """The first file of each name without its numbers: blob, pointer, record, MANIFEST, table, database."""
    kinds = {re.sub(r"[0-9a-f]{2,}", "", name): name for name in every_file(directory) if name != "backup.json"}
    return kinds.values()


def test_a_flip_in_any_kind_of_file_of_a_backup_is_refused_and_nothing_changes(tmp_path, data):
    backup(data, tmp_path / "good")
    publish(store_in(tmp_path / "target"), 8)
    for name in one_of_each_kind(tmp_path / "good"):
        shutil.copytree(tmp_path / "good", tmp_path / "bad")
        flip(tmp_path / "bad" / name)
        with pytest.raises(StoreDamagedError):
            restore(tmp_path / "bad", tmp_path / "target", force=True)
        (tmp_path / "bad" / name).unlink()
        with pytest.raises(StoreDamagedError):
            restore(tmp_path / "bad", tmp_path / "new")
        shutil.rmtree(tmp_path / "bad")
    assert content(store_in(tmp_path / "target")) == set(terms(8))
    assert store_in(tmp_path / "new").reader().generation == 0
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["lock", "lock.turn"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"files": {"a": 1}}', '{"files": {}, "created": ""}'])
def test_a_backup_without_a_good_record_is_refused(tmp_path, data, text):
    backup(data, tmp_path / "bad")
    (tmp_path / "bad" / "backup.json").write_text(text)
    with pytest.raises(StoreDamagedError, match=r"backup\.json"):
        restore(tmp_path / "bad", tmp_path / "new")


def test_a_backup_of_other_quads_than_it_says_is_refused(tmp_path, data):
    backup(data, tmp_path / "bad")
    record = json.loads((tmp_path / "bad" / "backup.json").read_text())
    record["canonical"] = "0" * 64
    (tmp_path / "bad" / "backup.json").write_text(json.dumps(record))
    with pytest.raises(StoreDamagedError, match="quads"):
        restore(tmp_path / "bad", tmp_path / "new")


def test_a_record_cannot_reach_outside_its_place(tmp_path, data):
    backup(data, tmp_path / "bad")
    (tmp_path / "outside").write_bytes(b"x")
    record = json.loads((tmp_path / "bad" / "backup.json").read_text())
    record["files"]["../../outside"] = {"size": 1, "sha256": hashlib.sha256(b"x").hexdigest()}
    (tmp_path / "bad" / "backup.json").write_text(json.dumps(record))
    with pytest.raises(StoreDamagedError):
        restore(tmp_path / "bad", tmp_path / "new")


def test_a_register_is_replaced_only_by_force(tmp_path, data):
    backup(data, tmp_path / "backup")
    publish(store_in(tmp_path / "other"), 8)
    BlobStore(tmp_path / "other" / "blobs").put(b"other")
    with pytest.raises(StoreError, match="--force"):
        restore(tmp_path / "backup", tmp_path / "other")
    assert content(store_in(tmp_path / "other")) == set(terms(8))
    restore(tmp_path / "backup", tmp_path / "other", force=True)
    assert store_in(tmp_path / "other").reader().graphs() == {FIRST.value: 3, SECOND.value: 30}
    assert len(list(BlobStore(tmp_path / "other" / "blobs"))) == 1
    assert not [path for path in (tmp_path / "other").iterdir() if path.name.startswith(".")]


def test_a_damaged_register_is_restored_by_force(tmp_path, data):
    backup(data, tmp_path / "backup")
    (data / "current").write_text("a restore was not finished\n")
    with pytest.raises(StoreDamagedError, match="samsvar restore"):
        store_in(data).reader()
    restore(tmp_path / "backup", data, force=True)
    assert content(store_in(data)) == set(terms(3))


def test_a_restore_waits_for_a_writer(tmp_path, data):
    backup(data, tmp_path / "backup")
    with store_in(data).session(), pytest.raises(StoreBusyError):
        restore(tmp_path / "backup", data, force=True, deadline=0.1)


def test_a_backup_beside_a_session_holds_the_published_generation(tmp_path, data):
    with store_in(data).session() as session:
        session.replace_graph(FIRST, terms(99))
        assert backup(data, tmp_path / "backup").quads == 33


def test_a_damaged_register_is_not_backed_up(tmp_path, data):
    flip(max((data / "generations" / "2" / "store").glob("*.sst"), key=lambda path: path.stat().st_size))
    with pytest.raises(StoreDamagedError):
        backup(data, tmp_path / "backup")
    assert not (tmp_path / "backup").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_full_disk_leaves_no_backup_and_no_half_restored_register(tmp_path, data):
    backup(data, tmp_path / "backup")
    with small_disk(tmp_path / "small", 1) as disk:
        (disk / "ballast").write_bytes(bytes(1_000_000))
        with pytest.raises(StoreFullError):
            backup(data, disk / "backup")
        with pytest.raises(StoreFullError):
            restore(tmp_path / "backup", disk / "new")
        assert store_in(disk / "new").reader().generation == 0
        assert every_file(disk) in (["ballast"], ["ballast", "new/lock", "new/lock.turn"])


def test_the_hash_can_be_had_without_us(tmp_path, data):
    record = backup(data, tmp_path / "backup")
    quads = serialize(store_in(data).reader().quads(), format=RdfFormat.N_QUADS)
    done = subprocess.run(
        ["sort"], input=quads, env={"LC_ALL": "C", "PATH": os.defpath}, check=True, capture_output=True
    )
    assert hashlib.sha256(done.stdout).hexdigest() == record.canonical


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_a_generation_that_goes_while_it_is_copied_is_copied_anew(data, tmp_path, monkeypatch, when):
    """Newer ones take its place: then no writer may come between."""
    copytree, gone = shutil.copytree, []

    def leave():
        if not gone:
            gone.append(True)
            for number in range(KEPT + 1):
                publish(store_in(data), number)

    def copied(source, target, *of_a_folder_within, **options):
        if of_a_folder_within:
            return copytree(source, target, *of_a_folder_within, **options)
        if when == "before":
            leave()

        def copy(one, other):
            leave()
            return shutil.copy2(one, other)

        return copytree(source, target, **options | {"copy_function": copy})

    monkeypatch.setattr(shutil, "copytree", copied)
    record = backup(data, tmp_path / "backup")
    assert record.generation == 2 + KEPT + 1
    assert verify_backup(tmp_path / "backup") == record
