"""Schemas and APIs through the whole pipeline: again changes nothing, and a change makes one version."""

import json
from importlib.resources import files

import pytest
from pyoxigraph import NamedNode, Triple

from importers.base import Source
from ontologies.namespaces import DCT, RDF, SAMSVAR
from registry import pipeline
from registry.history.versions import tombstone, versions
from registry.services import Services
from registry.undoing.undo import undo

MODEL = "https://bat.example/skjema/bat.json"
OPENAPI = files("registry.demo").joinpath("eksempel-foretak-api.yaml").read_bytes()


def schema(**properties: object) -> bytes:
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps({"$schema": dialect, "$id": MODEL, "title": "Båt", "properties": properties}).encode()


BEFORE = schema(navn={"type": "string", "maxLength": 50}, flagg={"type": "string"})
AFTER = schema(navn={"type": "string", "maxLength": 80})


def run(services: Services, data: bytes, name: str = "bat.json") -> pipeline.Outcome:
    return pipeline.run(services, pipeline.Request([Source(name, data)], publisher="999000009"))


@pytest.mark.parametrize(("name", "data"), [("bat.json", BEFORE), ("api.yaml", OPENAPI)])
def test_importing_again_changes_nothing(services: Services, name: str, data: bytes) -> None:
    first = run(services, data, name)
    generation = first.reports[0].generation
    again = run(services, data + b"\n", name)
    assert again.counts["stored"] == 0
    assert again.counts["unchanged"] == first.counts["stored"] > 0
    assert services.store.reader().generation == generation


def test_a_changed_model_makes_one_version(services: Services) -> None:
    run(services, BEFORE)
    assert versions(services.store.reader(), services.blobs, MODEL) == ()
    run(services, AFTER)
    assert len(versions(services.store.reader(), services.blobs, MODEL)) == 1


def test_a_changed_api_makes_one_version(services: Services) -> None:
    run(services, OPENAPI, "api.yaml")
    other = OPENAPI.replace(b"Foretaksoppslag (eksempeldata)", b"Rolleoppslag")
    request = pipeline.Request([Source("api.yaml", other)], "foretaksoppslag-eksempeldata", "999000009")
    outcome = pipeline.run(services, request)
    assert outcome.counts["stored"] == 2
    service = "http://localhost:8000/data-services/foretaksoppslag-eksempeldata"
    assert len(versions(services.store.reader(), services.blobs, service)) == 1


XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="https://bat.example/xsd" elementFormDefault="qualified">
<xs:element name="baat" type="Baat"/><xs:complexType name="Baat"><xs:sequence>{elements}</xs:sequence></xs:complexType>
</xs:schema>"""
XSD_BEFORE = XSD.format(
    elements='<xs:element name="navn" type="xs:string"/><xs:element name="flagg" type="xs:string"/>'
)
XSD_AFTER = XSD.format(elements='<xs:element name="navn" type="xs:string" minOccurs="0"/>')
FORMS = [
    pytest.param("bat.json", BEFORE, AFTER, id="JSON Schema"),
    pytest.param("bat.xsd", XSD_BEFORE.encode(), XSD_AFTER.encode(), id="XSD"),
]


def differences(services: Services, data: bytes, name: str) -> dict[str, str]:
    """What a preview says would become of each thing."""
    outcome = pipeline.run(services, pipeline.Request([Source(name, data)], publisher="999000009", dry_run=True))
    assert outcome.plan is not None
    things = (thing for graph in outcome.plan.graphs for thing in graph.difference.things)
    return {thing.uri: thing.change for thing in things}


@pytest.mark.parametrize(("name", "before", "after"), FORMS)
def test_a_preview_tells_what_becomes_of_the_elements_of_a_model(
    services: Services, name: str, before: bytes, after: bytes
) -> None:
    run(services, before, name)
    told = differences(services, after, name)
    assert [change for thing, change in told.items() if thing.endswith("flagg")] == ["gone"]
    assert [change for thing, change in told.items() if "navn" in thing] == ["changed"]
    assert differences(services, before, name) == {}


@pytest.mark.parametrize(("name", "before", "after"), FORMS)
def test_what_a_model_was_is_undone_and_comes_back(services: Services, name: str, before: bytes, after: bytes) -> None:
    graph = services.urls.graph("catalogue", run(services, before, name).reports[0].catalogue)

    def held() -> set[Triple]:
        return {quad.triple for quad in services.store.reader().quads(graph=graph)}

    was = held()
    generation = run(services, after, name).reports[0].generation
    assert held() != was
    undo(services, f"http://localhost:8000/imports/{generation}-catalogue-{graph.value.rpartition('/')[2]}")
    assert held() == was


@pytest.mark.parametrize(("name", "before", "after"), FORMS)
def test_elements_of_a_model_have_versions_of_their_own(
    services: Services, name: str, before: bytes, after: bytes
) -> None:
    run(services, before, name)
    told = differences(services, after, name)
    [changed] = (thing for thing, change in told.items() if "navn" in thing and change == "changed")
    [gone] = (thing for thing in told if thing.endswith("flagg"))
    run(services, after, name)
    reader = services.store.reader()
    [version] = versions(reader, services.blobs, changed)
    assert version.properties
    last = tombstone(reader, services.blobs, gone)
    assert last is not None
    assert last.triples
    run(services, before, name)
    assert tombstone(services.store.reader(), services.blobs, gone) is not None, "what it was is still known"
    stones = services.store.reader().quads(None, RDF.type, SAMSVAR.Tombstone, services.urls.provenance)
    things = services.store.reader().quads(None, DCT.isVersionOf, NamedNode(gone), services.urls.provenance)
    assert not {quad.subject for quad in stones} & {quad.subject for quad in things}, "it is there again"
