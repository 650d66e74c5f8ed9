"""A whole register that a service keeps: imports, findings, search, pages and queries, on two hosts with two processes."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import requests
from click.testing import CliRunner
from flask.testing import FlaskClient
from live_server import environment, get, served
from pyoxigraph import NamedNode
from register_support import BASE
from remote_services import native_server, virtuoso_server

from registry.app import create_app
from registry.cli import main
from registry.cli_import import load_samples
from registry.harmonisation.listing import counts
from registry.services import Services, build_services
from registry.settings import Settings
from sparql.remote.service import RemoteService
from sparql.remote.store import RemoteStore

pytestmark = pytest.mark.slow
SERVERS = {"native": native_server, "virtuoso": virtuoso_server}
CONCEPTS = "SELECT (COUNT(*) AS ?n) WHERE { ?c a <http://www.w3.org/2004/02/skos/core#Concept> }"
OWN = f"""@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<{BASE}/ferge> a skos:Concept ; skos:prefLabel "ferjeleie"@nb ; skos:definition "sted der ferjer legger til"@nb ."""


@pytest.fixture(scope="module", params=SERVERS)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteService]:
    with SERVERS[request.param](tmp_path_factory.mktemp(request.param)) as found:
        yield found


def variables(service: RemoteService) -> dict[str, str]:
    """The settings of a register that the service keeps, as an operator sets them."""
    kind = "virtuoso" if service.user else "oxigraph"
    found = {
        "STORE": service.host,
        "STORE_DIALECT": kind,
        "STORE_USER": service.user,
        "STORE_PASSWORD": service.password,
    }
    return {f"SAMSVAR_{name}": value for name, value in found.items()}


def host(service: RemoteService, data: Path) -> Services:
    names = {name.removeprefix("SAMSVAR_").lower(): value for name, value in variables(service).items()}
    return build_services(Settings(data=data, uri_base=BASE, store_follow=0.1, **names))


@pytest.fixture(scope="module")
def first(service: RemoteService, tmp_path_factory: pytest.TempPathFactory) -> Services:
    """The sample register, imported on one host."""
    services = host(service, tmp_path_factory.mktemp("first") / "data")
    outcomes = list(load_samples(services))
    assert not [error for outcome in outcomes for error in outcome.unreadable]
    return services


@pytest.fixture(scope="module")
def second(first: Services, service: RemoteService, tmp_path_factory: pytest.TempPathFactory) -> Services:
    """Another host, whose data directory was empty."""
    return host(service, tmp_path_factory.mktemp("second") / "data")


def client(services: Services) -> FlaskClient:
    return create_app(services.settings).test_client(use_cookies=False)


def test_the_register_is_the_one_that_a_directory_alone_would_hold(first: Services, demo_services: Services) -> None:
    ours, alone = first.store.reader(), demo_services.store.reader()
    told = {demo_services.urls.provenance.value}  # who wrote what and when differs, as it should
    assert {each for each in ours.graphs().items() ^ alone.graphs().items() if each[0] not in told} == set()
    for graph in ours.graphs():
        if "provenance" not in graph:  # which has the times of imports
            assert sorted(ours.n_triples(NamedNode(graph)).splitlines()) == sorted(
                alone.n_triples(NamedNode(graph)).splitlines()
            )
    assert counts(ours) == counts(alone)


def test_another_host_has_everything_from_the_service(first: Services, second: Services) -> None:
    assert set(second.store.reader().quads()) == set(first.store.reader().quads())
    assert second.store.reader().generation == first.store.reader().generation


@pytest.mark.parametrize(
    "path", ["/", "/terms/barn", "/conflicts", "/concepts?q=barn", "/search?q=inntekt", "/catalogues"]
)
def test_pages_of_every_host_are_the_same(first: Services, second: Services, path: str) -> None:
    pages = [client(each).get(path, follow_redirects=True) for each in (first, second)]
    assert [page.status_code for page in pages] == [200, 200]
    assert pages[0].text == pages[1].text


def test_queries_are_answered_by_every_host(first: Services, second: Services, demo_services: Services) -> None:
    asked = f"/sparql?query={quote(CONCEPTS)}"
    found = [client(each).get(asked).json["results"] for each in (first, second, demo_services)]
    assert found[0] == found[1] == found[2]


def test_what_one_host_writes_the_processes_of_another_show(
    first: Services, second: Services, service: RemoteService, tmp_path: Path
) -> None:
    (tmp_path / "own.ttl").write_text(OWN)
    with served(second.store.directory, tmp_path, SAMSVAR_URI_BASE=BASE, **variables(service)) as (port, _):
        before = json.loads(get(port, "/readyz")[1])["generation"]
        command = [sys.executable, "-m", "registry", "import", str(tmp_path / "own.ttl"), "--catalogue", "ferjer"]
        settings = environment(first.store.directory, SAMSVAR_URI_BASE=BASE, **variables(service))
        subprocess.run(command, env=settings, check=True, capture_output=True)
        for _ in range(600):
            if json.loads(get(port, "/readyz")[1])["generation"] > before:
                break
            time.sleep(0.1)
        assert "ferjeleie" in get(port, "/concepts?q=ferjeleie", "text/html")[1].decode()
        assert "sted der ferjer legger til" in get(port, "/terms/ferjeleie", "text/html")[1].decode()
        ask = quote('ASK { ?c ?p "ferjeleie"@nb }')
        assert json.loads(get(port, f"/sparql?query={ask}", "application/sparql-results+json")[1])["boolean"] is True
        ready = json.loads(get(port, "/readyz")[1])
        assert ready["store"] == {"address": service.host, "error": ""}


def test_an_empty_data_directory_is_filled_from_the_service(first: Services, service: RemoteService) -> None:
    kept = {each: client(first).get(each).text for each in ("/terms/barn", "/concepts?q=barn", "/")}
    data = first.store.directory
    for name in ("generations", "master", "differences", "notes"):
        shutil.rmtree(data / name, ignore_errors=True)
    for name in ("current", "index.db", "published.db"):
        (data / name).unlink(missing_ok=True)
    again = host(service, data)
    assert {each: client(again).get(each).text for each in kept} == kept


def test_doctor_reads_the_service_and_says_when_it_is_away(second: Services, service: RemoteService) -> None:
    settings = {"SAMSVAR_DATA": str(second.store.directory), "SAMSVAR_URI_BASE": BASE, **variables(service)}
    done = CliRunner().invoke(main, ["doctor"], env=settings)
    assert done.exit_code == 0, done.output
    assert "ok    store: Revision" in done.output
    away = CliRunner().invoke(main, ["doctor"], env={**settings, "SAMSVAR_STORE": "http://127.0.0.1:9"})
    assert away.exit_code == 1
    assert "cannot be reached" in away.output
    assert service.password not in away.output or not service.password


def test_a_service_that_is_away_refuses_imports_only(second: Services, tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(OWN)
    settings = {
        "SAMSVAR_DATA": str(second.store.directory),
        "SAMSVAR_URI_BASE": BASE,
        "SAMSVAR_STORE": "http://127.0.0.1:9",
    }
    done = CliRunner().invoke(main, ["import", str(tmp_path / "own.ttl"), "--catalogue", "annet"], env=settings)
    assert done.exit_code != 0
    assert "nothing can be written until it is back" in " ".join(done.output.split())
    away = build_services(Settings(data=second.store.directory, uri_base=BASE, store="http://127.0.0.1:9"))
    assert isinstance(away.store, RemoteStore)
    ready = client(away).get("/readyz")
    assert ready.status_code == 200
    assert "cannot be reached" in ready.json["store"]["error"]
    assert client(away).get("/terms/barn").status_code == 200


def test_the_service_itself_can_be_asked_for_the_register(first: Services, service: RemoteService) -> None:
    if service.user:
        pytest.skip("Virtuoso's login is Digest, which the client of this test does not do")
    query = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{BASE}/graph/catalogue/eksempel-skatt> {{ ?s ?p ?o }} }}"
    answer = requests.get(
        service.query, params={"query": query}, headers={"Accept": "application/sparql-results+json"}, timeout=20
    )
    held = first.store.reader().graphs()[f"{BASE}/graph/catalogue/eksempel-skatt"]
    assert int(answer.json()["results"]["bindings"][0]["n"]["value"]) == held
