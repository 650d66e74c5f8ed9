"""The national tool's JSON: every member in its place, and bad members that cost only themselves."""

import json
from collections import Counter
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode

from importers import importer_for
from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.concept_json import ConceptJson
from importers.concept_table import ConceptTable
from ontologies.namespaces import (
    AUDIENCE,
    CONCEPT_STATUS,
    DCAT,
    DCT,
    EUVOC,
    ORGANISATION,
    OWL,
    RDF,
    RDFS,
    RELATIONSHIP_WITH_SOURCE,
    SKOS,
    SKOSNO,
    XKOS,
)

BASE = "https://register.example"
OPTIONS = ImportOptions(BASE, catalogue="hage")
OTHER = "https://c.example/begrep/2"
FULL: dict[str, Any] = {
    "uri": "https://c.example/begrep/1",
    "ansvarligVirksomhet": {"id": "910298062"},
    "anbefaltTerm": {"navn": {"nb": "hage", "nn": "hage"}},
    "tillattTerm": {"nb": ["have", "hageflekk"]},
    "frarådetTerm": {"nb": ["jordlapp"]},
    "abbreviatedLabel": "hg",
    "definisjon": {"tekst": {"nb": "dyrket jord", "nn": "dyrka jord"}},
    "kildebeskrivelse": {
        "forholdTilKilde": "basertPaaKilde",
        "kilde": [{"tekst": "Boka", "uri": "https://b.example/"}],
    },
    "definisjonForSpesialister": {
        "tekst": {"nb": "areal med hagevekster"},
        "kildebeskrivelse": {
            "forholdTilKilde": "sitatFraKilde",
            "kilde": [{"uri": "https://s.example/"}, {"tekst": "Muntlig"}],
        },
    },
    "merknad": {"nb": "ikke åker"},
    "eksempel": {"nb": "urtehage"},
    "fagområde": {"nb": ["hagebruk"]},
    "fagområdeKoder": ["https://los.example/hage"],
    "omfang": {"tekst": "alle", "uri": "https://o.example/"},
    "kontaktpunkt": {"harEpost": "a@b.no", "harTelefon": 22334455},
    "gyldigFom": "2024-01-01",
    "seOgså": [OTHER],
    "erstattesAv": ["https://c.example/begrep/9"],
    "statusURI": "http://publications.europa.eu/resource/authority/concept-status/CURRENT",
    "versjonsnr": {"major": "1", "minor": 2, "patch": 0},
    "merkelapp": ["intern"],
}


def read(*records: object, options: ImportOptions = OPTIONS) -> Batch:
    [batch] = ConceptJson().read(Source("hage.json", json.dumps(records, ensure_ascii=False).encode()), options)
    return batch


def values(batch: Batch, subject: object, predicate: NamedNode) -> list[object]:
    return [t.object for t in batch.triples if t.subject == subject and t.predicate == predicate]


def codes(batch: Batch) -> list[str]:
    return [issue.code for record in batch.report.records for issue in record.issues]


def nb(text: str) -> Literal:
    return Literal(text, language="nb")


def test_every_member_in_its_place():
    batch = read(FULL)
    concept = NamedNode(FULL["uri"])
    assert values(batch, concept, SKOS.prefLabel) == [nb("hage"), Literal("hage", language="nn")]
    assert values(batch, concept, SKOS.altLabel) == [nb("have"), nb("hageflekk"), nb("hg")]
    assert values(batch, concept, SKOS.hiddenLabel) == [nb("jordlapp")]
    assert values(batch, concept, SKOS.scopeNote) == [nb("ikke åker")]
    assert values(batch, concept, SKOS.example) == [nb("urtehage")]
    assert values(batch, concept, DCT.subject) == [nb("hagebruk"), NamedNode("https://los.example/hage")]
    assert values(batch, concept, SKOSNO.valueRange) == [nb("alle"), NamedNode("https://o.example/")]
    assert values(batch, concept, RDFS.seeAlso) == [NamedNode(OTHER)]
    assert values(batch, concept, DCT.isReplacedBy) == [NamedNode("https://c.example/begrep/9")]
    assert values(batch, concept, EUVOC.status) == [CONCEPT_STATUS.CURRENT]
    assert values(batch, concept, OWL.versionInfo) == [Literal("1.2.0")]
    assert values(batch, concept, DCT.publisher) == [ORGANISATION["910298062"]]
    assert len(values(batch, concept, DCAT.contactPoint)) == 1
    assert batch.publisher == ORGANISATION["910298062"].value
    assert [(issue.code, issue.value) for issue in batch.report.issues] == [("unmapped-field", "merkelapp")]
    assert codes(batch) == []


def test_the_source_description_beside_the_definition_belongs_to_it():
    batch = read(FULL)
    plain, specialist = values(batch, NamedNode(FULL["uri"]), EUVOC.xlDefinition)
    assert values(batch, plain, SKOSNO.relationshipWithSource) == [RELATIONSHIP_WITH_SOURCE["derived-from-source"]]
    [source] = values(batch, plain, DCT.source)
    assert values(batch, source, RDFS.label) == [Literal("Boka")]
    assert values(batch, specialist, DCT.audience) == [AUDIENCE.specialist]
    assert set(values(batch, specialist, DCT.source)) == {NamedNode("https://s.example/"), nb("Muntlig")}


@pytest.mark.parametrize(
    ("relation", "link", "target", "text"),
    [
        ({"relasjon": "assosiativ", "beskrivelse": {"nb": "dyrkes i"}}, SKOSNO.isFromConceptIn, SKOSNO.hasToConcept, SKOSNO.relationRole),
        ({"relasjon": "generisk", "relasjonsType": "overordnet", "inndelingskriterium": {"nb": "bruk"}}, SKOSNO.hasGenericConceptRelation, SKOSNO.hasGenericConcept, DCT.description),
        ({"relasjon": "generisk", "relasjonsType": "underordnet", "inndelingskriterium": {"nb": "bruk"}}, SKOSNO.hasGenericConceptRelation, SKOSNO.hasSpecificConcept, DCT.description),
        ({"relasjon": "partitiv", "relasjonsType": "omfatter", "inndelingskriterium": {"nb": "del"}}, SKOSNO.hasPartitiveConceptRelation, SKOSNO.hasPartitiveConcept, DCT.description),
        ({"relasjon": "partitiv", "relasjonsType": "erDelAv", "inndelingskriterium": {"nb": "del"}}, SKOSNO.hasPartitiveConceptRelation, SKOSNO.hasComprehensiveConcept, DCT.description),
    ],
)  # fmt: skip
def test_relations_with_words_have_a_node(relation, link, target, text):
    batch = read({**FULL, "begrepsRelasjon": [{**relation, "relatertBegrep": OTHER}]})
    [node] = values(batch, NamedNode(FULL["uri"]), link)
    assert values(batch, node, target) == [NamedNode(OTHER)]
    assert len(values(batch, node, text)) == 1
    assert isinstance(node, NamedNode)


@pytest.mark.parametrize(
    ("relation", "predicate"),
    [
        ({"relasjon": "assosiativ"}, SKOS.related),
        ({"relasjon": "generisk", "relasjonsType": "overordnet"}, XKOS.specializes),
        ({"relasjon": "generisk", "relasjonsType": "underordnet"}, XKOS.generalizes),
        ({"relasjon": "partitiv", "relasjonsType": "erDelAv"}, XKOS.isPartOf),
        ({"relasjon": "partitiv", "relasjonsType": "omfatter"}, XKOS.hasPart),
    ],
)
def test_relations_without_words_are_direct(relation, predicate):
    batch = read({**FULL, "begrepsRelasjon": [{**relation, "relatertBegrep": OTHER}]})
    assert values(batch, NamedNode(FULL["uri"]), predicate) == [NamedNode(OTHER)]


@pytest.mark.parametrize(
    ("changed", "code", "column"),
    [
        ({"begrepsRelasjon": [{"relasjon": "annet", "relatertBegrep": OTHER}]}, "bad-relation", "begrepsRelasjon[0]"),
        ({"seOgså": ["ikke en uri"]}, "bad-uri", "seOgså"),
        ({"gyldigFom": "snart"}, "date-left-out", "gyldigFom"),
        ({"gyldigTom": "2020-01-01"}, "period-reversed", "gyldigTom"),
        ({"tillattTerm": {"nb": [{"a": 1}]}}, "bad-value", "tillattTerm.nb"),
        ({"definisjonForAllmennheten": "bare tekst"}, "bad-value", "definisjonForAllmennheten"),
        ({"merknad": {"no": "tekst"}}, "language-no", "merknad.no"),
        ({"merknad": {"bokmål!": "tekst"}}, "bad-language", "merknad.bokmål!"),
        ({"fagområdeKoder": ["0d56d650-2062-4567-84f6-8c3cd6b0c996"]}, "subject-code", "fagområdeKoder"),
        ({"omfang": ["x"]}, "bad-value", "omfang"),
    ],
)
def test_a_bad_member_costs_only_itself(changed, code, column):
    batch = read(
        {**FULL, **changed}, {"anbefaltTerm": {"navn": {"nb": "bed"}}, "definisjon": {"tekst": {"nb": "jord"}}}
    )
    [issue] = batch.report.records[0].issues
    assert (issue.code, issue.where.row if issue.where else None) == (code, 1)
    assert issue.where is not None
    assert issue.where.column == column
    assert batch.report.counts()["stored"] == 2


def test_bad_records_are_rejected_one_by_one():
    batch = read("tekst", None, {"anbefaltTerm": {"navn": {}}}, FULL, {"anbefaltTerm": 7})
    assert [record.status for record in batch.report.records] == [
        "rejected",
        "rejected",
        "rejected",
        "stored",
        "rejected",
    ]
    assert [record.where.row for record in batch.report.records][2:] == [3, 4, 5]


def test_ids_of_the_tool_make_stable_uris_and_the_newest_version_counts():
    old = {**FULL, "uri": None, "id": "a1", "originaltBegrep": "a0", "versjonsnr": {"major": 1, "minor": 9, "patch": 0}}
    new = {
        **old,
        "id": "a2",
        "versjonsnr": {"major": 1, "minor": 10, "patch": 0},
        "anbefaltTerm": {"navn": {"nb": "park"}},
    }
    batch = read(old, new)
    assert [record.status for record in batch.report.records] == ["skipped", "stored"]
    assert codes(batch) == ["older-version"]
    [first] = [t.subject for t in batch.triples if t.object == SKOS.Concept]
    [renamed] = [t.subject for t in read(old).triples if t.object == SKOS.Concept]
    assert first == renamed


def test_a_table_and_json_that_say_the_same_are_the_same():
    [table] = ConceptTable().read(
        Source("hage.csv", b"anbefalt_term:nb;definisjon:nb;definisjon:kilde\nbed;jord;Boka|https://b.example/\n"),
        OPTIONS,
    )
    batch = read(
        {
            "anbefaltTerm": {"navn": {"nb": "bed"}},
            "definisjon": {
                "tekst": {"nb": "jord"},
                "kildebeskrivelse": {"kilde": [{"tekst": "Boka", "uri": "https://b.example/"}]},
            },
        }
    )
    assert set(batch.triples) == set(table.triples)


@pytest.mark.parametrize("data", [b'[{"anbefaltTerm": }]', b'{"anbefaltTerm": \xff}', b"[" * 100_000])
def test_what_is_no_json_is_refused_with_its_place(data):
    with pytest.raises(UnreadableSourceError) as caught:
        ConceptJson().read(Source("hage.json", data), OPTIONS)
    assert caught.value.where.file == "hage.json"


def test_is_recognised_by_its_members():
    assert isinstance(importer_for(Source("x", b'\xef\xbb\xbf [{"anbefaltTerm": {}}]')), ConceptJson)
    assert not ConceptJson().recognises(Source("x.json", b'[{"@id": "http://x/"}]'))
    assert not ConceptJson().recognises(Source("x.csv", b'a;"anbefaltTerm"'))


@pytest.mark.real_data
def test_real_json_loses_no_concept_term_definition_source_or_relation(shared):
    data = (shared / "data/catalogues/fdk_registration_app/begrep-skos2-testdata-import-JSON-500.json").read_bytes()
    records = json.loads(data)
    [batch] = ConceptJson().read(Source("json-500.json", data), ImportOptions(BASE))
    found = Counter(t.predicate.value.rsplit("/", 1)[-1].rsplit("#", 1)[-1] for t in batch.triples)
    definitions = ("definisjon", "definisjonForAllmennheten", "definisjonForSpesialister")
    sources = [
        k
        for r in records
        for d in (r, *(r[name] for name in definitions))
        for k in d.get("kildebeskrivelse", {}).get("kilde", [])
    ]
    assert batch.report.counts()["stored"] == len(records) == 500
    assert found["prefLabel"] == sum(len(r["anbefaltTerm"]["navn"]) for r in records)
    assert found["altLabel"] == sum(len(texts) for r in records for texts in r["tillattTerm"].values()) + 500
    assert found["hiddenLabel"] == sum(len(texts) for r in records for texts in r["frarådetTerm"].values())
    assert found["value"] == sum(len(r[name]["tekst"]) for r in records for name in definitions)
    assert found["source"] == len(sources) == 1337
    relations = ("isFromConceptIn", "hasGenericConceptRelation", "hasPartitiveConceptRelation")
    assert sum(found[name] for name in relations) == sum(len(r["begrepsRelasjon"]) for r in records) == 2500
    assert all(t.predicate != RDF.first for t in batch.triples)
