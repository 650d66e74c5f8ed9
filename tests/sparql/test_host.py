import fcntl
import json
import os
import resource
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, RdfFormat, Triple, parse, parse_query_results

from sparql.errors import (
    QueryBusyError,
    QueryError,
    QueryFailedError,
    QueryMemoryError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
    QueryTooLargeError,
    StoreError,
)
from sparql.formats import N_TRIPLES, RDF_FORMATS, RESULT_FORMATS
from sparql.query_host.host import HungUpError, QueryHost
from sparql.query_host.preparing import place_of
from sparql.query_host.processes import Child
from sparql.query_host.wire import Request

from .conftest import BASE, PUBLIC, QUICK

JSON_RESULTS = RESULT_FORMATS[0]
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ENDLESS_ROWS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"


def value(host: QueryHost, text: str, **options: object) -> str:
    rows = json.loads(host.run(text, **options).read())["results"]["bindings"]
    return next(iter(rows[0].values()))["value"]


def ask(host: QueryHost, text: str = "ASK {}") -> bool:
    return json.loads(host.run(text).read())["boolean"]


def asks_memory(host: QueryHost) -> bool:
    """Whether the host answers from memory by now."""
    answer = host.run("SELECT ?now { BIND (NOW() AS ?now) }")
    answer.read()
    return answer.head["place"] == "memory"


def raw(host: QueryHost, text: str) -> bytes:
    """Past the gate."""
    return host.send(Request(text=text, media_type=JSON_RESULTS.media_type, owner=os.getpid())).read()


def descendants(name: str) -> set[int]:
    """Processes whose command line names the host."""
    found = set()
    for each in Path("/proc").iterdir():
        if each.name.isdecimal():
            try:
                command = (each / "cmdline").read_bytes()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if name.encode() in command:
                found.add(int(each.name))
    return found


def by_age(name: str) -> list[int]:
    """The same, the oldest first: the dispatcher, then zygotes and workers. Ids begin anew after the largest one."""
    begun = {
        pid: int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]) for pid in descendants(name)
    }
    return sorted(begun, key=lambda pid: (begun[pid], pid))


def until(condition, seconds=30.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def test_the_default_graph_is_the_union_of_the_public_graphs(host):
    assert value(host, COUNT) == str(PUBLIC)
    assert value(host, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }") == "265"


def test_plain_is_the_default_graph_proper(small_register, make_host):
    assert value(make_host(small_register, default_graph="plain"), COUNT) == "0"


@pytest.mark.parametrize("form", RESULT_FORMATS, ids=lambda each: each.suffix)
def test_results_in_every_format(host, form):
    answer = host.run("SELECT ?o ?missing { ?s ?p ?o } ORDER BY ?o LIMIT 2", format=form)
    content = answer.read()
    assert answer.media_type == form.content_type
    assert "verdi 0 æøå" in content.decode()
    if form.engine in (QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.TSV):
        rows = list(parse_query_results(content, format=form.engine))
        assert [row["o"].value for row in rows] == ["verdi 0 æøå", "verdi 0 æøå"]


@pytest.mark.parametrize("form", RESULT_FORMATS, ids=lambda each: each.suffix)
def test_ask_in_every_format(host, form):
    assert b"true" in host.run("ASK { ?s ?p ?o }", format=form).read()


@pytest.mark.parametrize("syntax", RDF_FORMATS, ids=lambda each: each.suffix)
def test_graphs_in_every_syntax(host, syntax):
    answer = host.run("CONSTRUCT { ?s <http://example.org/q> ?o } WHERE { ?s ?p ?o }", format=syntax)
    assert answer.media_type == syntax.content_type
    assert len({quad.triple for quad in parse(answer.read(), format=syntax.engine)}) == PUBLIC


def test_describe(host):
    answer = host.run(f"DESCRIBE <{BASE}/catalogue/a/1>", format=N_TRIPLES)
    assert [quad.object.value for quad in parse(answer.read(), format=RdfFormat.N_TRIPLES)] == ["verdi 1 æøå"]


def test_the_columns_of_select_star_stand_in_the_order_of_the_query(host):
    assert json.loads(host.run("SELECT * { ?z ?p ?a } LIMIT 1").read())["head"]["vars"] == ["z", "p", "a"]


def test_prefixes_of_the_register_are_known(host):
    assert not ask(host, "ASK { ?s skos:prefLabel ?o }")


def test_relative_iris_are_resolved_against_the_endpoint(host):
    assert ask(host, "ASK { <catalogue/a/1> ?p ?o }")


def test_an_unknown_function_leaves_its_variable_unbound(host):
    rows = json.loads(host.run("SELECT (<http://e/f>(1) AS ?x) (<http://e/g>(1) AS ?y) (1 AS ?z) {}").read())
    assert list(rows["results"]["bindings"][0]) == ["z"]


def test_what_other_engines_take(host):
    rows = json.loads(host.run("SELECT ?s ?s { ?s ?p ?o FILTER(True) } LIMIT 1").read())
    assert rows["head"]["vars"] == ["s"]


@pytest.mark.parametrize(
    ("options", "text", "expected"),
    [
        ({"default_graphs": [f"{BASE}/graph/provenance"]}, COUNT, "10"),
        ({"default_graphs": [f"{BASE}/graph/provenance", f"{BASE}/graph/findings"]}, COUNT, "15"),
        ({"default_graphs": ["http://example.org/none"]}, COUNT, "0"),
        ({"named_graphs": [f"{BASE}/graph/findings"]}, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", "5"),
        ({"named_graphs": [f"{BASE}/graph/findings"]}, COUNT, "0"),
        ({"default_graphs": [f"{BASE}/graph/findings"]}, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", "0"),
        ({"default_graphs": [f"{BASE}/graph/findings"]}, "SELECT (COUNT(*) AS ?n) FROM <http://localhost:8000/graph/provenance> { ?s ?p ?o }", "5"),
        ({}, "SELECT (COUNT(*) AS ?n) FROM <http://localhost:8000/graph/vocabulary/los> { ?s ?p ?o }", "50"),
        ({}, "SELECT (COUNT(*) AS ?n) FROM <http://127.0.0.1:1/> FROM NAMED <file:///etc/hostname> { ?s ?p ?o }", "0"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("on_disk", [False, True], ids=["in memory", "on disk"])
def test_datasets(host, small_register, make_host, options, text, expected, on_disk):
    asked = make_host(small_register, replace(QUICK, in_memory=0)) if on_disk else host
    assert value(asked, text, **options) == expected


def test_a_generation_on_disk_answers_as_the_one_in_memory(small_register, make_host):
    on_disk = make_host(small_register, replace(QUICK, in_memory=0))
    assert value(on_disk, COUNT) == str(PUBLIC)
    assert value(on_disk, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }") == "265"


def test_an_empty_register_answers(tmp_path, make_host):
    assert not ask(make_host(tmp_path / "nothing" / "yet"), "ASK { ?s ?p ?o }")


@pytest.mark.parametrize(
    "text", ["SELEKT * {}", "SELECT * {\n ?s ?p }", "", "SELECT ?s { ?s nowhere:x ?o }", "ASK { ?s ?p '\ud800' }"]
)
def test_what_is_not_sparql_is_said_to_be_not_sparql(host, text):
    with pytest.raises(QuerySyntaxError):
        host.run(text)


def test_group_concat_gives_a_plain_string(host):
    text = "SELECT (GROUP_CONCAT(?x; SEPARATOR='-') AS ?y) { VALUES ?x { 'a'@en 'b'@en } }"
    assert json.loads(host.run(text).read())["results"]["bindings"] == [{"y": {"type": "literal", "value": "a-b"}}]


def test_an_error_behind_a_rewriting_is_told_where_it_was_sent(host):
    with pytest.raises(QuerySyntaxError) as caught:
        host.run("SELECT (GROUP_CONCAT(?x) AS ?y) { ?x }")
    assert place_of(caught.value) == (1, 38)


def test_a_syntax_error_says_where(host):
    with pytest.raises(QuerySyntaxError, match="Line 2, column 8"):
        host.run("SELECT * {\n ?s ?p }")


@pytest.mark.parametrize("text", [ENDLESS, ENDLESS_ROWS + " ORDER BY ?a LIMIT 1"])
def test_an_endless_query_is_killed_and_the_next_is_answered(host, text):
    begun = time.monotonic()
    with pytest.raises((QueryTimeoutError, QueryMemoryError)):
        host.run(text)
    assert time.monotonic() - begun < QUICK.timeout + 5.0
    assert ask(host)


def test_an_answer_that_comes_too_late_is_cut_and_not_closed(host):
    answer = host.run(ENDLESS_ROWS)
    assert next(answer.chunks)
    with pytest.raises(QueryTimeoutError):
        list(answer.chunks)
    assert ask(host)


def test_a_query_that_eats_memory_is_stopped_and_the_next_is_answered(small_register, make_host):
    host = make_host(small_register, replace(QUICK, timeout=20.0))
    with pytest.raises(QueryMemoryError, match="150 MiB"):
        host.run(HUNGRY)
    assert ask(host)


@pytest.mark.parametrize("inside", ["{%s}", "OPTIONAL{?s ?p ?o %s}", "FILTER EXISTS{?s ?p ?o %s}"])
def test_nesting_past_the_gate_hurts_nobody_else(host, inside):
    text = ""
    before, _, after = inside.partition("%s")
    levels = 20_000 // len(inside)
    text = "ASK {" + before * levels + after * levels + "}"
    try:
        raw(host, text)
    except QueryError as error:
        assert isinstance(error, QueryTimeoutError | QueryFailedError | QueryMemoryError)  # noqa: PT017 - or an answer
    assert ask(host)


def test_a_worker_that_crashes_is_replaced(host):
    deep = "ASK " + "{" * 900_000 + "}" * 900_000
    with pytest.raises((QueryFailedError, QueryTimeoutError, QueryMemoryError)):
        raw(host, deep)
    assert ask(host)


@pytest.fixture
def canary():
    """The address of a listener on loopback, and what it heard."""
    heard = []

    class Canary(BaseHTTPRequestHandler):
        def do_POST(self):
            heard.append(self.path)

        do_GET = do_POST

    server = HTTPServer(("127.0.0.1", 0), Canary)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/", heard
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("on_disk", [False, True], ids=["in memory", "on disk"])
def test_nothing_goes_out(small_register, make_host, canary, on_disk):
    host = make_host(small_register, replace(QUICK, in_memory=0) if on_disk else QUICK)
    address, heard = canary
    text = f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"
    with pytest.raises(QueryRefusedError, match="SERVICE"):
        host.run(text)
    with pytest.raises(QueryFailedError):
        raw(host, text)
    with pytest.raises(QuerySyntaxError):
        raw(host, f"LOAD <{address}>")
    assert heard == []
    assert value(host, COUNT) == str(PUBLIC)


def test_too_long_a_query_is_refused(host):
    with pytest.raises(QueryTooLargeError, match="65536"):
        host.run("ASK { # " + "x" * 70_000 + "\n}")


def test_too_large_an_answer_is_cut(small_register, make_host):
    host = make_host(small_register, replace(QUICK, answer=200_000))
    with pytest.raises(QueryTooLargeError, match="200000 bytes"):
        host.run("SELECT * { ?a ?b ?c . ?d ?e ?f }").read()
    assert ask(host)


def test_closing_an_answer_frees_its_worker(small_register, make_host):
    host = make_host(small_register, replace(QUICK, workers=1, timeout=20.0))
    answer = host.run(ENDLESS_ROWS)
    next(answer.chunks)
    answer.chunks.close()
    begun = time.monotonic()
    assert ask(host)
    assert time.monotonic() - begun < 10.0
    assert list(answer.chunks) == []


def test_a_client_that_hangs_up_frees_its_worker(small_register, make_host):
    host = make_host(small_register, replace(QUICK, workers=1, timeout=20.0))
    assert ask(host)
    ours, theirs = socket.socketpair()
    timer = threading.Timer(0.3, theirs.close)
    timer.start()
    begun = time.monotonic()
    with ours, pytest.raises(HungUpError):
        host.run(ENDLESS, watch=ours)
    assert ask(host)
    assert time.monotonic() - begun < 10.0
    timer.join()


@pytest.fixture
def many_files():
    """Descriptors above 1,023, which select() does not take."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    if before[1] < 4096:
        pytest.skip("the system gives a process fewer than 4,096 descriptors")
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.usefixtures("many_files")
def test_a_client_may_have_any_descriptor(host):
    ours, theirs = socket.socketpair()
    with ours, theirs, socket.socket(fileno=fcntl.fcntl(ours, fcntl.F_DUPFD_CLOEXEC, 2000)) as high:
        assert b"true" in host.run("ASK {}", watch=high).read()


def test_a_client_that_resets_its_connection_has_hung_up(small_register, make_host):
    host = make_host(small_register, replace(QUICK, workers=1, timeout=20.0))
    with socket.create_server(("127.0.0.1", 0)) as server:
        theirs = socket.create_connection(server.getsockname())
        ours, _ = server.accept()
    theirs.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    theirs.close()
    with ours, pytest.raises(HungUpError):
        host.run(ENDLESS, watch=ours)
    assert ask(host)


def test_an_answer_ends_well_where_the_register_was_damaged_meanwhile(store, make_host):
    host = make_host(store.directory, replace(QUICK, timeout=20.0))
    answer = host.run("SELECT ?a ?c ?d { ?a ?b ?c . ?d ?e ?f } LIMIT 20000")
    begun = next(answer.chunks)
    (store.directory / "current").write_text("99 missing")
    rows = json.loads(begun + answer.read())["results"]["bindings"]
    assert len(rows) == 20_000
    with pytest.raises(StoreError, match="samsvar restore"):
        ask(host)


def test_a_client_that_sends_its_next_request_has_not_hung_up(host):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.send(b"GET / HTTP/1.1")
        assert b"true" in host.run("ASK {}", watch=ours).read()


def test_a_slow_reader_keeps_its_time(small_register, make_host):
    host = make_host(small_register)
    answer = host.run("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 30000")
    pieces = [next(answer.chunks)]
    time.sleep(QUICK.timeout + 0.5)
    pieces += list(answer.chunks)
    assert len(json.loads(b"".join(pieces))["results"]["bindings"]) == 30_000


def test_a_reader_who_stops_reading_is_cut(small_register, make_host):
    host = make_host(small_register, replace(QUICK, workers=1, slow_reader=0.5))
    answer = host.run(ENDLESS_ROWS)
    assert ask(host)
    with pytest.raises(QueryTimeoutError, match="slowly"):
        list(answer.chunks)


def test_queries_beyond_the_workers_wait_and_beyond_the_queue_are_refused(small_register, make_host):
    host = make_host(small_register, replace(QUICK, workers=1, waiting=1, patience=0.3, timeout=2.0))
    answer = host.run(ENDLESS_ROWS)
    with pytest.raises(QueryBusyError, match="No worker was free"):
        host.run("ASK {}")
    errors = []

    def busy():
        try:
            host.run("ASK {}")
        except QueryBusyError as error:
            errors.append(str(error))

    threads = [threading.Thread(target=busy) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([each for each in errors if "wait already" in each]) == 2
    answer.chunks.close()
    assert ask(host)


def test_one_client_cannot_take_every_worker(small_register, make_host):
    host = make_host(small_register, replace(QUICK, workers=2, per_client=1, timeout=20.0, patience=0.3))
    answer = host.run(ENDLESS_ROWS, client="greedy")
    with pytest.raises(QueryBusyError):
        host.run("ASK {}", client="greedy")
    assert b"true" in host.run("ASK {}", client="modest").read()
    answer.chunks.close()


def test_a_query_sees_what_was_just_written(store, make_host):
    host = make_host(store.directory)
    for number in range(3):
        subject = NamedNode(f"{BASE}/new/{number}")
        with store.session() as session:
            triple = Triple(subject, NamedNode("http://example.org/p"), Literal("ny"))
            session.insert(NamedNode(f"{BASE}/graph/catalogue/a"), [triple])
        assert ask(host, f"ASK {{ <{subject.value}> ?p ?o }}")
    assert value(host, COUNT) == str(PUBLIC + 3)


def test_a_large_generation_is_asked_on_disk_until_it_is_in_memory(store, make_host):
    host = make_host(store.directory, replace(QUICK, at_once=0, calm=0.1))
    assert value(host, COUNT) == str(PUBLIC)
    until(lambda: asks_memory(host), 60)
    assert value(host, COUNT) == str(PUBLIC)
    with store.session() as session:
        session.replace_graph(NamedNode(f"{BASE}/graph/catalogue/a"), [])
    assert value(host, COUNT) == str(PUBLIC - 100)


def test_a_query_at_work_keeps_its_generation(store, make_host):
    host = make_host(store.directory)
    answer = host.run("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 40000")
    first = next(answer.chunks)
    with store.session() as session:
        session.replace_graph(NamedNode(f"{BASE}/graph/catalogue/a"), [])
    assert value(host, COUNT) == str(PUBLIC - 100)
    assert len(json.loads(first + answer.read())["results"]["bindings"]) == 40_000


def test_a_killed_host_is_back_for_the_next_query(small_register, make_host):
    host = make_host(small_register, replace(QUICK, timeout=3.0))
    assert ask(host)
    before = descendants(host.name)
    for pid in before:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    assert value(host, COUNT) == str(PUBLIC)
    assert not before & descendants(host.name)


def test_only_the_dispatcher_killed_takes_all_with_it(small_register, make_host):
    host = make_host(small_register, replace(QUICK, timeout=4.0))
    answer = host.run(ENDLESS_ROWS)
    before = descendants(host.name)
    os.kill(by_age(host.name)[0], signal.SIGKILL)
    with pytest.raises(QueryError, match="cut"):
        list(answer.chunks)
    assert ask(host)
    until(lambda: not before & descendants(host.name))


def test_a_zygote_that_dies_is_replaced(small_register, make_host):
    host = make_host(small_register, replace(QUICK, timeout=5.0))
    assert ask(host)
    dispatcher, zygote, *_ = by_age(host.name)
    os.kill(zygote, signal.SIGKILL)
    until(lambda: zygote not in descendants(host.name))
    assert value(host, COUNT) == str(PUBLIC)
    assert dispatcher in descendants(host.name)


def test_a_query_whose_zygote_dies_is_given_to_another(small_register, make_host):
    """The host has not heard yet that the zygote is gone when it hands the query over."""
    host = make_host(small_register, replace(QUICK, timeout=5.0))
    for number in range(20):
        assert value(host, f"{COUNT} LIMIT {number + 1}") == str(PUBLIC)
        _, *zygotes = by_age(host.name)
        for zygote in zygotes[:1]:
            os.kill(zygote, signal.SIGKILL)


def test_a_query_at_work_when_its_zygote_dies_is_begun_anew(small_register, make_host):
    host = make_host(small_register, replace(QUICK, timeout=2.0))
    assert ask(host)
    _, zygote, *_ = by_age(host.name)
    threading.Timer(0.5, os.kill, (zygote, signal.SIGKILL)).start()
    begun = time.monotonic()
    with pytest.raises(QueryTimeoutError):
        host.run(ENDLESS).read()
    assert time.monotonic() - begun > 2.4


def test_many_processes_share_one_host(small_register, make_host):
    host = make_host(small_register, replace(QUICK, timeout=6.0))
    program = (
        "import sys, json; from pathlib import Path; from sparql.query_host.host import QueryHost; from sparql.budget import Budget;"
        f"host = QueryHost(Path(sys.argv[1]), {BASE!r}, Budget(**json.loads(sys.argv[2])), owner=int(sys.argv[3]));"
        "assert b'true' in host.run('ASK {}').read()"
    )
    root = Path(__file__).parent.parent.parent
    command = [sys.executable, "-c", program, str(small_register), json.dumps(host.budget.as_dict()), str(os.getpid())]
    running = [subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(root)}) for _ in range(4)]
    assert [each.wait(20) for each in running] == [0, 0, 0, 0]
    listeners = [line for line in Path("/proc/net/unix").read_text().splitlines() if f"{host.name}.sock" in line]
    assert len({line.split()[6] for line in listeners if line.split()[3] == "00010000"}) == 1


def test_the_host_ends_with_its_owner(small_register):
    program = (
        "import sys; from pathlib import Path; from sparql.query_host.host import QueryHost; from sparql.budget import Budget;"
        f"host = QueryHost(Path(sys.argv[1]), {BASE!r}, Budget(timeout=7.0)); host.run('ASK {{}}').read(); print(host.name)"
    )
    root = Path(__file__).parent.parent.parent
    done = subprocess.run(
        [sys.executable, "-c", program, str(small_register)],
        env={**os.environ, "PYTHONPATH": str(root)}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    name = done.stdout.strip()
    assert name.startswith("query-")
    until(lambda: not descendants(name))


def test_a_data_directory_with_a_long_path_works(tmp_path, make_host):
    directory = tmp_path / ("lang-" * 20) / ("sti-" * 20)
    assert not ask(make_host(directory), "ASK { ?s ?p ?o }")


def test_a_damaged_register_is_said_to_be_damaged(store, make_host):
    (store.directory / "current").write_text("nonsense")
    host = make_host(store.directory)
    with pytest.raises(Exception, match="damaged"):
        host.run("ASK {}")


def test_xml_results_are_well_formed_whatever_the_text(host):
    from lxml import etree

    answer = host.run('SELECT ("a\\u0001b\\uFFFEc" AS ?x) {}', format=RESULT_FORMATS[1])
    assert etree.fromstring(answer.read()) is not None
    many = host.run('SELECT ("\\uFFFEabcdefghijkl" AS ?x) { ?a ?b ?c . ?d ?e ?f }', format=RESULT_FORMATS[1])
    assert len(etree.fromstring(many.read(), etree.XMLParser(huge_tree=True))[1]) == PUBLIC * PUBLIC


def test_a_data_directory_that_cannot_be_written_is_named(tmp_path, make_host):
    (tmp_path / "file").write_text("")
    with pytest.raises(QueryFailedError, match="data directory"):
        make_host(tmp_path / "file" / "data").run("ASK {}")


def test_a_host_without_a_descriptor_left_lets_clients_wait(store, make_host):
    """As when too many files are open: it must neither end nor turn in circles, and goes on when there is one again."""
    host = make_host(store.directory, replace(QUICK, patience=30.0))
    assert ask(host)
    pid = by_age(host.name)[0]
    open_now = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    most = resource.prlimit(pid, resource.RLIMIT_NOFILE)[1]
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (open_now + 8, most))
    idle = [host._try() for _ in range(20)]
    until(lambda: len(list(Path(f"/proc/{pid}/fd").iterdir())) == open_now + 8)
    with ThreadPoolExecutor(1) as pool:
        waits = pool.submit(ask, host)
        busy = processor_time(pid)
        time.sleep(1)
        assert processor_time(pid) - busy < 0.5
        assert not waits.done()
        for each in idle:
            each.close()
        assert waits.result(30)
    assert pid in descendants(host.name)


def processor_time(pid: int) -> float:
    """Seconds that a process has worked."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_a_child_is_ended_once_and_nobody_else_with_it():
    def forked(life: float) -> int:
        pid = os.fork()
        if pid == 0:
            time.sleep(life)
            os._exit(0)
        return pid

    pid = forked(60)
    child = Child(pid)
    child.end()
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
    child.end()
    pid = forked(0)
    child = Child(pid)
    os.waitpid(pid, 0)
    child.end()
    Child(pid).end()
