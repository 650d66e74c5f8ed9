"""A remote store that answers badly: nothing half is believed, nothing acknowledged is lost, nothing secret is said."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import faulty_service as faults
import pytest
from faulty_service import FaultyService
from live_server import free_port
from pyoxigraph import Literal, NamedNode, Triple

from sparql.embedded.generations import GenerationStore
from sparql.errors import StoreAwayError, StoreBusyError, StoreConflictError, StoreError
from sparql.remote import committing
from sparql.remote.contact import last_contact
from sparql.remote.errors import OtherRegisterError, StoreAnswerError, StoreRefusedError
from sparql.remote.manifest import Manifest
from sparql.remote.service import RemoteService
from sparql.remote.store import RemoteStore

pytestmark = pytest.mark.slow
BASE = "https://register.example"
GRAPH = NamedNode(f"{BASE}/graph/catalogue/first")
TERM = NamedNode("urn:term")
MANY = 6_000


@pytest.fixture
def faulty() -> Iterator[FaultyService]:
    with faults.faulty_service() as found:
        yield found


def store_at(faulty: FaultyService, place: Path, **other: float) -> RemoteStore:
    assert faulty.service is not None
    service = replace(faulty.service, **other)
    return RemoteStore(place, uri_base=BASE, service=service, every=0.0)


def terms(count: int, word: str = "begrep") -> list[Triple]:
    return [Triple(NamedNode(f"urn:t:{n}"), TERM, Literal(f"{word} {n}")) for n in range(count)]


def publish(store: RemoteStore, triples: list[Triple]) -> None:
    with store.session() as session:
        session.replace_graph(GRAPH, triples)


def content(store: RemoteStore) -> set[Triple]:
    return {quad.triple for quad in store.reader().quads(graph=GRAPH)}


def beside(faulty: FaultyService) -> list[str]:
    return [each.value for each in faulty.store.named_graphs() if "/store/beside/" in each.value]


BROKEN = [
    ("query", faults.half),
    ("query", faults.half_without_length),
    ("query", faults.half_its_lines),
    ("query", faults.partial_by_its_header),
    ("query", faults.chunks_without_end),
    ("get", faults.half),
    ("get", faults.half_without_length),
    ("get", faults.half_its_lines),
    ("get", faults.chunks_without_end),
    ("get", faults.partial_by_its_header),
    ("get", faults.elsewhere),
    ("get", faults.endless),
]


@pytest.mark.parametrize(("kind", "fault"), BROKEN, ids=lambda each: each if isinstance(each, str) else each.__name__)
def test_an_answer_that_is_not_whole_is_an_error_and_changes_nothing(faulty, tmp_path, kind, fault) -> None:
    publish(store_at(faulty, tmp_path / "first"), terms(500))
    other = store_at(faulty, tmp_path / "second")
    faulty.next_is(kind, fault, 9)
    with pytest.raises(StoreError):
        other.follow()
    faulty.faults.clear()
    assert other.follow() == 1
    assert content(other) == set(terms(500))


@pytest.mark.parametrize("fault", [faults.half_its_lines, faults.half])
def test_triples_that_the_service_lost_while_they_were_loaded_are_noticed(faulty, tmp_path, fault) -> None:
    store = store_at(faulty, tmp_path / "first")
    publish(store, terms(3))
    faulty.next_is("get", fault)
    with pytest.raises(StoreAnswerError):
        publish(store, terms(MANY, "ny"))
    assert content(store) == set(terms(3))
    assert not beside(faulty)


def test_reads_are_asked_again_where_the_service_is_busy_and_writes_are_not(faulty, tmp_path) -> None:
    store = store_at(faulty, tmp_path / "first")
    publish(store, terms(3))
    other = store_at(faulty, tmp_path / "second")
    faulty.next_is("get", faults.busy, 2)
    assert other.follow() == 1
    faulty.next_is("update", faults.drop_before)
    faulty.seen.clear()
    with pytest.raises(StoreAwayError):
        publish(store, terms(4))
    assert faulty.seen.count("update") == 2, "one that was dropped, and one that makes it void"
    assert content(store) == set(terms(3))
    publish(store, terms(5))
    assert store_at(faulty, tmp_path / "third").reader().generation == 2


def test_a_write_whose_answer_was_lost_counts_when_it_was_made(faulty, tmp_path) -> None:
    store = store_at(faulty, tmp_path / "first")
    publish(store, terms(3))
    faulty.next_is("update", faults.drop_after)
    publish(store, terms(4))
    assert content(store) == content(store_at(faulty, tmp_path / "second")) == set(terms(4))


def test_where_nobody_can_tell_it_is_said_and_the_store_decides_when_it_is_back(faulty, tmp_path) -> None:
    store = store_at(faulty, tmp_path / "first")
    publish(store, terms(3))
    faulty.next_is("update", faults.drop_after, 2)
    with pytest.raises(StoreAwayError, match="nobody can tell"):
        publish(store, terms(4))
    publish(store, terms(5))
    assert store.reader().generation == 3
    assert content(store_at(faulty, tmp_path / "second")) == set(terms(5))


def test_an_update_that_arrives_late_is_void(faulty, tmp_path, monkeypatch) -> None:
    store = store_at(faulty, tmp_path / "first")
    publish(store, terms(3))
    late: list[str] = []
    real = store.control.client.update

    def delayed(text: str, **others: float) -> None:
        if "state" in text and "INSERT {" in text and not late:
            late.append(text)
            raise StoreAwayError("the connection failed")
        real(text, **others)

    monkeypatch.setattr(store.control.client, "update", delayed)
    with pytest.raises(StoreAwayError):
        publish(store, terms(MANY, "ny"))
    real(late[0])
    assert store.follow() == 1
    publish(store, terms(4))
    assert content(store_at(faulty, tmp_path / "second")) == set(terms(4))


def test_the_second_of_two_hosts_is_told_and_nothing_is_lost(faulty, tmp_path) -> None:
    first, second = (store_at(faulty, tmp_path / name) for name in ("first", "second"))
    publish(first, terms(1))
    second.follow()

    def write_while_another_does() -> None:
        with first.session() as session:
            session.insert(GRAPH, terms(3, "en"))
            with second.session() as other:
                other.insert(GRAPH, terms(2, "to"))

    with pytest.raises(StoreConflictError, match="nothing of this was stored"):
        write_while_another_does()
    assert issubclass(StoreConflictError, StoreBusyError)
    assert store_at(faulty, tmp_path / "third").reader().graphs() == {GRAPH.value: 3}
    with first.session() as session:
        session.insert(GRAPH, terms(3, "en"))
    assert content(store_at(faulty, tmp_path / "third")) == {*terms(1), *terms(3, "en"), *terms(2, "to")}


@pytest.mark.parametrize("where", ["_note", "_publish"])
def test_a_crash_before_the_update_leaves_the_old_revision_and_the_next_session_clears_up(
    faulty, tmp_path, monkeypatch, where
) -> None:
    store = store_at(faulty, tmp_path / "first")
    publish(store, terms(3))
    with monkeypatch.context() as broken:
        broken.setattr(committing.Commit, where, _crash)
        broken.setattr(committing.Commit, "_tidy", lambda self: None)
        with pytest.raises(KeyboardInterrupt):
            publish(store, terms(MANY, "ny"))
    assert beside(faulty)
    assert content(store_at(faulty, tmp_path / "second")) == set(terms(3))
    publish(store_at(faulty, tmp_path / "first"), terms(4))
    assert not beside(faulty)
    assert content(store_at(faulty, tmp_path / "third")) == set(terms(4))


def test_a_service_that_ended_before_it_had_moved_everything_is_helped(faulty, tmp_path, monkeypatch) -> None:
    store = store_at(faulty, tmp_path / "first")
    publish(store, terms(3))
    with monkeypatch.context() as broken:
        broken.setattr(committing, "moves", lambda control, steps: [])
        publish(store, terms(MANY, "ny"))
    assert store.control.manifest().steps
    assert content(store_at(faulty, tmp_path / "second")) == set(terms(MANY, "ny"))
    assert not store.control.manifest().steps


def test_a_crash_after_the_update_is_made_good_from_the_store(faulty, tmp_path, monkeypatch) -> None:
    store = store_at(faulty, tmp_path / "first")
    publish(store, terms(3))
    with monkeypatch.context() as broken:
        broken.setattr("sparql.embedded.publishing.write_pointer", _crash)
        with pytest.raises(KeyboardInterrupt):
            publish(store, terms(4))
    again = store_at(faulty, tmp_path / "first")
    assert content(again) == set(terms(4))
    assert again.reader().generation == 2


def _crash(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_service_that_drips_is_given_up_at_the_deadline(faulty, tmp_path) -> None:
    publish(store_at(faulty, tmp_path / "first"), terms(3))
    faulty.next_is("get", faults.drip, 3)
    with pytest.raises(StoreAwayError, match="seconds"):
        store_at(faulty, tmp_path / "second", patience=0.5).follow()


def test_while_the_service_is_away_reading_goes_on_and_writing_says_so(faulty, tmp_path) -> None:
    publish(store_at(faulty, tmp_path / "data"), terms(3))
    gone = RemoteService.at(f"http://127.0.0.1:{free_port()}", user="u", password="very-secret")
    store = RemoteStore(tmp_path / "data", uri_base=BASE, service=gone)
    assert content(store) == set(terms(3))
    with pytest.raises(StoreAwayError, match="cannot be reached") as caught:
        publish(store, terms(4))
    told = last_contact(tmp_path / "data")
    assert told is not None
    assert told.error
    assert "very-secret" not in told.error + str(caught.value) + repr(gone)
    with pytest.raises(StoreAwayError):
        RemoteStore(tmp_path / "new", uri_base=BASE, service=gone).reader()


def test_a_data_directory_of_another_register_is_not_mixed_in(faulty, tmp_path) -> None:
    publish(store_at(faulty, tmp_path / "first"), terms(3))
    with faults.faulty_service() as other:
        publish(store_at(other, tmp_path / "first-of-other"), terms(1))
        store = store_at(faulty, tmp_path / "first-of-other")
        with pytest.raises(OtherRegisterError, match="SAMSVAR_DATA"):
            publish(store, terms(2))


def test_a_register_in_a_data_directory_moves_to_an_empty_service_with_its_next_write(faulty, tmp_path) -> None:
    alone = GenerationStore(tmp_path / "data", uri_base=BASE)
    for number in (3, 4):
        with alone.session() as session:
            session.replace_graph(GRAPH, terms(number))
    store = store_at(faulty, tmp_path / "data")
    with store.session() as session:
        session.insert(NamedNode(f"{GRAPH.value}-2"), terms(1))
    other = store_at(faulty, tmp_path / "second").reader()
    assert other.generation == 3
    assert other.graphs() == {GRAPH.value: 4, f"{GRAPH.value}-2": 1}


def test_names_of_the_store_itself_are_refused(faulty, tmp_path) -> None:
    store = store_at(faulty, tmp_path / "data")
    with pytest.raises(StoreError, match="own"), store.session() as session:
        session.insert(NamedNode(f"{BASE}/store/x"), terms(1))
    assert list(store.reader().quads()) == []


def test_what_a_service_refuses_is_said_in_its_words(faulty, tmp_path) -> None:
    faulty.next_is("query", faults.busy, 9)
    with pytest.raises(StoreRefusedError, match="503"):
        store_at(faulty, tmp_path / "data").follow()


@pytest.mark.parametrize("address", ["ftp://a.example", "a.example", "https://u:p@a.example", "https://a.example#b"])
def test_addresses_that_are_none_are_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"it (is|has)"):
        RemoteService.at(address)


def test_what_the_store_says_of_itself_is_in_no_generation(faulty, tmp_path) -> None:
    publish(store_at(faulty, tmp_path / "first"), terms(2))
    assert {quad.graph_name for quad in store_at(faulty, tmp_path / "second").reader().quads()} == {GRAPH}


def test_who_asks_while_the_copy_is_filled_waits_and_never_sees_an_empty_register(
    faulty, tmp_path, monkeypatch
) -> None:
    publish(store_at(faulty, tmp_path / "first"), terms(3))
    other = store_at(faulty, tmp_path / "second")
    filling, go_on = threading.Event(), threading.Event()
    fetch = other._fetch

    def slowly(manifest: Manifest) -> None:
        filling.set()
        assert go_on.wait(60)
        fetch(manifest)

    monkeypatch.setattr(other, "_fetch", slowly)
    with ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(content, other)]
        assert filling.wait(60)
        asked.append(threads.submit(content, other))
        go_on.set()
        assert [each.result(60) for each in asked] == [set(terms(3))] * 2
