"""What owners are asked to change, in the columns of the national template: our own importer reads it back."""

import csv

import pytest
from pages_register import BASE, FISHING_VESSEL, VESSEL, fill
from pyoxigraph import Literal, NamedNode

from importers.base import ImportOptions, Source
from importers.concept_table import ConceptTable
from ontologies.namespaces import DCT, EUVOC, RDF, RDFS, RELATIONSHIP_WITH_SOURCE, SKOS, SKOSNO
from registry.app import create_app
from registry.cases.keeping import open_case, write
from registry.ledger.ledger import Put
from registry.services import Services

HARBOUR_OFFICE, FISHERY_OFFICE = "999100001", "999100002"
DEFINITION = "flytende innretning på minst 15 meter; som fører «last», eller\nslep"


@pytest.fixture
def case(services: Services) -> str:
    """A case that asks both owners for changes; its id."""
    fill(services)
    who = services.tokens.create("coordinator", organisation=HARBOUR_OFFICE)[0]
    about = [Put(f"concept:{each}", "yes") for each in (VESSEL, FISHING_VESSEL)]
    made = open_case(services, who, [Put("title", "fartøy"), Put("parties", FISHERY_OFFICE), *about])
    puts = [
        *(Put(f"outcome:{each}", "differentiate") for each in made.concepts),
        Put(f"new-term:{VESSEL}", "havnefartøy"),
        Put(f"new-definition:{VESSEL}", DEFINITION),
        Put(f"new-note:{VESSEL}", "Skilles fra fiskefartøy."),
        Put(f"new-subject:{VESSEL}", "havnedrift"),
        Put(f"see-also:{VESSEL}", FISHING_VESSEL),
        Put(f"new-note:{FISHING_VESSEL}", "Skilles fra havnefartøy."),
    ]
    write(services, who, made.id, puts)
    return made.id


def table(services: Services, case: str, organisation: str) -> bytes:
    client = create_app(services.settings).test_client()
    return client.get(f"/cases/{case}/proposals.csv?organisation={organisation}").data


def test_the_table_has_the_headers_of_the_template(services: Services, case: str) -> None:
    text = table(services, case, HARBOUR_OFFICE).decode("utf-8-sig")
    header, row = list(csv.reader(text.splitlines(keepends=True), delimiter=";"))
    assert header[:4] == ["id", "anbefalt_term:nb", "anbefalt_term:nn", "anbefalt_term:en"]
    assert header.count("definisjon:kilde") == 3
    assert header[-4:] == ["gyldig_fom", "gyldig_tom", "se_også", "versjon"]
    assert dict(zip(header, row, strict=True))["tillatt_term:nb"] == "båt"


def test_the_owners_tool_reads_the_proposed_concepts(services: Services, case: str) -> None:
    source = Source("forslag.csv", table(services, case, HARBOUR_OFFICE))
    assert ConceptTable().recognises(source)
    [batch] = ConceptTable().read(source, ImportOptions(BASE, publisher=HARBOUR_OFFICE))
    assert [record.status for record in batch.report.records] == ["stored"]
    assert [issue.code for issue in batch.report.issues if issue.severity != "information"] == []
    node = NamedNode(VESSEL)
    said = {(each.predicate, each.object) for each in batch.triples if each.subject == node}
    assert {each for each in said if each[0] in {SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel}} == {
        (SKOS.prefLabel, Literal("havnefartøy", language="nb")),
        (SKOS.prefLabel, Literal("farty", language="nn")),
        (SKOS.prefLabel, Literal("vessel", language="en")),
        (SKOS.altLabel, Literal("båt", language="nb")),
        (SKOS.hiddenLabel, Literal("skute", language="nb")),
    }
    notes = {each.value for predicate, each in said if predicate == SKOS.scopeNote and isinstance(each, Literal)}
    assert notes == {"Gjelder også lektere.", "Skilles fra fiskefartøy."}
    assert (DCT.subject, Literal("havnedrift", language="nb")) in said
    assert (RDFS.seeAlso, NamedNode(FISHING_VESSEL)) in said
    [definition] = [each for predicate, each in said if predicate == EUVOC.xlDefinition]
    texts = {each.object for each in batch.triples if each.subject == definition and each.predicate == RDF.value}
    assert Literal(" ".join(DEFINITION.split()), language="nb") in {
        Literal(" ".join(each.value.split()), language=each.language) for each in texts if isinstance(each, Literal)
    }
    assert {each.language for each in texts if isinstance(each, Literal)} == {"nb", "nn", "en"}
    relation = {each.object for each in batch.triples if each.predicate == SKOSNO.relationshipWithSource}
    assert relation == {RELATIONSHIP_WITH_SOURCE["derived-from-source"]}


def test_each_owner_is_given_its_own_alone(services: Services, case: str) -> None:
    mine = table(services, case, FISHERY_OFFICE).decode()
    assert FISHING_VESSEL in mine
    assert "havnefartøy;" not in mine
    assert table(services, case, "999100099").decode("utf-8-sig").splitlines()[1:] == []
    client = create_app(services.settings).test_client()
    asked = client.get(f"/cases/{case}/proposals.json?organisation={FISHERY_OFFICE}").json["changes"]
    assert [(each["owner"], each["property"]) for each in asked] == [(FISHERY_OFFICE, "note")]
    letters = client.get(f"/cases/{case}/letters").text
    assert f"/cases/{case}/proposals?organisation={FISHERY_OFFICE}" in letters


def test_a_definition_is_proposed_where_there_was_none(services: Services) -> None:
    fill(services)
    who = services.tokens.create("administrator")[0]
    old = "https://havn.example/begrep/skip"
    made = open_case(services, who, [Put("title", "skip"), Put(f"concept:{old}", "yes")])
    write(
        services, who, made.id, [Put(f"outcome:{old}", "differentiate"), Put(f"new-definition:{old}", "stort fartøy")]
    )
    client = create_app(services.settings).test_client()
    assert "stort fartøy" in client.get(f"/cases/{made.id}/proposals.csv").text
    assert "stort fartøy" in client.get(f"/cases/{made.id}/proposals.ttl").text
