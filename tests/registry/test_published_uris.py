"""The ledger of published URIs: a URI is never another kind of thing than it was, and the ledger is only added to."""

import sqlite3
from contextlib import closing

import pytest
from harbour_catalogue import AFTER, BEFORE, PREFIXES, QUAY, catalogue, iri, run
from pyoxigraph import NamedNode

from importers.base import Source
from ontologies.namespaces import DCAT, RDF
from registry import pipeline
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
    assert services.published.kinds([iri("kai"), iri("taubat"), iri("none")]) == {
        iri("kai"): {"concept"},
        iri("taubat"): {"concept"},
    }


def test_nothing_is_ever_taken_out_of_the_ledger(services: Services) -> None:
    run(services, BEFORE)
    run(services, AFTER)
    for statement in ("DELETE FROM published", "UPDATE published SET kind = 'x'"):
        with closing(sqlite3.connect(services.published.path)) as connection, pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)
