"""The ledger of published URIs: a URI is never another kind of thing than it was, and the ledger is only added to."""

import sqlite3
from contextlib import closing

import pytest
from harbour_catalogue import AFTER, BEFORE, PREFIXES, QUAY, catalogue, iri, run
from pyoxigraph import NamedNode

from importers.base import Source
from ontologies.namespaces import DCAT, RDF
from registry import pipeline
from registry.app import create_app
from registry.services import Services

DATASETS = (
    f'{PREFIXES}@prefix dcat: <http://www.w3.org/ns/dcat#> .\n:kai a dcat:Dataset ; dct:title "Kaier"@nb .\n'
    ':kaier a dcat:Dataset ; dct:title "Andre kaier"@nb .\n'
)


def bring_datasets(services: Services) -> pipeline.Outcome:
    return pipeline.run(services, pipeline.Request([Source("data.ttl", DATASETS.encode())], "kaidata"))


def is_dataset(services: Services, name: str) -> bool:
    return any(services.store.reader().quads(NamedNode(iri(name)), RDF.type, DCAT.Dataset))


@pytest.mark.parametrize("retired", [False, True])
def test_a_uri_is_not_used_for_another_kind_of_thing(services: Services, retired: bool) -> None:
    run(services, BEFORE)
    if retired:
        run(services, catalogue(("los", "los", "person som viser fartøy vei")))
    outcome = bring_datasets(services)
    issues = {
        record.subject: {each.code for each in record.issues}
        for report in outcome.reports
        for record in report.records
        if record.status == "rejected"
    }
    assert "uri-reused" in issues[iri("kai")]
    assert not is_dataset(services, "kai")
    assert is_dataset(services, "kaier"), "the rest of the catalogue is stored"


def test_the_same_kind_of_thing_may_change_come_back_and_stand_in_two_catalogues(services: Services) -> None:
    for content in (BEFORE, AFTER, BEFORE):
        assert run(services, content).counts["rejected"] == 0
    other = pipeline.run(services, pipeline.Request([Source("b.ttl", catalogue(QUAY))], "annen"))
    assert other.counts["rejected"] == 0


def test_a_register_without_a_ledger_gets_one_with_all_that_it_holds(services: Services) -> None:
    run(services, BEFORE)
    services.published.path.unlink(missing_ok=True)
    run(services, AFTER)
    services.index.path.unlink()
    assert services.published.kinds([iri("kai"), iri("taubat"), iri("none")], 2) == {
        iri("kai"): {"concept"},
        iri("taubat"): {"concept"},
    }


def test_nothing_is_ever_taken_out_of_the_ledger(services: Services) -> None:
    run(services, BEFORE)
    run(services, AFTER)
    for statement in ("DELETE FROM published", "UPDATE published SET kind = 'x'"):
        with closing(sqlite3.connect(services.published.path)) as connection, pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)


def test_a_preview_foresees_what_is_left_out(services: Services) -> None:
    run(services, BEFORE)
    request = pipeline.Request([Source("data.ttl", DATASETS.encode())], "kaidata", dry_run=True)
    outcome = pipeline.run(services, request)
    assert outcome.plan is not None
    new = {thing.uri for graph in outcome.plan.graphs for thing in graph.difference.things if thing.kind == "dataset"}
    assert new == {iri("kaier")}
    rejected = {record.subject for each in outcome.reports for record in each.records if record.status == "rejected"}
    assert iri("kai") in rejected


GRAPH = "http://localhost:8000/graph/catalogue/havn"
ELSEWHERE = "https://annet.example/graf"
DATASET = "<https://havn.example/begrep/kai> a dcat:Dataset"
REUSED = [
    f"INSERT DATA {{ GRAPH <{ELSEWHERE}> {{ {DATASET} }} }}",
    f"INSERT DATA {{ {DATASET} }}",
    f"CLEAR GRAPH <{GRAPH}> ; INSERT DATA {{ GRAPH <{GRAPH}> {{ {DATASET} }} }}",
    f"WITH <{GRAPH}> DELETE {{ ?kai a skos:Concept }} INSERT {{ ?kai a dcat:Dataset }} WHERE {{ ?kai skos:prefLabel 'kai'@nb }}",
]


@pytest.fixture
def send(services: Services):
    """Sends an update, or a graph, as an administrator."""
    run(services, BEFORE)
    headers = {"Authorization": f"Bearer {services.tokens.create('administrator')[1]}"}
    client = create_app(services.settings).test_client(use_cookies=False)
    kinds = {"POST": "application/sparql-update", "PUT": "text/turtle"}
    return lambda method, path, text: client.open(
        path, method=method, data=text, content_type=kinds[method], headers=headers
    )


@pytest.mark.parametrize("text", REUSED)
def test_an_update_makes_nothing_another_kind_of_thing(services: Services, send, text: str) -> None:
    before = services.store.reader().generation
    answer = send("POST", "/sparql", text)
    assert (answer.status_code, answer.json["type"]) == (409, "/problems/uri-reused")
    assert iri("kai") in answer.json["detail"]
    assert services.store.reader().generation == before


def test_an_upload_makes_nothing_another_kind_of_thing_though_it_replaces_the_graph(services: Services, send) -> None:
    answer = send("PUT", f"/graphs?graph={GRAPH}", DATASETS)
    assert answer.json["type"] == "/problems/uri-reused"
    assert not is_dataset(services, "kaier"), "nothing of a write that is refused is stored"


def test_a_thing_that_is_gone_for_many_generations_keeps_its_kind(services: Services, send) -> None:
    assert send("POST", "/sparql", f"DROP GRAPH <{GRAPH}>").status_code == 204
    for number in range(7):
        text = f"INSERT DATA {{ GRAPH <{ELSEWHERE}> {{ <{iri('ny')}{number}> a skos:Concept }} }}"
        assert send("POST", "/sparql", text).status_code == 204
    assert send("POST", "/sparql", REUSED[0]).status_code == 409
    too = f"INSERT DATA {{ GRAPH <{ELSEWHERE}> {{ <{iri('ny')}0> a dcat:Dataset }} }}"
    assert send("POST", "/sparql", too).status_code == 204, "what still is what it was may be something else too"
    gone = f"DELETE DATA {{ GRAPH <{ELSEWHERE}> {{ <{iri('ny')}1> a skos:Concept }} }}"
    other = f"INSERT DATA {{ GRAPH <{ELSEWHERE}> {{ <{iri('ny')}1> a dcat:Dataset }} }}"
    assert send("POST", "/sparql", f"{gone} ; {other}").status_code == 409, "a thing without a name is published too"
