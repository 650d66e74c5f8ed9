"""What an import changed stays visible: earlier versions, tombstones of what is gone; what is the same changes nothing."""

from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from harbour_catalogue import AFTER, BEFORE, BUOY, PILOT, QUAY, TUG, catalogue, iri, run, terms
from pyoxigraph import NamedNode, RdfFormat, parse, serialize

from importers.base import Source
from ontologies.namespaces import DCT, RDF, SAMSVAR
from registry import pipeline
from registry.history import recording
from registry.history.versions import tombstone, versions
from registry.services import Services

OLD_TEXT, NEW_TEXT = "person som viser fartøy vei", "person over 20 år som viser fartøy vei"


def address(name: str, suffix: str = "") -> str:
    return f"/resource?uri={quote(iri(name), safe='')}{suffix and '&format='}{suffix}"


def said(services: Services, name: str) -> list[list[str]]:
    """The definitions of the earlier versions, newest first."""
    found = versions(services.store.reader(), services.blobs, iri(name))
    return [[text.value for text in version.definitions] for version in found]


def test_a_changed_definition_makes_one_version(services: Services, client: FlaskClient) -> None:
    run(services, BEFORE)
    assert said(services, "los") == []
    run(services, AFTER)
    assert said(services, "los") == [[OLD_TEXT]]
    assert said(services, "kai") == said(services, "boye") == []
    [version] = client.get(address("los", "json")).get_json()["versions"]
    assert version["definitions"] == {"nb": [OLD_TEXT]}
    assert version["import"].endswith("/imports/2-catalogue-havn")
    [change] = version["changes"]
    assert (change["before"][0]["value"], change["after"][0]["value"]) == (OLD_TEXT, NEW_TEXT)
    page = client.get(address("los", "html") + "&lang=en").text
    assert "Earlier versions" in page
    assert OLD_TEXT in page
    assert "Earlier versions" not in client.get(address("kai", "html") + "&lang=en").text


def test_versions_are_shown_newest_first(services: Services) -> None:
    for number in range(3):
        run(services, catalogue(("los", "los", f"person over {number} år")))
    assert said(services, "los") == [["person over 1 år"], ["person over 0 år"]]


def test_what_is_gone_is_retired(services: Services, client: FlaskClient) -> None:
    run(services, BEFORE)
    run(services, AFTER)
    assert terms(services) == {"kai", "los", "bøye"}
    page = client.get(address("taubat") + "&lang=en", headers={"Accept": "text/html"})
    assert page.status_code == 410
    assert "fartøy som sleper andre fartøy" in page.text
    assert "Retired" in page.text
    for suffix in ("json", "ttl"):
        answer = client.get(address("taubat", suffix), headers={"Accept": "application/json"})
        assert (answer.status_code, answer.mimetype) == (410, "application/problem+json")
    problem = answer.get_json()
    assert problem["type"] == "/problems/gone"
    assert problem["lastVersion"]["name"] == {"nb": "taubåt"}
    assert problem["retired"] == problem["lastVersion"]["ended"]
    assert client.get(address("never-was")).status_code == 404


@pytest.mark.parametrize("path", ["definitions", "sources", "nodes"])
def test_addresses_like_those_of_parts_hide_no_change(services: Services, path: str) -> None:
    named = f"https://havn.example/{path}/"

    def imported(content: bytes, *, dry_run: bool = False) -> pipeline.Outcome:
        source = Source("havn.ttl", content.replace(iri("").encode(), named.encode()))
        return pipeline.run(services, pipeline.Request([source], "havn", dry_run=dry_run))

    imported(BEFORE)
    plan = imported(AFTER, dry_run=True).plan
    assert plan is not None
    assert plan.graphs[0].difference.counts == {"new": 1, "changed": 1, "gone": 1, "unchanged": 1}
    imported(AFTER)
    reader = services.store.reader()
    assert [each.gone for each in versions(reader, services.blobs, f"{named}los")] == [False]
    assert tombstone(reader, services.blobs, f"{named}taubat") is not None


def test_a_retired_concept_with_a_minted_address_is_gone_there(services: Services, client: FlaskClient) -> None:
    table = "id;anbefalt_term:nb;definisjon:nb\n;los;{}\n;kai;sted\n"
    for text in (table.format(OLD_TEXT), table.format(NEW_TEXT).replace(";kai;sted\n", "")):
        outcome = pipeline.run(services, pipeline.Request([Source("havn.csv", text.encode())], "havn", "999000009"))
    [los] = [record.subject for record in outcome.reports[0].records]
    graph = services.urls.graph("catalogue", "havn")
    assert [quad.subject for quad in services.store.reader().quads(None, DCT.identifier, None, graph)] != []
    found = services.store.reader().quads(None, RDF.type, SAMSVAR.Tombstone, services.urls.provenance)
    [gone] = [
        quad.object.value
        for stone in found
        for quad in services.store.reader().quads(stone.subject, DCT.isVersionOf, None, services.urls.provenance)
    ]
    assert client.get(gone.removeprefix(services.urls.base)).status_code == 410
    assert client.get(los.removeprefix(services.urls.base)).status_code == 303


def test_what_comes_back_is_there_again(services: Services, client: FlaskClient) -> None:
    for content in (BEFORE, AFTER, BEFORE):
        run(services, content)
    assert client.get(address("taubat", "json")).status_code == 200
    [version] = client.get(address("taubat", "json")).get_json()["versions"]
    assert version["gone"] is True
    assert client.get(address("boye")).status_code == 410


def test_a_part_retires_nothing(services: Services) -> None:
    run(services, BEFORE)
    run(services, catalogue(QUAY, BUOY), partial=True)
    assert tombstone(services.store.reader(), services.blobs, iri("taubat")) is None
    assert terms(services) == {"kai", "los", "taubåt", "bøye"}


@pytest.mark.parametrize(
    ("syntax", "name"),
    [
        (RdfFormat.N_TRIPLES, "havn.nt"),
        (RdfFormat.RDF_XML, "havn.rdf"),
        (RdfFormat.JSON_LD, "havn.jsonld"),
        (RdfFormat.TURTLE, "elsewhere/other-name.ttl"),
    ],
)
def test_the_same_in_another_form_changes_nothing(services: Services, syntax: RdfFormat, name: str) -> None:
    run(services, BEFORE)
    quads = list(parse(BEFORE, RdfFormat.TURTLE))
    written = serialize((quad.triple for quad in reversed(quads)), format=syntax)
    assert written is not None
    outcome = pipeline.run(services, pipeline.Request([Source(name, written)], "havn"))
    assert outcome.counts["unchanged"] == 3
    assert services.store.reader().generation == 1
    assert said(services, "los") == []


def test_concepts_of_one_term_without_addresses_are_the_same_in_any_order(services: Services) -> None:
    prefix = b"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    one, other = (
        f'[] a skos:Concept ; skos:prefLabel "kai"@nb ; skos:definition "{text}"@nb .\n'.encode()
        for text in ("sted der fartøy legger til", "vegg mot vann")
    )
    run(services, prefix + one + other)
    run(services, prefix + other + one)
    assert services.store.reader().generation == 1


def test_the_order_of_concepts_changes_nothing(services: Services) -> None:
    run(services, BEFORE)
    run(services, catalogue(TUG, PILOT, QUAY))
    assert services.store.reader().generation == 1


def test_many_changes_are_kept_in_parts(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "TOGETHER", 1)
    run(services, BEFORE)
    run(services, catalogue(("kai", "kai", "sted"), ("los", "los", "person"), TUG))
    activity = services.urls.mint("imports", "2-catalogue-havn")
    kept = list(services.store.reader().quads(activity, SAMSVAR.difference, None, services.urls.provenance))
    assert len(kept) == 2
    assert (said(services, "kai"), said(services, "los")) == ([[QUAY[2]]], [[OLD_TEXT]])


def test_a_version_whose_bytes_were_deleted_is_left_out(services: Services, client: FlaskClient) -> None:
    run(services, BEFORE)
    run(services, AFTER)
    activity = services.urls.mint("imports", "2-catalogue-havn")
    for quad in services.store.reader().quads(activity, SAMSVAR.difference, None, services.urls.provenance):
        digest = getattr(quad.object, "value", "")
        Path(services.blobs.directory, digest[:2], f"{digest}.gz").unlink()
    assert said(services, "los") == []
    assert client.get(address("los", "html")).status_code == 200
    assert client.get(address("taubat")).status_code == 404


def test_versions_stand_outside_what_queries_see(services: Services) -> None:
    run(services, BEFORE)
    run(services, AFTER)
    reader = services.store.reader()
    places = {quad.graph_name for quad in reader.quads(None, DCT.isVersionOf, NamedNode(iri("los")))}
    assert places == {services.urls.provenance}
