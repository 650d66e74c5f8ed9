"""The doctor says what is wrong, and what to do."""

import sqlite3

from store_support import publish, store_in

from sparql.embedded.blobs import BlobStore
from sparql.embedded.doctor import doctor


def faults(directory):
    return {check.name: check for check in doctor(directory) if not check.ok}


def test_a_healthy_register_has_no_faults(tmp_path):
    for count in range(1, 6):
        publish(store_in(tmp_path), count)
    BlobStore(tmp_path / "blobs").put(b"x")
    sqlite3.connect(tmp_path / "index.db").close()
    assert faults(tmp_path) == {}
    messages = {check.name: check.message for check in doctor(tmp_path)}
    assert messages["pointer"] == "Generation 5 is the newest."
    assert messages["generation 3"].startswith("3 quads in 1 graphs")
    assert messages["blobs"].startswith("1 blobs")


def test_no_register_and_an_empty_one_are_no_faults(tmp_path):
    assert faults(tmp_path / "nothing") == {}
    assert faults(tmp_path) == {}


def test_a_writer_at_work_is_named(tmp_path):
    with store_in(tmp_path).session():
        assert "is writing" in faults(tmp_path)["lock"].message


def test_leftovers_are_named_and_no_fault(tmp_path):
    publish(store_in(tmp_path), 1)
    (tmp_path / "generations" / ".new-2").mkdir()
    (tmp_path / "generations" / "2").mkdir()
    assert faults(tmp_path) == {}
    assert len([check for check in doctor(tmp_path) if check.name == "leftover"]) == 2


def test_each_kind_of_damage_is_found_with_its_remedy(tmp_path):
    for count in (1, 2):
        publish(store_in(tmp_path), count)
    digest = BlobStore(tmp_path / "blobs").put(b"x")
    manifest = next((tmp_path / "generations" / "1" / "store").glob("MANIFEST-*"))
    manifest.unlink()  # it is a link: the generation after it has it too
    manifest.write_bytes(b"")
    (tmp_path / "blobs" / digest[:2] / f"{digest}.gz").write_bytes(b"y")
    (tmp_path / "state.db").write_bytes(b"SQLite format 3\0" + bytes(5000))
    (tmp_path / "uri-base").write_text("https://elsewhere.example\n")
    found = faults(tmp_path)
    assert set(found) == {"generation 1", "blobs", "state.db", "uri-base"}
    assert all(check.remedy for check in found.values())
    assert "elsewhere" in found["uri-base"].message


def test_a_lost_pointer_is_found(tmp_path):
    publish(store_in(tmp_path), 1)
    (tmp_path / "current").unlink()
    assert set(faults(tmp_path)) == {"pointer"}
