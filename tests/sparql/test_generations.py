"""What readers and writers of the embedded store may rely on."""

import errno
import os
import threading
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple
from store_support import BASE, FIRST, SECOND, TERM, content, publish, store_in, terms

from sparql.embedded import generations
from sparql.embedded.doctor import doctor
from sparql.embedded.generations import KEPT, GenerationStore
from sparql.embedded.session import BULK
from sparql.errors import QueryFailedError, QuerySyntaxError, StoreError, UriBaseChangedError
from sparql.store import TripleStore


def fail_in_session(store):
    with store.session() as session:
        session.replace_graph(FIRST, terms(30, "annet"))
        session.insert(SECOND, [1 / 0])


def test_a_missing_directory_is_an_empty_register_and_stays_missing(tmp_path):
    store: TripleStore = store_in(tmp_path / "nowhere")
    reader = store.reader()
    assert (reader.generation, reader.graphs(), list(reader.quads())) == (0, {}, [])
    assert reader.select("SELECT ?s WHERE { ?s ?p ?o }") == []
    assert not (tmp_path / "nowhere").exists()


def test_what_a_session_wrote_is_seen_when_it_is_published_and_not_before(tmp_path):
    store = store_in(tmp_path)
    with store.session() as session:
        assert (session.generation, session.next_generation) == (0, 1)
        session.replace_graph(FIRST, terms(3))
        assert len(list(session.quads(graph=FIRST))) == 3
        assert session.graphs() == {FIRST.value: 3}
        assert store.reader().generation == 0
    assert store.reader().generation == 1
    assert content(store) == set(terms(3))
    assert store.reader().graphs() == {FIRST.value: 3}


def test_a_reader_sees_its_generation_to_the_end_even_when_it_has_been_removed(tmp_path):
    store = store_in(tmp_path)
    publish(store, 5)
    old = store.reader()
    quads = old.quads()
    for count in range(6, 6 + KEPT + 1):
        publish(store, count)
    assert not old.path.exists()
    assert len(list(quads)) == len(list(old.quads())) == 5
    assert len(old.select("SELECT ?s WHERE { ?s ?p ?o }")) == 5


def test_only_the_last_generations_are_kept(tmp_path):
    store = store_in(tmp_path)
    for count in range(1, KEPT + 4):
        publish(store, count)
    newest = store.reader().generation
    assert sorted(int(path.name) for path in (tmp_path / "generations").iterdir()) == [
        *range(newest - KEPT + 1, newest + 1)
    ]
    assert list((tmp_path / "master").iterdir()) == []


def test_the_same_reader_is_given_until_something_newer_is_published(tmp_path):
    store = store_in(tmp_path)
    publish(store, 1)
    reader = store.reader()
    assert store.reader() is reader
    publish(store_in(tmp_path), 2)
    assert store.reader() is not reader
    assert store.reader().generation == 2
    assert store.reader().identity != reader.identity


def test_an_error_discards_everything(tmp_path):
    store = store_in(tmp_path)
    publish(store, 3)
    with pytest.raises(ZeroDivisionError):
        fail_in_session(store)
    assert store.reader().generation == 1
    assert content(store) == set(terms(3))
    publish(store, 4)
    assert content(store) == set(terms(4))


def test_a_session_that_changes_nothing_publishes_nothing(tmp_path):
    store = store_in(tmp_path)
    numbers = [
        Triple(
            NamedNode(f"{BASE}/x"),
            TERM,
            Literal("0301", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
        )
    ]
    with store.session() as session:
        session.replace_graph(FIRST, [*terms(3), *numbers])
    with store.session() as session:
        session.replace_graph(FIRST, [*reversed(terms(3)), *numbers])
        session.insert(FIRST, numbers)
        session.delete(FIRST, terms(9, "ukjent"))
        session.replace_graph(SECOND, [])
        assert not session.changed
    assert store.reader().generation == 1
    assert store.reader().graphs() == {FIRST.value: 4}


def test_an_emptied_graph_is_gone(tmp_path):
    store = store_in(tmp_path)
    publish(store, 3)
    publish(store, 2, SECOND)
    publish(store, 0)
    assert store.reader().graphs() == {SECOND.value: 2}
    assert store.reader().select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }") == [{"g": SECOND}]


def test_select_binds_projects_and_leaves_unbound_variables_out(tmp_path):
    store = store_in(tmp_path)
    publish(store, 3)
    query = (
        "SELECT ?concept ?label ?other WHERE { ?concept ?p ?label OPTIONAL { ?concept <http://none.example/> ?other } }"
    )
    concept = NamedNode(f"{BASE}/concepts/1")
    assert store.reader().select(query, concept=concept) == [
        {"concept": concept, "label": Literal("begrep 1", language="nb")}
    ]


def test_construct_gives_triples(tmp_path):
    store = store_in(tmp_path)
    publish(store, 3)
    assert set(store.reader().construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")) == set(terms(3))


def test_questions_that_cannot_be_answered_are_errors_of_ours(tmp_path):
    reader = store_in(tmp_path).reader()
    with pytest.raises(QuerySyntaxError, match="expected"):
        reader.select("SELECT WHERE")
    with pytest.raises(QueryFailedError, match="SELECT"):
        reader.select("ASK { ?s ?p ?o }")
    with pytest.raises(QueryFailedError, match="CONSTRUCT"):
        reader.construct("SELECT ?s { ?s ?p ?o }")
    with pytest.raises(QueryFailedError):
        reader.select("SELECT ?s { ?s ?p ?o }", nowhere=FIRST)


def test_a_session_that_is_over_is_refused(tmp_path):
    store = store_in(tmp_path)
    with store.session() as session:
        session.insert(FIRST, terms(1))
    with pytest.raises(StoreError, match="over"):
        session.insert(FIRST, terms(2))
    assert content(store) == set(terms(1))


def test_an_iterator_left_open_by_a_session_blocks_nobody(tmp_path):
    store = store_in(tmp_path)
    publish(store, 50)
    with store.session() as session:
        left = session.quads()
        assert isinstance(next(left), Quad)
        session.insert(SECOND, terms(1))
    publish(store, 60)
    assert store.reader().graphs() == {FIRST.value: 60, SECOND.value: 1}
    del left


def test_the_uri_base_is_frozen_at_the_first_write_and_not_by_a_failed_one(tmp_path):
    with pytest.raises(ZeroDivisionError):
        fail_in_session(GenerationStore(tmp_path, uri_base="http://localhost:8000"))
    publish(store_in(tmp_path), 1)
    assert (tmp_path / "uri-base").read_text() == f"{BASE}\n"
    other = GenerationStore(tmp_path, uri_base="https://elsewhere.example")
    with pytest.raises(UriBaseChangedError, match="SAMSVAR_URI_BASE"):
        other.reader()
    with pytest.raises(UriBaseChangedError, match="elsewhere"), other.session():
        pass


def test_threads_share_a_reader(tmp_path):
    store = store_in(tmp_path)
    publish(store, 200)
    seen = []

    def read():
        for _ in range(20):
            reader = store.reader()
            seen.append(len(reader.select("SELECT ?s WHERE { ?s ?p ?o }")) == sum(reader.graphs().values()))

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for count in range(201, 206):
        publish(store, count)
    for thread in threads:
        thread.join()
    assert len(seen) == 120
    assert all(seen)


def test_a_failed_replacement_is_not_hidden_by_leftovers(tmp_path):
    store = store_in(tmp_path)
    publish(store, 3)
    (tmp_path / "generations" / "2").mkdir()
    (tmp_path / "generations" / "2" / "generation.json").write_text("{}")
    (tmp_path / "generations" / ".new-2").mkdir()
    (tmp_path / "master" / "old").mkdir()
    (tmp_path / "master" / "old" / "bulk-1.sst").write_bytes(b"orphan")
    assert store.reader().generation == 1
    publish(store, 4)
    assert store.reader().generation == 2
    assert content(store) == set(terms(4))
    assert not list(tmp_path.rglob("bulk-*"))


def test_a_generation_removed_between_two_looks_is_not_an_error(tmp_path, monkeypatch):
    for count in range(1, KEPT + 2):
        publish(store_in(tmp_path), count)
        if count == 1:
            stale = generations.read_pointer(tmp_path)
    pointers = iter([stale])
    true_pointer = generations.read_pointer
    monkeypatch.setattr(generations, "read_pointer", lambda directory: next(pointers, None) or true_pointer(directory))
    assert store_in(tmp_path).reader().generation == KEPT + 1
    assert next(pointers, None) is None


def test_a_file_system_without_hard_links_is_good_enough(tmp_path, monkeypatch):
    def refuse(source, target):
        raise OSError(errno.EOPNOTSUPP, "no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    store = store_in(tmp_path)
    for count in (5, 6, 7):
        publish(store, count)
    assert content(store) == set(terms(7))
    assert [check for check in doctor(tmp_path) if not check.ok] == []


def test_unchanged_files_are_shared_between_generations(tmp_path):
    store = store_in(tmp_path)
    publish(store, BULK + 1)  # smaller ones are joined by the engine when the next session begins
    publish(store, 1, SECOND)
    first, second = (tmp_path / "generations" / number / "store" for number in "12")
    shared = [path.name for path in first.glob("*.sst") if (second / path.name).exists()]
    assert shared
    assert all((first / name).samefile(second / name) for name in shared)


def test_everything_is_on_disk_before_the_pointer_moves(tmp_path, monkeypatch):
    steps = []
    sync, rename = os.fsync, Path.rename

    def noted_sync(descriptor):
        steps.append(("sync", Path(f"/proc/self/fd/{descriptor}").resolve()))
        sync(descriptor)

    def noted_rename(path, target):
        steps.append(("rename", Path(target)))
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "rename", noted_rename)
    publish(store_in(tmp_path), 3)
    generations_directory, pointer = tmp_path / "generations", tmp_path / "current"
    numbered = steps.index(("rename", generations_directory / "1"))
    moved = len(steps) - 1 - steps[::-1].index(("rename", pointer))
    fresh = generations_directory / ".new-1"
    wanted = [fresh, fresh / "generation.json", fresh / "store"]
    wanted += [fresh / "store" / path.name for path in (generations_directory / "1" / "store").iterdir()]
    assert {("sync", path) for path in wanted} <= set(steps[:numbered])
    assert ("sync", generations_directory) in steps[numbered:moved]
    assert ("sync", tmp_path / ".current.new") in steps[numbered:moved]
    assert ("sync", tmp_path) in steps[moved:]
