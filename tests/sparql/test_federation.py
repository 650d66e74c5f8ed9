"""SERVICE: who may be asked, what is sent, what becomes of the answer, and what it may take."""

import json
import shutil
import socket
import ssl
import subprocess
import threading
from dataclasses import replace
from ipaddress import ip_address

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse
from sparql_service import RESULTS, app_of, listening, says, serving, solutions

from sparql.budget import Budget
from sparql.embedded.generations import GenerationStore
from sparql.errors import (
    QueryBusyError,
    QueryFailedError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
    QueryTooLargeError,
    ServiceFailedError,
)
from sparql.federation.addresses import Allowed, is_public
from sparql.federation.asking import Setting, with_answers
from sparql.federation.fetching import fetch
from sparql.query_host.wire import Request

from .conftest import BASE, QUICK

BUDGET = replace(QUICK, service_timeout=20.0, patience=20.0)
ROW = {"x": {"type": "literal", "value": "én"}}
LOCAL = """
@prefix e: <http://example.org/> .
e:a e:label "Ape"@nb ; e:n 1 . e:b e:label "Bie"@nb ; e:n 2 . e:c e:label "Ku"@nb ; e:n 3 .
"""
REMOTE = r"""
@prefix e: <http://example.org/> .
e:a e:eats e:b, e:leaf . e:b e:eats e:nectar ; e:note "sier \"zz\" \\u0022 \n {" . e:d e:eats e:a ; e:legs 04 .
e:e e:home [ e:label "Hule"@nn ; e:depth 2.50 ] .
"""


@pytest.fixture
def service():
    with listening() as found:
        yield found


@pytest.fixture
def ask(tmp_path, make_host):
    """Asks a host that may ask these addresses; the solutions as JSON has them."""
    hosts = {}

    def run(text, *allowed, budget=BUDGET, **options):
        if allowed not in hosts:
            hosts[allowed] = make_host(tmp_path / "asks", budget, services=allowed)
        return bindings(hosts[allowed].run(text, **options).read())

    return run


def bindings(content):
    answer = json.loads(content)
    return answer.get("boolean", answer.get("results", {}).get("bindings"))


def triples(text):
    return [quad.triple for quad in parse(text.encode(), RdfFormat.TURTLE)]


def in_order(rows):
    return rows if isinstance(rows, bool) else sorted(json.dumps(row, sort_keys=True) for row in rows)


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """A host that holds LOCAL and, in the graph e:remote, REMOTE; and the address of one that holds REMOTE."""
    from sparql.query_host.host import QueryHost

    places = [tmp_path_factory.mktemp(name) / "data" for name in ("here", "there")]
    graphs = [{"catalogue/a": LOCAL, "vocabulary/remote": REMOTE}, {"catalogue/r": REMOTE}]
    for place, held in zip(places, graphs, strict=True):
        with GenerationStore(place, uri_base=BASE).session() as session:
            for name, text in held.items():
                session.replace_graph(NamedNode(f"{BASE}/graph/{name}"), triples(text))
    there = QueryHost(places[1], BASE, BUDGET)
    with serving(there, BASE) as address:
        here = QueryHost(places[0], BASE, BUDGET, services=(address,))
        yield here, address
        here.stop()
    there.stop()


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { @ { ?s e:eats ?o } }",
        "SELECT * { ?s e:label ?l . @ { ?s e:eats ?o } }",
        "SELECT * { @ { ?s e:eats ?o } ?o e:label ?l FILTER(?l = 'Bie'@nb) }",
        "SELECT * { ?s e:label ?l OPTIONAL { @ { ?s e:eats ?o } } }",
        "SELECT * { ?s e:label ?l OPTIONAL { @ { ?s e:eats ?o } FILTER(?o = e:b) } }",
        "SELECT * { { ?s e:n ?o } UNION { @ { ?s e:eats ?o } } }",
        "SELECT * { ?s e:label ?l MINUS { @ { ?s e:eats ?o } } }",
        "SELECT * { ?s e:label ?l FILTER NOT EXISTS { @ { ?s e:eats ?o } } }",
        "SELECT * { ?s e:label ?l FILTER EXISTS { @ { ?s e:eats ?o } } }",
        "SELECT ?s { ?s e:n ?n } GROUP BY ?s HAVING(EXISTS { @ { ?s e:eats ?o } })",
        "SELECT * { ?s e:label ?l { SELECT ?s (COUNT(?o) AS ?n) { @ { ?s e:eats ?o } } GROUP BY ?s } }",
        "SELECT * { @ { SELECT ?s (COUNT(?o) AS ?many) { ?s e:eats ?o } GROUP BY ?s ORDER BY ?s LIMIT 2 } }",
        "SELECT ?s (COUNT(*) AS ?n) { @ { ?s e:eats ?x } @ { ?s e:eats ?y } } GROUP BY ?s",
        "SELECT * { @ { ?s e:eats ?o OPTIONAL { ?s e:note ?t } } }",
        "SELECT * { @ { ?s e:eats+ ?o } }",
        "SELECT * { @ { VALUES ?s { e:a e:d } ?s e:eats ?o } BIND(STR(?o) AS ?t) }",
        "SELECT * { @ { e:a e:eats e:b } ?s e:n 2 }",
        "SELECT * { @ { e:a e:eats e:c } ?s e:n 2 }",
        "SELECT ?x { @ { ?s e:home ?h . ?h e:label ?x ; e:depth ?d } }",
        "ASK { @ { ?s e:eats e:nectar } ?s e:n 2 }",
        "ASK { @ { ?s e:eats e:nothing } }",
    ],
)
def test_it_means_what_a_graph_with_the_same_triples_means(pair, text):
    """SERVICE and GRAPH differ only in where the triples lie."""
    host, address = pair
    prefix = "PREFIX e: <http://example.org/>\n"
    there = host.run(prefix + text.replace("@ {", f"SERVICE <{address}> {{")).read()
    here = host.run(prefix + text.replace("@ {", f"GRAPH <{BASE}/graph/vocabulary/remote> {{")).read()
    assert in_order(bindings(there)) == in_order(bindings(here))
    assert json.loads(there)["head"] == json.loads(here)["head"]


def test_what_is_within_goes_to_the_service_as_it_stands(pair):
    host, address = pair
    text = f"""PREFIX e: <http://example.org/>
        CONSTRUCT {{ ?s a e:Eater }} {{ SERVICE <{address}> {{ # everyone
        ?s e:eats ?o FILTER(?s != e:d) }} }}"""
    subjects = {triple.subject.value for triple in parse(host.run(text).read(), RdfFormat.TURTLE)}
    assert subjects == {"http://example.org/a", "http://example.org/b"}


def test_blank_nodes_stay_blank_and_join_within_one_answer(pair):
    host, address = pair
    text = f"""PREFIX e: <http://example.org/>
        SELECT ?l (isBlank(?h) AS ?blank) (?h = ?same AS ?one) {{ SERVICE <{address}> {{
        ?s e:home ?h . ?same e:label ?l }} }}"""
    (row,) = bindings(host.run(text).read())
    assert (row["l"]["value"], row["blank"]["value"], row["one"]["value"]) == ("Hule", "true", "true")
    (row,) = bindings(
        host.run(
            f"SELECT (COUNT(*) AS ?n) {{ SERVICE <{address}> {{ ?s <http://example.org/home> ?h }}"
            f" SERVICE <{address}> {{ ?h <http://example.org/label> ?l }} }}"
        ).read()
    )
    assert row["n"]["value"] == "0", "blank nodes of two answers are different ones"


@pytest.mark.parametrize(
    "term",
    [
        {"type": "literal", "value": 'hermete"gn \\u0022 \\ "" \n\r\t \x01 \x7f æøå 🐄'},
        {"type": "literal", "value": "Ku", "xml:lang": "nn-no"},
        {"type": "literal", "value": "007", "datatype": "http://example.org/kode"},
        {"type": "uri", "value": "http://example.org/æ?a='b'#c"},
    ],
)
def test_terms_come_through_as_they_were(ask, service, term):
    address = service("/s", says(solutions({"x": term}, {}, columns=("x",))))
    assert ask(f"SELECT ?x {{ SERVICE <{address}> {{ ?s ?p ?x }} }}", address) == [{"x": term}, {}]


def test_triple_terms_come_through(ask, service):
    triple = {
        part: {"type": "uri", "value": f"http://example.org/{part}"} for part in ("subject", "predicate", "object")
    }
    address = service("/s", says(solutions({"x": {"type": "triple", "value": triple}})))
    text = f"SELECT (isTRIPLE(?x) AS ?is) (OBJECT(?x) AS ?o) {{ SERVICE <{address}> {{ ?s ?p ?x }} }}"
    (row,) = ask(text, address)
    assert (row["is"]["value"], row["o"]["value"]) == ("true", "http://example.org/object")


def test_xml_is_read_too(ask, service):
    xml = b"""<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></head>
        <results><result><binding name="x"><literal xml:lang="nb">Ku</literal></binding></result></results></sparql>"""
    address = service("/s", says(xml, "application/sparql-results+xml; charset=utf-8"))
    assert ask(f"ASK {{ SERVICE <{address}> {{ ?s ?p ?x }} FILTER(?x = 'Ku'@nb) }}", address)


def test_only_the_query_is_sent(ask, service):
    address = service("/s?graph=a", says(solutions(ROW)))
    text = f"""# secret remark
        BASE <http://example.org/> PREFIX e: <eats/> PREFIX other: <http://other.example/>
        SELECT ?x {{ ?s other:hidden ?x . SERVICE <{address}> {{ ?x a skos:Concept, <b>, e:x . # aside
        ?x ?p $word }} }}"""
    ask(text, address, values={"word": 'a"b'}, client="10.1.2.3")
    (heard,) = service.heard
    assert set(heard.headers) == {
        "host", "user-agent", "accept", "accept-encoding", "content-type", "content-length", "connection",
    }  # fmt: skip
    assert heard.headers["user-agent"] == "samsvar"
    assert heard.headers["host"] == service.url.removeprefix("http://")
    assert set(heard.form) == {"query"}
    assert "hidden" not in heard.query
    assert "secret" not in heard.query
    assert "aside" not in heard.query
    assert "PREFIX skos:" in heard.query
    assert "PREFIX dct:" not in heard.query
    assert '"a\\"b"' in heard.query
    assert heard.query.endswith("LIMIT 10001")


def test_columns_that_nobody_asked_for_are_left_out(ask, service):
    extra = {"x": ROW["x"], "hidden": ROW["x"], "other": ROW["x"]}
    address = service("/s", says(solutions(extra)))
    text = f"SELECT * {{ VALUES ?other {{ 1 }} SERVICE <{address}> {{ {{ SELECT ?x {{ ?hidden ?p ?x }} }} }} }}"
    (row,) = ask(text, address)
    assert set(row) == {"x", "other"}
    assert row["other"]["value"] == "1"


def test_each_service_is_asked_once_and_all_at_the_same_time(ask, service):
    both = threading.Barrier(2)

    def together(handler):
        both.wait(timeout=30)
        says(solutions(ROW))(handler)

    addresses = [service(path, together) for path in ("/a", "/b")]
    text = "SELECT * {{ VALUES ?i {{ 1 2 3 }} FILTER EXISTS {{ SERVICE <{}> {{ ?a ?b ?x }} }} SERVICE <{}> {{ ?x ?c ?d }} }}"
    assert len(ask(text.format(*addresses), *addresses)) == 3
    assert sorted(heard.path for heard in service.heard) == ["/a", "/b"]


def test_an_answer_is_not_kept(service, make_host, tmp_path):
    address = service("/s", says(solutions(ROW)))
    client = app_of(make_host(tmp_path / "data", BUDGET, services=(address,)), BASE).test_client()
    text = f"SELECT ?x {{ SERVICE <{address}> {{ ?s ?p ?x }} }}"
    for asked in (1, 2):
        answer = client.get("/sparql", query_string={"query": text}, headers={"If-None-Match": '""'})
        assert answer.status_code == 200
        assert "ETag" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
        assert "cache=miss" in answer.headers["Samsvar-Used"]
        assert "services=" in answer.headers["Samsvar-Used"]
        assert len(service.heard) == asked


REFUSED = [
    "SELECT * { SERVICE <http://127.0.0.1:9/no> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <http://127.0.0.1:9/no> { ?s ?p ?o } }",
    "SELECT * { SERVICE ?who { ?s ?p ?o } }",
    "SELECT * { VALUES ?who { <@> } SERVICE ?who { ?s ?p ?o } }",
    "SELECT * { SERVICE <@/> { ?s ?p ?o } }",
    "SELECT * { SERVICE <@?x> { ?s ?p ?o } }",
    "SELECT * { SERVICE <\\u0068ttp://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { SERVICE <@> { SERVICE <http://127.0.0.1:9/no> { ?s ?p ?o } } }",
    "SELECT * { SERVICE <@> { ?s ?p ?o } SERVICE <http://127.0.0.1:9/no> { ?s ?p ?o } }",
    "SELECT * { FILTER EXISTS { { SELECT * { OPTIONAL { SERVICE <http://127.0.0.1:9/no> { ?s ?p ?o } } } } } }",
    "SELECT (COUNT(*) AS ?c) {} HAVING(EXISTS{SERVICE<http://127.0.0.1:9/no>{}})",
    "SELECT * { # it's\n SERVICE <http://127.0.0.1:9/no> { ?x ?y ?z } # '\n }",
    "SELECT * { # c\rSERVICE <http://127.0.0.1:9/no> { ?x ?y ?z } }",
    "SELECT * { ?a ?b ?c . SERVICESILENT<@>{?s ?p ?o} }",
    "SELECT * { ?a ?b trueSERVICE<@>{?s ?p ?o} }",
    "PREFIX x:<@> SELECT * { ?a ?b ?c SERVICEx:{?s ?p ?o} }",
    "PREFIX x:<http://127.0.0.1:9/> SELECT * { SERVICE x:no {?s ?p ?o} }",
    "SELECT * { SERVICE x:no {?s ?p ?o} }",
    "BASE <@> SELECT * { SERVICE <> {?s ?p ?o} }",
]


@pytest.mark.parametrize("text", REFUSED)
def test_who_is_not_listed_is_not_asked(ask, service, text):
    address = service("/s", says(solutions(ROW)))
    with pytest.raises(QueryRefusedError, match="SAMSVAR_SERVICE_ALLOW") as refused:
        ask(text.replace("@", address), address)
    assert "127.0.0.1:9/no" not in text or "<http://127.0.0.1:9/no>" in str(refused.value)
    assert service.heard == []


@pytest.mark.parametrize(
    "text",
    ["SELECT * { service<@>{ ?s ?p ?x } }", "PREFIX x: <@> SELECT ?x { SERVICE#\n x: { ?s ?p ?x } }",
     "SELECT ?x { SERVICE <@> { SERVICE <@> { ?s ?p ?x } } }"],
)  # fmt: skip
def test_a_listed_one_may_be_written_in_any_way(ask, service, text):
    address = service("/s", says(solutions(ROW)))
    assert ask(text.replace("@", address), address) == [ROW]
    assert len(service.heard) == 1


@pytest.mark.parametrize("text", ["SELECT * { SERVICE <@> { ?s ?p } }", "SELECT * { SERVICE <@> { ?s ?p ?o }\n FILTER( }",
                                  "SELECT * { SERVICE <@> { ?s ?p ?o } BIND(1 AS ?o) }", "SELECT * { SERVICE <@> { ?s ?p ?o }"])  # fmt: skip
def test_a_query_with_a_mistake_asks_nobody(ask, service, text):
    address = service("/s", says(solutions(ROW)))
    with pytest.raises(QuerySyntaxError, match=r"[Ll]ine"):
        ask(text.replace("@", address), address)
    assert service.heard == []


def test_a_mistake_is_told_in_its_place(ask, service):
    address = service("/s", says(solutions(ROW)))
    with pytest.raises(QuerySyntaxError, match="Line 5, column 9"):
        ask(f"SELECT *\n{{ SERVICE\n<{address}>\n{{ ?s ?p ?x }}\nFILTER( }}", address)
    assert service.heard == []


def cut_off(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", RESULTS)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(solutions(ROW))


def hangs_up(handler):
    handler.connection.shutdown(socket.SHUT_RDWR)


def broken_chunks(handler):
    handler.wfile.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
    )


def not_http(handler):
    handler.wfile.write(b"220 smtp.example.org ESMTP\r\n" * 3)


DEEP = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":' + b'{"type":"triple","value":{"subject":' * 2000
BROKEN = {
    "redirect": says(b"", status=302, Location="http://127.0.0.1:9/secret"),
    "redirect with a body": says(solutions(ROW), status=307, Location="/s"),
    "not there": says(b"", status=404),
    "fails": says(solutions(ROW), status=500),
    "another type": says(b"<html></html>", "text/html"),
    "csv": says(b"x\r\n1\r\n", "text/csv"),
    "packed": says(b"\x1f\x8b", Content_Encoding="gzip"),
    "no JSON": says(b'{"head":'),
    "empty": says(b""),
    "other JSON": says(b"[1, 2]"),
    "yes or no": says(b'{"head":{},"boolean":true}'),
    "no IRI": says(solutions({"x": {"type": "uri", "value": "http://example.org/> } SERVICE <http://127.0.0.1:9/"}})),
    "relative IRI": says(solutions({"x": {"type": "uri", "value": "a"}})),
    "no language": says(solutions({"x": {"type": "literal", "value": "a", "xml:lang": 'nb" . } #'}})),
    "not UTF-8": says(b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"\xff"}}]}}'),
    "nested": says(DEEP),
    "entities": says(b'<!DOCTYPE a [<!ENTITY x "xx">]><sparql>&x;</sparql>', "application/sparql-results+xml"),
    "cut off": cut_off,
    "hangs up": hangs_up,
    "broken chunks": broken_chunks,
    "not HTTP": not_http,
}  # fmt: skip


@pytest.mark.parametrize("kind", BROKEN)
def test_what_is_no_answer_is_told_and_silent_passes_over_it(ask, service, kind):
    address = service("/s", BROKEN[kind])
    text = f"SELECT * {{ VALUES ?i {{ 1 }} SERVICE <{address}> {{ ?s ?p ?x }} }}"
    with pytest.raises(ServiceFailedError, match=address.replace("?", ".")):
        ask(text, address)
    (row,) = ask(text.replace("SERVICE", "SERVICE SILENT"), address)
    assert row["i"]["value"] == "1"
    assert set(row) == {"i"}
    assert [heard.path for heard in service.heard] == ["/s", "/s"]


def test_nobody_there(ask):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    with pytest.raises(ServiceFailedError, match="refused"):
        ask(f"ASK {{ SERVICE <{address}> {{ ?s ?p ?o }} }}", address)
    assert ask(f"ASK {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}", address)
    with pytest.raises(ServiceFailedError, match="cannot be reached"):
        ask("ASK { SERVICE <http://nobody.invalid/> { ?s ?p ?o } }", "http://nobody.invalid/")


@pytest.mark.parametrize("where", ["before it answers", "in its headers", "in its body"])
def test_a_slow_service_costs_the_others_nothing(tmp_path, make_host, service, where):
    def slowly(handler):
        if where != "before it answers":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        if where == "in its body":
            handler.wfile.write(b"Content-Type: application/sparql-results+json\r\nContent-Length: 1000000\r\n\r\n")
        while not service.released.wait(0.1):
            handler.wfile.write(b"X-Wait: 1\r\n" if where == "in its headers" else b" ")

    address = service("/s", slowly)
    host = make_host(tmp_path / "data", replace(BUDGET, workers=1, service_timeout=3.0), services=(address,))
    failed = []

    def ask_slowly():
        try:
            host.run(f"ASK {{ SERVICE <{address}> {{ ?s ?p ?o }} }}").read()
        except QueryTimeoutError as error:
            failed.append(error)

    thread = threading.Thread(target=ask_slowly)
    thread.start()
    assert service.arrived.wait(30)
    for _ in range(5):
        assert bindings(host.run("ASK {}").read())
    assert failed == []
    thread.join(30)
    (error,) = failed
    assert error.exceeded.limit == "service_timeout"
    assert error.exceeded.allowed == 3.0
    silent = f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}"
    assert bindings(host.run(silent).read()) == [{}]


def test_what_services_may_take_is_announced_where_it_is_met(ask, service):
    many = service("/many", says(solutions(*[ROW] * 30)))
    long = service("/long", says(solutions({"x": {"type": "literal", "value": "x" * 4000}})))
    budget = replace(BUDGET, service_rows=29, service_answer=7000, service_requests=2)
    text = "SELECT ?x {{ SERVICE <{}> {{ ?s ?p ?x }} SERVICE <{}> {{ ?x ?p ?o }} }}"
    met = {}
    for query in (
        f"SELECT ?x {{ SERVICE <{many}> {{ ?s ?p ?x }} }}",
        text.format(long, long),
        f"SELECT ?x {{ {f'SERVICE <{many}> {{}}' * 3} }}",
    ):
        with pytest.raises(QueryTooLargeError) as error:
            ask(query, many, long, budget=budget)
        met[error.value.exceeded.limit] = error.value.exceeded.allowed
    assert met == {"service_rows": 29, "service_answer": 7000, "service_requests": 2}
    assert len(service.heard) == 3
    assert ask(f"ASK {{ SERVICE SILENT <{many}> {{ ?s ?p ?x }} }}", many, long, budget=budget)


def test_a_body_without_end_is_not_read_to_its_end(ask, service):
    def endless(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        while not service.released.is_set():
            handler.wfile.write(b" " * 65536)

    address = service("/s", endless)
    with pytest.raises(QueryTooLargeError, match="more than 8388608 bytes"):
        ask(f"ASK {{ SERVICE <{address}> {{ ?s ?p ?o }} }}", address)


def test_few_queries_ask_at_a_time_and_who_hangs_up_makes_room(tmp_path, make_host, service):
    def waits(handler):
        service.released.wait(60)
        says(solutions(ROW))(handler)

    address = service("/s", waits)
    quick = service("/quick", says(solutions(ROW)))
    budget = replace(BUDGET, service_workers=1, patience=1.0, service_timeout=60.0)
    host = make_host(tmp_path / "data", budget, services=(address, quick))
    ours, theirs = socket.socketpair()
    with theirs:
        gone = []

        def ask_and_leave():
            try:
                host.run(f"ASK {{ SERVICE <{address}> {{ ?s ?p ?o }} }}", watch=theirs)
            except Exception as error:  # noqa: BLE001 - its name is what counts
                gone.append(type(error).__name__)

        thread = threading.Thread(target=ask_and_leave)
        thread.start()
        assert service.arrived.wait(30)
        with pytest.raises(QueryBusyError, match="No worker was free"):
            host.run(f"ASK {{ SERVICE <{quick}> {{ ?s ?p ?o }} }}")
        ours.close()
        thread.join(30)
    assert gone == ["HungUpError"]
    assert bindings(host.run(f"ASK {{ SERVICE <{quick}> {{ ?s ?p ?o }} }}").read())


def test_ten_thousand_solutions_go_to_the_worker_in_pieces(ask, service):
    rows = [{"x": {"type": "literal", "value": f"{n} {'æ' * 100}"}} for n in range(10_000)]
    address = service("/s", says(solutions(*rows)))
    text = f"SELECT (COUNT(DISTINCT ?x) AS ?n) (SUM(STRLEN(?x)) AS ?l) {{ SERVICE <{address}> {{ ?s ?p ?x }} }}"
    (row,) = ask(text, address, budget=replace(BUDGET, timeout=20.0))
    assert (row["n"]["value"], row["l"]["value"]) == ("10000", str(sum(len(each["x"]["value"]) for each in rows)))


def test_a_worker_has_no_network_even_to_who_is_listed(tmp_path, make_host, service):
    address = service("/s", says(solutions(ROW)))
    host = make_host(tmp_path / "data", BUDGET, services=(address,))
    request = Request(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?x }} }}", RESULTS, owner=host._owner_pid())
    with pytest.raises(QueryFailedError):
        host.send(request).read()
    with pytest.raises(QueryRefusedError):
        host.send(replace(request, text="SELECT * { SERVICE <http://127.0.0.1:9/> {} }", asks_services=True))
    assert service.heard == []


def test_the_service_says_that_it_asks_others_only_where_it_does(tmp_path, make_host):
    for services, feature in (((), False), (("http://127.0.0.1:9/",), True)):
        host = make_host(tmp_path / "data", BUDGET, services=services)
        answer = app_of(host, BASE).test_client().get("/sparql", headers={"Accept": "application/n-triples"})
        assert (b"sparql-service-description#BasicFederatedQuery" in answer.data) is feature
        assert ("service_timeout=20" in answer.headers["Samsvar-Limits"]) is feature


@pytest.mark.parametrize("address", [
    "10.0.0.1", "172.16.0.1", "192.168.1.1", "127.0.0.1", "127.8.8.8", "0.1.2.3", "169.254.169.254", "100.64.0.1", "100.100.100.200",
    "192.0.0.192", "168.63.129.16", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1",
    "2002:7f00:1::", "2001:0:1::", "fe80::1", "fe80::1%lo", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1",
])  # fmt: skip
def test_what_is_not_public_is_not_asked_by_a_name(address):
    assert not Allowed.parse("https://example.org/sparql").permits(address)
    assert not is_public(ip_address("::ffff:8.8.8.8")), "it is unwrapped first"


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "91.198.174.192", "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_what_is_public_is(address):
    assert Allowed.parse("https://example.org/sparql").permits(address)


@pytest.mark.parametrize(("entry", "inside", "outside"), [
    ("http://a.internal/ 10.2.0.0/16 fd00::/8", "10.2.3.4", "10.3.0.1"),
    ("http://a.internal/ 10.2.0.0/16", "::ffff:10.2.3.4", "127.0.0.1"),
    ("http://127.0.0.1:8080/", "127.0.0.1", "127.0.0.2"),
    ("http://[::1]/", "::1", "127.0.0.1"),
    ("http://[::ffff:127.0.0.1]/", "127.0.0.1", "::1"),
    ("http://localhost/", "127.0.0.1", "10.0.0.1"),
])  # fmt: skip
def test_the_operator_names_networks_that_are_not_public(entry, inside, outside):
    assert Allowed.parse(entry).permits(inside)
    assert not Allowed.parse(entry).permits(outside)


@pytest.mark.parametrize("entry", ["", " ", "sparql", "file:///etc/passwd", "gopher://127.0.0.1/", "http:///x", "http://u:p@example.org/",
                                   "http://example.org/#a", "http://example.org:99999/", "http://example.org:0/", "http://bløt.example/",
                                   "http://example.org/ 10.0.0.1/8", "http://example.org/ everywhere"])  # fmt: skip
def test_what_is_no_entry_of_the_list_is_said(entry):
    with pytest.raises(ValueError):
        Allowed.parse(entry)


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost."])
def test_loopback_by_another_name_is_refused(ask, service, host):
    address = service.url.replace("127.0.0.1", host) + "/s"
    service("/s", says(solutions(ROW)))
    with pytest.raises(
        (QueryRefusedError, ServiceFailedError), match=r"127\.0\.0\.1, which is not public|cannot be reached|::1"
    ):
        ask(f"ASK {{ SERVICE <{address}> {{ ?s ?p ?o }} }}", address)
    assert service.heard == []


def resolving(monkeypatch, *answers):
    """Lets names have these addresses, one answer after the other; returns the names that were asked for."""
    asked = []

    def getaddrinfo(host, port, **_):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in answers[len(asked) - 1]]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def test_a_name_that_also_has_a_private_address_is_refused_before_anything_is_sent(monkeypatch, service):
    resolving(monkeypatch, ["8.8.8.8", "127.0.0.1"])
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("it connected"))
    with pytest.raises(QueryRefusedError, match=r"lies at 127\.0\.0\.1.*SAMSVAR_SERVICE_ALLOW"):
        fetch(Allowed.parse("http://example.org/"), "ASK {}", Budget())


def test_a_name_is_resolved_once_whatever_it_means_later(monkeypatch, service):
    service("/s", says(solutions(ROW)))
    port = service.url.rpartition(":")[2]
    asked = resolving(monkeypatch, ["127.0.0.1"], ["169.254.169.254"])
    answer = fetch(Allowed.parse(f"http://example.org:{port}/s 127.0.0.1"), "ASK {}", Budget())
    assert answer.content == solutions(ROW)
    assert asked == ["example.org"]
    assert service.heard[0].headers["host"] == f"example.org:{port}"


def test_the_address_that_took_the_connection_is_checked_too(monkeypatch, service):
    resolving(monkeypatch, ["127.0.0.1"])
    monkeypatch.setattr(socket.socket, "getpeername", lambda _: ("10.0.0.1", 80))
    port = service.url.rpartition(":")[2]
    with pytest.raises(QueryRefusedError, match=r"10\.0\.0\.1"):
        fetch(Allowed.parse(f"http://example.org:{port}/s 127.0.0.1"), "ASK {}", Budget())
    assert service.heard == []


@pytest.fixture
def certificate(tmp_path):
    """A certificate for 127.0.0.1 that signs itself, and its key in the same file."""
    command = shutil.which("openssl")
    if command is None:
        pytest.skip("the command openssl, which makes the certificate, is not installed")
    place = tmp_path / "certificate.pem"
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    made += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", place, "-out", tmp_path / "only.pem"]
    subprocess.run([command, *made], check=True, capture_output=True)
    place.write_bytes(place.read_bytes() + (tmp_path / "only.pem").read_bytes())
    return place


@pytest.mark.parametrize("trusted", [True, False])
def test_a_certificate_is_checked(ask, certificate, monkeypatch, trusted):
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with listening(context) as service:
        address = service("/s", says(solutions(ROW)))
        text = f"SELECT ?x {{ SERVICE <{address}> {{ ?s ?p ?x }} }}"
        if trusted:
            assert ask(text, address) == [ROW]
        else:
            with pytest.raises(ServiceFailedError, match="no valid certificate"):
                ask(text, address)
            assert service.heard == []


def test_silent_hides_what_a_service_does_and_not_what_is_refused_here(monkeypatch):
    resolving(monkeypatch, ["127.0.0.1"], ["127.0.0.1"])
    setting = Setting((Allowed.parse("http://example.org/"),), Budget(), BASE, declares_prefixes=False)
    for silent in ("", "SILENT"):
        with pytest.raises(QueryRefusedError, match=r"lies at 127\.0\.0\.1"):
            with_answers(f"ASK {{ SERVICE {silent} <http://example.org/> {{ ?s ?p ?o }} }}", setting)
