"""Kept answers: exact, for all, forgotten with their generation."""

import time
from dataclasses import replace
from urllib.parse import quote

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from sparql.formats import RESULT_FORMATS
from sparql.query_host.answer_cache import AnswerCache
from sparql.query_host.host import QueryHost
from sparql.query_host.normal_form import cache_key, normal_form
from sparql.query_host.wire import DATA, END, HEAD

from .conftest import BASE, PUBLIC, QUICK
from .test_limits import client_of

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
JSON, _, CSV, *_ = RESULT_FORMATS


def is_kept(host, query, **options):
    answer = host.run(query, **options)
    answer.read()
    return "age" in answer.head


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT *\n{ # all\n ?s ?p 'a  b # c' }", "SELECT * { ?s ?p 'a  b # c' }"),
        ("ASK{?s<a#b>?o}", "ASK{?s<a#b>?o}"),
        ("# first\nASK {}  ", "ASK {}"),
        ("SELECT (NOW() AS ?x) {}", None),
        ("SELECT (struuid() AS ?x) {}", None),
        ("SELECT ?x { BIND(1+rand() AS ?x) }", None),
        ("SELECT ?now { ?now ?p 'NOW' }", "SELECT ?now { ?now ?p 'NOW' }"),
    ],
)
def test_normal_form(text, form):
    assert normal_form(text) == form


def test_tokens_that_touch_differ_from_those_that_do_not():
    assert normal_form("ASK { ?s ?p \\ u003C }") != normal_form("ASK { ?s ?p \\u003C }")


def test_format_and_dataset_are_part_of_the_key():
    keys = {
        cache_key("ASK {}", "a/b", None, None),
        cache_key("ASK {}", "a/c", None, None),
        cache_key("ASK {}", "a/b", (), None),
        cache_key("ASK {}", "a/b", ("x:y",), None),
        cache_key("ASK {}", "a/b", None, ("x:y",)),
    }
    assert len(keys) == 5
    assert cache_key("ASK {}", "a/b", ("b:b", "a:a"), None) == cache_key("ASK  {}", "a/b", ("a:a", "b:b"), None)


def test_the_same_query_again_is_answered_from_the_cache_for_every_process(small_register, make_host):
    host = make_host(small_register, replace(QUICK, timeout=1.5))
    first = host.run(COUNT).read()
    other = QueryHost(small_register, BASE, host.budget)
    again = other.run(COUNT.replace(" {", "\n# counted\n{"))
    assert (again.read(), again.head["age"]) == (first, 0)
    assert again.chunks.end["rows"] == 1
    assert not is_kept(host, COUNT, format=CSV)
    assert not is_kept(host, COUNT, default_graphs=[f"{BASE}/graph/findings"])
    assert is_kept(host, COUNT, default_graphs=[f"{BASE}/graph/findings"])


def test_what_differs_from_time_to_time_is_never_kept(host):
    assert [is_kept(host, "SELECT (UUID() AS ?x) {}") for _ in range(2)] == [False, False]


def test_a_write_forgets_what_was_kept(store, make_host):
    host = make_host(store.directory)
    for number in range(3):
        with store.session() as session:
            triple = Triple(NamedNode(f"{BASE}/new/{number}"), NamedNode("http://example.org/p"), Literal("ny"))
            session.insert(NamedNode(f"{BASE}/graph/catalogue/a"), [triple])
        assert f'"{PUBLIC + number + 1}"' in host.run(COUNT).read().decode()
        assert is_kept(host, COUNT)


def test_errors_and_cut_answers_are_not_kept(small_register, make_host):
    host = make_host(small_register, replace(QUICK, answer=200_000))
    for _ in range(2):
        with pytest.raises(Exception, match="200000 bytes"):
            host.run("SELECT * { ?a ?b ?c . ?d ?e ?f }").read()
    assert not is_kept(host, COUNT)


def test_a_large_answer_is_not_kept_and_zero_keeps_none(small_register, make_host):
    small = make_host(small_register, replace(QUICK, cache=100_000))
    large = "SELECT * { ?s ?p ?o }"
    assert [is_kept(small, large) for _ in range(2)] == [False, False]
    assert [is_kept(small, COUNT) for _ in range(2)] == [False, True]
    none = make_host(small_register, replace(QUICK, cache=0))
    assert [is_kept(none, COUNT) for _ in range(2)] == [False, False]


def put(cache, key, size, generation="g"):
    recording = cache.begin(key)
    cache.note(recording, HEAD, b'{"generation": "%s"}' % generation.encode())
    cache.note(recording, DATA, b"x" * size)
    cache.note(recording, END, b"{}")
    cache.keep(recording, "g")


def test_the_cache_is_bounded_and_drops_the_least_recently_asked():
    cache = AnswerCache(100_000)
    for number in range(50):
        put(cache, str(number), 9_000)
        assert cache.find("0", "g")
    kept = [number for number in range(50) if cache.find(str(number), "g")]
    assert kept[0] == 0
    assert kept[1:] == list(range(51 - len(kept), 50))
    assert len(kept) * 9_000 <= 100_000


def test_an_answer_of_an_older_generation_is_not_kept():
    cache = AnswerCache(100_000)
    put(cache, "k", 10, generation="old")
    assert cache.find("k", "g") is None


def test_etag_304_and_age(store, make_host):
    client = client_of(make_host(store.directory))
    address = f"/sparql?query={quote(COUNT)}"
    first = client.get(address)
    tag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "no-cache"
    assert "Age" not in first.headers
    again = client.get(address)
    assert (again.headers["ETag"], again.headers["Age"], again.data) == (tag, "0", first.data)
    assert "cache=hit" in again.headers["Samsvar-Used"]
    for sent in (tag, f'"x", {tag}', "*"):
        unchanged = client.get(address, headers={"If-None-Match": sent})
        assert (unchanged.status_code, unchanged.data, unchanged.headers["ETag"]) == (304, b"", tag)
        assert "Accept" in unchanged.headers["Vary"]
    assert client.get(address, headers={"If-None-Match": tag, "Accept": "text/csv"}).status_code == 200
    with store.session() as session:
        session.replace_graph(NamedNode(f"{BASE}/graph/catalogue/a"), [])
    changed = client.get(address, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


def test_a_query_that_differs_each_time_has_no_etag(host):
    answer = client_of(host).get(f"/sparql?query={quote('SELECT (NOW() AS ?x) {}')}")
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_kept_answer_takes_no_worker(small_register, make_host):
    host = make_host(small_register, replace(QUICK, workers=1, timeout=20.0))
    assert not is_kept(host, COUNT)
    holding = host.run("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    begun = time.monotonic()
    assert is_kept(host, COUNT)
    assert time.monotonic() - begun < 10.0
    holding.chunks.close()
