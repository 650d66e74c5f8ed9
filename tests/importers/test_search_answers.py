"""Recorded answers of the national search: a catalogue for each publisher, the publishers' URIs, nothing lost."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode

from importers import importer_for
from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.concept_json import ConceptJson
from importers.search_answers import SearchAnswers
from ontologies.namespaces import DCAT, DCT, EUVOC, FOAF, ORGANISATION, RDF, RDFS, SKOS, SKOSNO

SHARED = Path(os.environ.get("SAMSVAR_SHARED", Path(__file__).parents[3] / "shared"))
RECORDED = SHARED / "data" / "catalogues" / "fdk_concepts_2020-03-29.json"
OPTIONS = ImportOptions("https://register.example")
URI = "https://begrep.example/1"
PAGE = "https://katalog.example/api/concepts/aa"
FULL: dict[str, Any] = {
    "id": "aa",
    "uri": PAGE,
    "identifier": URI,
    "application": [{"nb": "hagebruk"}],
    "subject": {"nb": "dyrking"},
    "prefLabel": {"nb": "hage", "nn": "hage"},
    "altLabel": [{"nb": "have"}],
    "hiddenLabel": [{"nb": "jordlapp"}],
    "definition": {
        "text": {"nb": "dyrket jord"},
        "remark": {"nb": "ikke åker"},
        "sourceRelationship": "basertPåKilde",
        "source": {"prefLabel": {"nb": "Boka"}},
        "sources": [{"text": {"nb": "Boka"}}, {"uri": "https://kilde.example/"}],
        "range": {"text": {"nb": "alle"}, "uri": "https://omfang.example/"},
    },
    "example": {"no": "urtehage"},
    "contactPoint": {"email": "a@b.no"},
    "validFromIncluding": "2024-01-01",
    "seeAlso": ["https://begrep.example/2"],
    "publisher": {
        "uri": "http://data.brreg.no/enhetsregisteret/enhet/910298062",
        "name": "HAGEETATEN",
        "orgPath": "/STAT/910298062",
        "prefLabel": {"no": "Hageetaten"},
    },
    "harvest": {"firstHarvested": "2020-02-18T07:55:32.213+0000"},
}
OTHER = {"identifier": "https://annen.example/1", "prefLabel": {"nn": "åker"}, "definition": {}}


def read(document: object, catalogue: str | None = None) -> list[Batch]:
    source = Source("svar.json", json.dumps(document).encode())
    importer = importer_for(source)
    assert isinstance(importer, SearchAnswers)
    return importer.read(source, ImportOptions(OPTIONS.uri_base, catalogue=catalogue))


def objects(batch: Batch, subject: str, predicate: NamedNode) -> set[str]:
    return {t.object.value for t in batch.triples if t.subject.value == subject and t.predicate == predicate}


def test_every_member_has_its_place():
    (batch,) = read([FULL])
    note = NamedNode(*objects(batch, URI, EUVOC.xlDefinition)).value
    assert objects(batch, URI, SKOS.altLabel) == {"have"}
    assert objects(batch, URI, SKOS.hiddenLabel) == {"jordlapp"}
    assert objects(batch, URI, SKOS.scopeNote) == {"ikke åker"}
    assert objects(batch, URI, SKOS.example) == {"urtehage"}
    assert objects(batch, URI, DCT.subject) == {"hagebruk", "dyrking"}
    assert objects(batch, URI, SKOSNO.valueRange) == {"alle", "https://omfang.example/"}
    assert objects(batch, URI, RDFS.seeAlso) == {"https://begrep.example/2"}
    assert objects(batch, URI, FOAF.isPrimaryTopicOf) == {PAGE}
    assert objects(batch, URI, EUVOC.startDate) == {"2024-01-01"}
    assert objects(batch, URI, DCAT.contactPoint)
    assert objects(batch, note, RDF.value) == {"dyrket jord"}
    assert objects(batch, note, DCT.source) == {"Boka", "https://kilde.example/"}
    assert objects(batch, note, SKOSNO.relationshipWithSource)
    assert [issue.value for issue in batch.report.issues] == ["harvest", "publisher.orgPath"]


def test_a_publisher_has_a_catalogue_and_keeps_its_names():
    first, second = read([FULL, OTHER])
    publisher = ORGANISATION["910298062"]
    assert (first.catalogue, first.title, first.publisher) == ("fdk-910298062", "Hageetaten", publisher.value)
    assert {t.object for t in first.triples if t.predicate == FOAF.name} == {
        Literal("Hageetaten", language="nb"),
        Literal("HAGEETATEN"),
    }
    assert (second.catalogue, second.publisher) == ("fdk-uten-utgiver", "")
    assert [issue.code for issue in second.report.issues] == ["publisher-missing"]


@pytest.mark.parametrize(
    "wrap", [lambda hits: hits, lambda hits: {"hits": hits}, lambda hits: {"hits": {"hits": hits}}]
)
def test_an_answer_around_the_concepts_changes_nothing(wrap):
    assert [batch.triples for batch in read(wrap([FULL, OTHER]))] == [batch.triples for batch in read([FULL, OTHER])]


def test_hits_of_the_search_engine_are_unwrapped():
    assert read({"hits": {"total": 1, "hits": [{"_id": "aa", "_source": FULL}]}})[0].triples == read([FULL])[0].triples


def test_the_given_name_stands_for_the_directory():
    assert [batch.catalogue for batch in read([FULL], "egen")] == ["egen"]
    assert [batch.catalogue for batch in read([FULL, OTHER], "egen")] == ["egen-910298062", "egen-uten-utgiver"]


def test_a_source_said_only_the_old_way_is_kept():
    old = {**FULL, "definition": {"text": {"nb": "x"}, "source": {"prefLabel": {"nb": "Muntlig"}}, "sources": []}}
    (batch,) = read([old])
    note = NamedNode(*objects(batch, URI, EUVOC.xlDefinition)).value
    assert objects(batch, note, DCT.source) == {"Muntlig"}


def test_what_is_no_concept_is_rejected_alone():
    nameless = {**FULL, "identifier": None, "uri": None, "prefLabel": {}}
    (batch,) = read([FULL, "tekst", nameless])
    assert batch.report.counts()["rejected"] == 2
    assert batch.report.counts()["stored"] == 1


def test_apis_become_a_catalogue_of_services_for_each_publisher():
    publisher = {"id": "999000009", "name": "HAVNA", "prefLabel": {"no": "Havna"}}
    named = {"id": "8CF3EE63-26bb-4bcb-9bae-26dd1f9ad913", "title": "Kai-API", "description": "Kaier\u00a0og moloer"}
    apis = [
        named | {"descriptionFormatted": "", "formats": ["application/json", "noe"], "publisher": publisher},
        {
            "id": "7",
            "title": "Fyr",
            "descriptionFormatted": "Fyr",
            "formats": [],
            "publisher": publisher,
            "isFree": True,
        },
        {"id": "8", "title": "Uten", "descriptionFormatted": "Uten utgiver", "formats": []},
    ]
    source = Source("apis.json", json.dumps(apis).encode())
    batch, nobody = importer_for(source).read(source, OPTIONS)
    assert batch.catalogue.endswith("999000009-data-services")
    assert (batch.title, nobody.publisher) == ("Havna", "")
    service = "urn:uuid:8cf3ee63-26bb-4bcb-9bae-26dd1f9ad913"
    assert objects(batch, service, RDF.type) == {DCAT.DataService.value}
    assert objects(batch, service, DCT.description) == {"Kaier og moloer"}
    types = {"https://www.iana.org/assignments/media-types/application/json", "noe"}
    assert objects(batch, service, DCT["format"]) == types
    codes = [[one.code for one in record.issues] for record in batch.report.records]
    assert codes[0] == ["odd-blanks", "property-missing", "property-missing"]
    assert [(one.code, one.value) for one in batch.report.issues if one.code == "unmapped-field"] == [
        ("unmapped-field", "isFree")
    ]
    again = importer_for(source).read(source, OPTIONS)
    assert [set(one.triples) for one in again] == [set(batch.triples), set(nobody.triples)]


def test_answers_about_something_else_are_refused_in_words():
    marks = [{"formats": [], "descriptionFormatted": ""}]
    source = Source("svar.json", json.dumps(marks).encode())
    with pytest.raises(UnreadableSourceError, match="neither concepts nor APIs"):
        importer_for(source).read(source, OPTIONS)


def test_broken_json_says_where():
    data = json.dumps([FULL], indent=1).encode()[:-3]
    with pytest.raises(UnreadableSourceError, match="line"):
        SearchAnswers().read(Source("svar.json", data), OPTIONS)
    with pytest.raises(UnreadableSourceError, match="UTF-8"):
        SearchAnswers().read(Source("svar.json", b'["\xff"]'), OPTIONS)


def test_the_registration_tools_json_is_not_taken():
    source = Source("b.json", b'[{"anbefaltTerm": {}, "prefLabel": 1, "definition": 1, "identifier": 1}]')
    assert isinstance(importer_for(source), ConceptJson)


@pytest.mark.real_data
@pytest.mark.skipif(not RECORDED.is_file(), reason="the recorded answers are not here; SAMSVAR_SHARED names them")
def test_the_recorded_answers_lose_nothing():
    source = Source(RECORDED.name, RECORDED.read_bytes())
    batches = importer_for(source).read(source, OPTIONS)
    written = json.loads(source.data)
    assert len(batches) == 9
    triples = [triple for batch in batches for triple in batch.triples]
    stored = {triple.subject.value for triple in triples if triple.object == SKOS.Concept}
    assert stored == {concept["identifier"] for concept in written}
    texts = {letters(triple.object.value) for triple in triples if triple.predicate == RDF.value}
    defined = {letters(text) for each in written for text in each["definition"].get("text", {}).values()}
    assert defined - {""} == texts
    terms = {letters(triple.object.value) for triple in triples if triple.predicate in (SKOS.prefLabel, SKOS.altLabel)}
    assert {letters(term) for each in written for term in each["prefLabel"].values()} - {""} <= terms


def letters(text: str) -> str:
    """What repairs of blanks and marks must leave as it is."""
    return "".join(sign for sign in re.sub(r"</?[a-z][^<>]*>|\(https?://\S+\)", "", text) if sign.isalnum())
