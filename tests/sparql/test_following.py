"""A replica in memory follows small writes by their differences, and is then what loading would have made it."""

import os
import random
import shutil
import signal
from dataclasses import replace

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from sparql.changes import GraphChange
from sparql.embedded.differences import KEPT, MOST, Difference, way
from sparql.embedded.generations import GenerationStore
from sparql.embedded.integrity import Pointer, read_pointer
from sparql.errors import QueryFailedError
from sparql.query_host.following import can_follow, follow
from sparql.query_host.replica import PLAIN, UNION, Source, load_in_memory
from sparql.query_host.wire import Request

from .conftest import BASE, PUBLIC, QUICK
from .test_host import COUNT, ask, asks_memory, by_age, descendants, until, value

GRAPHS = [NamedNode(f"{BASE}/graph/{name}") for name in ("catalogue/a", "catalogue/b", "vocabulary/los", "findings")]
XSD = "http://www.w3.org/2001/XMLSchema#"


def triple(number, text="ny"):
    return Triple(NamedNode(f"{BASE}/new/{number}"), NamedNode("http://example.org/p"), Literal(text))


def all_of(replica):
    return set(replica.store), set(replica.store.named_graphs()), set(replica.union or ())


def write(store, *steps):
    with store.session() as session:
        for name, *arguments in steps:
            getattr(session, name)(*arguments)
    return read_pointer(store.directory)


@pytest.fixture(params=[UNION, PLAIN])
def source(store, request):
    return Source(store.directory, BASE, request.param)


def test_any_row_of_small_writes_is_followed_to_what_loading_gives(store, source):
    chance = random.Random(7)
    replica = load_in_memory(source)
    shared = [triple(number, str(chance.random())) for number in range(12)]
    odd = [Triple(BlankNode("b"), NamedNode("http://e/p"), Literal("007", datatype=NamedNode(f"{XSD}integer")))]
    for _ in range(60):
        graph = chance.choice(GRAPHS)
        some = chance.sample([*shared, *odd], chance.randint(1, 6))
        kind = chance.choice(["insert", "delete", "replace_graph", "insert"])
        before = read_pointer(store.directory)
        newest = write(
            store, (kind, graph, some), (chance.choice(["insert", "delete"]), chance.choice(GRAPHS), some[:2])
        )
        if newest != before:
            assert can_follow(source, before.digest, newest) is not None
        if chance.random() < 0.5:
            replica = follow(replica, newest)
            assert replica is not None
            assert replica.digest == newest.digest
            assert all_of(replica) == all_of(load_in_memory(source))


def test_what_came_and_went_in_one_session_is_no_difference():
    found = Difference()
    quads = [Quad(NamedNode(f"a:{number}"), NamedNode("a:p"), Literal("x")) for number in range(3)]
    found.add(quads)
    found.remove(quads[:1])
    found.remove(quads[2:])
    found.add(quads[2:])
    assert found.is_known
    assert found._came == {quads[1]: True, quads[2]: True}


def test_large_writes_and_empty_graphs_are_not_followed(store):
    source = Source(store.directory, BASE, PLAIN)
    before = read_pointer(store.directory)
    newest = write(store, ("insert", GRAPHS[0], [triple(number) for number in range(MOST + 1)]))
    assert can_follow(source, before.digest, newest) is None
    again = write(store, ("change", "http://e/empty", GraphChange(keep=True)))
    assert can_follow(source, newest.digest, again) is None
    last = write(store, ("insert", GRAPHS[0], [triple("more")]))
    assert can_follow(source, again.digest, last) == 1
    assert can_follow(source, newest.digest, last) is None


def test_the_default_graph_is_followed_where_it_is_plain_only(store):
    before = read_pointer(store.directory)
    newest = write(store, ("change", "", GraphChange(added={triple(1)})))
    plain, union = (Source(store.directory, BASE, name) for name in (PLAIN, UNION))
    assert can_follow(plain, before.digest, newest) == 1
    assert can_follow(union, before.digest, newest) is None
    last = write(store, ("insert", GRAPHS[0], [triple(1)]))
    later = write(store, ("delete", GRAPHS[0], [triple(1)]))
    assert load_in_memory(union).own_default
    assert can_follow(union, last.digest, later) == 1
    assert follow(replace(load_in_memory(union), digest=last.digest), later) is None


@pytest.mark.parametrize("harm", ["torn", "gone", "another"])
def test_a_difference_that_is_not_whole_is_passed_over(store, harm):
    source = Source(store.directory, BASE, UNION)
    replica = load_in_memory(source)
    newest = write(store, ("insert", GRAPHS[0], [triple(1)]))
    path = store.directory / "differences" / str(newest.generation)
    if harm == "torn":
        path.write_bytes(path.read_bytes()[:-5])
    elif harm == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes().replace(newest.digest.encode(), b"0" * 64))
    assert follow(replica, newest) is None


def test_differences_are_kept_for_a_while_only(tmp_path):
    store = GenerationStore(tmp_path / "data", uri_base=BASE)
    graph = GRAPHS[0]
    write(store, ("insert", graph, [triple(0)]))
    folder = store.directory / "differences"
    folder.mkdir()
    for number in range(1, KEPT + 40):
        Difference().write(store.directory, number, Pointer(number - 1, str(number - 1)), str(number))
    assert len(list(folder.iterdir())) <= KEPT + 16
    assert way(store.directory, "100", Pointer(KEPT + 39, str(KEPT + 39)))
    assert way(store.directory, "1", Pointer(KEPT + 39, str(KEPT + 39))) is None


def test_the_zygote_stays_while_small_writes_are_seen_at_once(store, make_host):
    host = make_host(store.directory, replace(QUICK, timeout=1.3))
    assert value(host, COUNT) == str(PUBLIC)
    dispatcher, zygote, *_ = by_age(host.name)
    for number in range(10):
        write(store, ("insert", GRAPHS[0], [triple(number)]))
        assert ask(host, f"ASK {{ <{BASE}/new/{number}> ?p ?o }}")
    assert value(host, COUNT) == str(PUBLIC + 10)
    assert {dispatcher, zygote} <= descendants(host.name)
    write(store, ("insert", GRAPHS[0], [triple(number) for number in range(MOST + 100)]))
    assert value(host, COUNT) == str(PUBLIC + MOST + 100)
    until(lambda: zygote not in descendants(host.name))


def test_a_large_zygote_follows_and_a_lost_difference_costs_nothing_but_time(store, make_host):
    host = make_host(store.directory, replace(QUICK, at_once=0, calm=0.0, timeout=1.4))
    until(lambda: asks_memory(host), 60)
    before = descendants(host.name)
    write(store, ("insert", GRAPHS[0], [triple(1)]))
    assert value(host, COUNT) == str(PUBLIC + 1)
    assert len(before & descendants(host.name)) >= 3
    newest = write(store, ("insert", GRAPHS[0], [triple(2)]))
    (store.directory / "differences" / str(newest.generation)).write_bytes(b"nonsense")
    assert value(host, COUNT) == str(PUBLIC + 2)


def test_a_zygote_that_is_killed_while_others_write_is_replaced(store, make_host):
    host = make_host(store.directory, replace(QUICK, timeout=1.6))
    assert ask(host)
    zygote = by_age(host.name)[1]
    write(store, ("insert", GRAPHS[0], [triple(1)]))
    os.kill(zygote, signal.SIGKILL)
    until(lambda: zygote not in descendants(host.name))
    until(lambda: answered(host) == str(PUBLIC + 1))


def answered(host) -> str:
    """The count, or nothing where the query met the worker's end: a client asks again."""
    try:
        return value(host, COUNT)
    except QueryFailedError:
        return ""


def test_what_is_not_known_is_not_written(tmp_path):
    Difference.unknown().write(tmp_path, 1, "a", "b")
    assert not (tmp_path / "differences").exists()


@pytest.mark.parametrize("text", ["SELECT * { ?s ?p ?o }", "ASK { ?s ?p 'a # b' }"])
def test_a_query_that_names_no_graph_asks_the_union_alone(store, text):
    replica = load_in_memory(Source(store.directory, BASE, UNION))
    assert replica.asked(Request(text, "", has_dataset=False)) is replica.union
    in_graphs = {Quad(*quad.triple) for quad in replica.store if isinstance(quad.graph_name, DefaultGraph)}
    assert set(replica.union) == in_graphs


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", {}),
        ("SELECT * { graph ?g { ?s ?p ?o } }", {}),
        ("SELECT * { GR\\u0041PH ?g { ?s ?p ?o } }", {}),
        ("SELECT * FROM <urn:a> { ?s ?p ?o }", {"has_dataset": True}),
        ("SELECT * { ?s ?p ?o }", {"default_graphs": ("urn:a",)}),
        ("SELECT * { ?s ?p ?o }", {"named_graphs": ("urn:a",)}),
    ],
)
def test_a_query_that_may_name_graphs_asks_the_whole_store(store, text, options):
    replica = load_in_memory(Source(store.directory, BASE, UNION))
    assert replica.asked(Request(text, "", **options)) is replica.store


def test_a_large_register_has_a_worker_that_has_read_it_all(store, make_host):
    """It is free once it has; the query that it gets then is answered."""
    with store.session() as session:
        session.insert(GRAPHS[0], [triple(number, "x" * 20) for number in range(20_000)])
    host = make_host(store.directory, replace(QUICK, calm=0.0, at_once=10))
    assert ask(host)
    until(lambda: len(descendants(host.name)) >= 4, 20)
    assert value(host, COUNT) == str(20_000 + PUBLIC)
    assert value(host, "SELECT (COUNT(?s) AS ?n) { ?s ?p ?o }") == str(20_000 + PUBLIC)


def test_a_write_is_published_where_its_difference_cannot_be_kept(store, source):
    """It only saves others from opening the generation anew."""
    replica = load_in_memory(source)
    folder = store.directory / "differences"
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("in the way")
    newest = write(store, ("insert", GRAPHS[0], [triple(1)]))
    assert newest.generation == 2
    assert follow(replica, newest) is None
    assert all_of(load_in_memory(source)) != all_of(replica)
    assert folder.read_text() == "in the way"


def test_only_the_graph_of_that_name_is_the_provenance(source):
    named = f"{BASE}/graph/provenance"
    assert [source.is_public(each) for each in (named, f"{named}-x", f"{named}/x")] == [False, True, True]
    assert not source.is_public(f"{BASE}/graph/vocabulary/los")
