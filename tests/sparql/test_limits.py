"""Limits are announced in every answer and told in every error; clients take turns."""

import json
import socket
import threading
import time
from dataclasses import replace
from urllib.parse import quote

import pytest
from flask import Flask, jsonify

from sparql.budget import Budget
from sparql.endpoint import STATUS, sparql_blueprint
from sparql.errors import (
    ClientBusyError,
    QueryBusyError,
    QueryError,
    QueryTimeoutError,
    QueryTooLargeError,
    SparqlError,
)
from sparql.formats import N_TRIPLES, RESULT_FORMATS
from sparql.query_host.connection import Connection
from sparql.query_host.fair_queue import FairQueue, counted_as
from sparql.query_host.rows import RowCounter
from sparql.query_host.wire import Request, error_of, failure

from .conftest import BASE, PUBLIC, QUICK

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ENDLESS_ROWS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ALL = "SELECT * { ?s ?p ?o }"
ODD = 'SELECT ?x ?y { VALUES (?x ?y) { ("a\\n}},{" "b\\r\\n\\"}},{\\"") ("<result>" UNDEF) (UNDEF "}},{") } }'


def client_of(host):
    app = Flask(__name__)
    app.register_blueprint(sparql_blueprint(host, uri_base=BASE))

    @app.errorhandler(SparqlError)
    def problem(error):
        status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
        return jsonify(detail=str(error)), status

    return app.test_client()


def told(header):
    return dict(each.split("=") for each in header.split(", "))


@pytest.mark.parametrize("form", RESULT_FORMATS, ids=lambda each: each.suffix)
@pytest.mark.parametrize("size", [1, 7, 100_000])
@pytest.mark.parametrize(("query", "rows"), [(ODD, 3), (ALL, PUBLIC), ("SELECT ?x { VALUES ?x {} }", 0)])
def test_rows_are_counted_in_every_format_wherever_it_is_cut(host, form, size, query, rows):
    content = host.run(query, format=form).read()
    counter = RowCounter(form.engine)
    for start in range(0, len(content), size):
        counter.feed(content[start : start + size])
    assert counter.rows == rows


@pytest.mark.parametrize("form", [*RESULT_FORMATS, N_TRIPLES], ids=lambda each: each.suffix)
def test_too_many_rows_are_refused_before_the_first_byte_or_cut_after_it(small_register, make_host, form):
    host = make_host(small_register, replace(QUICK, rows=PUBLIC))
    graphs = form == N_TRIPLES
    query = "CONSTRUCT WHERE { ?s ?p ?o }" if graphs else ALL
    answer = host.run(query, format=form)
    assert answer.read()
    assert answer.chunks.end["rows"] == PUBLIC
    more = "CONSTRUCT { ?s ?p ?o . ?s a ?o } { ?s ?p ?o }" if graphs else "SELECT * { ?s ?p ?o . ?a ?b ?c }"
    with pytest.raises(QueryTooLargeError, match=f"more than {PUBLIC} rows") as caught:
        host.run(more, format=form).read()
    assert caught.value.exceeded.limit == "rows"


def test_every_answer_says_what_holds_and_what_was_used(host):
    answer = client_of(host).get(f"/sparql?query={quote(ALL)}")
    holds = told(answer.headers["Samsvar-Limits"])
    assert (holds["timeout"], holds["memory"], holds["rows"]) == ("1", str(QUICK.memory), str(QUICK.rows))
    used = told(answer.headers["Samsvar-Used"])
    assert used["rows"] == str(PUBLIC)
    assert 0 < float(used["seconds"]) < 1
    assert "Samsvar-Used" in answer.headers["Access-Control-Expose-Headers"]


def test_a_long_answer_says_what_was_used_until_its_first_bytes(host):
    answer = client_of(host).get(f"/sparql?query={quote('SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000')}")
    assert answer.data
    assert set(told(answer.headers["Samsvar-Used"])) == {"seconds", "waited", "store", "cache"}


def test_an_error_too_says_what_holds(host):
    answer = client_of(host).get(f"/sparql?query={quote(ENDLESS)}")
    assert answer.status_code == 503
    assert told(answer.headers["Samsvar-Limits"])["timeout"] == "1"


def test_an_error_tells_the_limit_what_was_used_and_what_to_do(host):
    with pytest.raises(QueryTimeoutError) as caught:
        host.run(ENDLESS)
    met = caught.value.exceeded
    assert (met.limit, met.allowed) == ("timeout", 1.0)
    assert 1.0 <= met.used < 2.0
    assert str(caught.value).endswith(met.advice)


@pytest.mark.parametrize(
    ("query", "limit", "allowed", "used"),
    [
        ("ASK { #" + "x" * 70_000 + "\n}", "query", 65_536, 70_009),
        ("ASK {" + "{" * 101 + "}" * 101 + "}", "depth", 100, 101),
        ("ASK {" + "?s ?p ?o . " * 200 + "}", "patterns", 100, 201),
        ("ASK { ?s " + "/".join(["<a:b>"] * 60) + " ?o }", "path_steps", 50, 51),
        ("ASK { VALUES ?x {" + " 1" * 10_001 + "} }", "values", 10_000, 10_001),
    ],
)
def test_the_gate_tells_the_limit_and_what_was_used(host, query, limit, allowed, used):
    with pytest.raises(QueryError) as caught:
        host.run(query)
    met = caught.value.exceeded
    assert (met.limit, met.allowed, met.used) == (limit, allowed, used)


def test_a_limit_travels_with_its_error():
    error = ClientBusyError.past("Too many.", "per_client", 1, 2, "Wait.")
    same = error_of(failure(error)[5:])
    assert (type(same), str(same), same.exceeded) == (ClientBusyError, "Too many. Wait.", error.exceeded)


def waiting(client):
    with socket.socket(socket.AF_UNIX) as closed:
        return Connection(closed, time.monotonic(), request=Request("ASK {}", "", client=client))


@pytest.fixture
def queue():
    def of(budget, *clients):
        queue = FairQueue(budget)
        for client in clients:
            queue.add(waiting(client))
        return queue

    return of


def order(queue):
    served = []
    while (connection := queue.take()) is not None:
        served.append(connection.client)
        queue.remove(connection)
    return served


def test_clients_take_turns_however_many_each_asks(queue):
    assert order(queue(Budget(workers=1), *"aaaabbc")) == list("abcabaa")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("", "nobody", False),
    ],
)
def test_one_client_has_a_whole_network_of_ipv6(one, other, same):
    assert (counted_as(one) == counted_as(other)) is same


def test_who_has_fewer_at_work_is_first(queue):
    found = queue(Budget(workers=3), *"aab")
    assert [found.take().client for _ in range(3)] == ["a", "b", "a"]
    assert found.take() is None


def test_one_client_may_not_fill_the_queue(queue):
    full = queue(Budget(client_waiting=2, waiting=3), *"aab")
    with pytest.raises(QueryBusyError) as caught:
        full.add(waiting("c"))
    assert caught.value.exceeded.limit == "waiting"
    with pytest.raises(ClientBusyError) as caught:
        full.add(waiting("a"))
    assert caught.value.exceeded.limit == "client_waiting"


def test_a_client_that_asks_too_much_at_once_is_told_so(small_register, make_host):
    host = make_host(small_register, replace(QUICK, per_client=1, timeout=20.0, patience=0.3))
    answer = host.run(ENDLESS_ROWS, client="127.0.0.1")
    got = client_of(host).get("/sparql?query=ASK%7B%7D")
    assert got.status_code == 429
    assert "1 queries of yours" in got.json["detail"]
    answer.chunks.close()


def test_a_modest_client_is_served_while_a_greedy_one_waits(small_register, make_host):
    """Eight queries of one client wait, then one of another: it is the next but those that were begun before it came."""
    host = make_host(small_register, replace(QUICK, workers=1, timeout=20.0, patience=30.0))
    holding = host.run(ENDLESS_ROWS, client="greedy")
    began = {}

    def ask(client, number):
        answer = host.run(f"ASK {{ ?s ?p 'asked {number}' }}", client=client)
        began[answer.head["waited"] + asked[number]] = client
        answer.read()

    asked, threads = {}, []
    for number, client in enumerate([*["greedy"] * 8, "modest"]):
        asked[number] = time.monotonic()
        threads.append(threading.Thread(target=ask, args=(client, number)))
        threads[-1].start()
    time.sleep(1.0)
    holding.chunks.close()
    for thread in threads:
        thread.join()
    assert "modest" in [began[moment] for moment in sorted(began)][:3]


def test_the_problem_document_names_setting_and_use(client):
    answer = client.get(f"/sparql?query={quote('ASK {' + '?s ?p ?o . ' * 200 + '}')}", headers={"Accept": "*/*"})
    assert answer.status_code == 413
    said = {name: answer.json[name] for name in ("limit", "setting", "allowed", "used", "unit", "fix")}
    assert said == {
        "limit": "patterns",
        "setting": "SAMSVAR_QUERY_PATTERNS",
        "allowed": 100,
        "used": 201,
        "unit": "patterns",
        "fix": "Ask in several queries.",
    }


def test_every_setting_of_a_limit_reaches_the_budget(monkeypatch):
    from registry.query_limits import LIMITS, budget_of
    from registry.settings import Settings

    assert budget_of(Settings()) == Budget()
    for number, each in enumerate(LIMITS, 1):
        monkeypatch.setenv(f"SAMSVAR_{each.setting.upper()}", str(number))
    budget = budget_of(Settings())
    assert [getattr(budget, each.name) for each in LIMITS] == [
        number * each.factor for number, each in enumerate(LIMITS, 1)
    ]
    assert json.dumps(budget.as_dict())
