"""OWL and RDFS ontologies and JSON-LD contexts: kept as they are, and told as a model."""

import json

import pytest
from model_triples import codes, kinds, read_one, said
from pyoxigraph import NamedNode, Triple

from importers import importer_for
from importers.base import ImportOptions, Source
from ontologies.namespaces import OWL

X = "https://bat.example/onto#"
MODEL = "https://register.example/information-models/prove/"
HEAD = """@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix x: <https://bat.example/onto#> .
"""
ONTOLOGY = (
    HEAD
    + """
<https://bat.example/onto> a owl:Ontology ; rdfs:label "Båter"@nb ; owl:imports <http://127.0.0.1:1/annen.owl> .
x:Bat a owl:Class ; rdfs:label "båt"@nb , "boat"@en ; rdfs:comment "Et fartøy."@nb .
x:Ferge a owl:Class ; rdfs:subClassOf x:Bat , [ a owl:Restriction ; owl:onProperty x:rute ; owl:minCardinality 2 ] ,
  [ a owl:Restriction ; owl:onProperty x:drift ; owl:someValuesFrom x:Drift ] .
x:Drift a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:oneOf ( x:seil x:motor ) ] .
x:seil a owl:NamedIndividual , x:Drift ; rdfs:label "med seil"@nb . x:motor a owl:NamedIndividual , x:Drift .
x:navn a owl:DatatypeProperty , owl:FunctionalProperty ; rdfs:domain x:Bat ; rdfs:range xsd:string .
x:rute a owl:ObjectProperty ; rdfs:range x:Havn . x:Havn a owl:Class . x:drift a owl:ObjectProperty .
"""
)


@pytest.fixture(scope="module")
def batch():
    return read_one("bat.ttl", ONTOLOGY)


def test_ontologies_are_told_from_catalogues() -> None:
    assert importer_for(Source("x", ONTOLOGY.encode())).name == "ontology"
    concepts = HEAD + 'x:a a skos:Concept ; skos:prefLabel "a"@nb . x:B a owl:Class .'
    assert importer_for(Source("x", concepts.encode())).name == "rdf"


def test_the_ontology_is_kept_and_is_a_model(batch) -> None:
    imported = NamedNode("http://127.0.0.1:1/annen.owl")
    assert Triple(NamedNode("https://bat.example/onto"), OWL.imports, imported) in batch.triples
    assert [record.subject for record in batch.report.records] == ["https://bat.example/onto"]
    assert batch.title == ""
    assert "property-missing" not in codes(batch)
    found = kinds(batch)
    assert (found["owl:Class"], found["owl:Restriction"]) == (5, 2)
    assert found["modelldcatno:ObjectType"] == 3


def test_classes_become_elements_with_their_words(batch) -> None:
    assert said(batch, X) >= {
        ("Bat", "rdf:type", "modelldcatno:ObjectType"),
        ("Bat", "dct:title", "båt"),
        ("Bat", "dct:title", "boat"),
        ("Bat", "dct:description", "Et fartøy."),
        ("Bat", "modelldcatno:hasProperty", f"{MODEL}Bat/navn"),
    }


def test_domains_ranges_and_restrictions_become_properties(batch) -> None:
    assert said(batch, MODEL) >= {
        ("Bat/navn", "rdf:type", "modelldcatno:Attribute"),
        ("Bat/navn", "prov:wasDerivedFrom", f"{X}navn"),
        ("Bat/navn", "modelldcatno:hasSimpleType", "types/string"),
        ("Bat/navn", "modelldcatno:maxOccurs", "1"),
        ("Ferge/rute", "rdf:type", "modelldcatno:Role"),
        ("Ferge/rute", "modelldcatno:minOccurs", "2"),
        ("Ferge/rute", "modelldcatno:maxOccurs", "*"),
        ("Ferge/rute", "modelldcatno:hasObjectType", f"{X}Havn"),
        ("Ferge/Bat", "modelldcatno:hasGeneralConcept", f"{X}Bat"),
        ("Ferge/drift", "modelldcatno:minOccurs", "1"),
        ("Ferge/drift", "modelldcatno:hasValueFrom", f"{X}Drift"),
    }


def test_enumerations_become_code_lists(batch) -> None:
    assert said(batch, X) >= {
        ("Drift", "rdf:type", "modelldcatno:CodeList"),
        ("seil", "skos:inScheme", f"{X}Drift".removeprefix(X)),
        ("seil", "skos:notation", "seil"),
        ("seil", "skos:prefLabel", "med seil"),
    }


def test_rdfs_is_enough() -> None:
    text = (
        HEAD
        + """x:Bat a rdfs:Class . x:navn a rdf:Property ; rdfs:domain x:Bat ; rdfs:range rdfs:Literal .
    x:eier a rdf:Property ; rdfs:domain x:Bat ; rdfs:range x:Person . x:Person a rdfs:Class ."""
    )
    found = said(read_one("bat.ttl", text), MODEL)
    assert ("Bat/navn", "rdf:type", "modelldcatno:Attribute") in found
    assert ("Bat/eier", "modelldcatno:hasObjectType", f"{X}Person") in found


def test_reading_it_again_says_the_same(batch) -> None:
    assert set(read_one("bat.ttl", ONTOLOGY).triples) == set(batch.triples)


CONTEXT = {
    "@context": {
        "@version": 1.1,
        "b": "https://bat.example/onto#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "Båt": "b:Bat",
        "navn": "b:navn",
        "bygd": {"@id": "b:bygd", "@type": "xsd:date"},
        "eiere": {"@id": "b:eier", "@type": "@id", "@container": "@set"},
    }
}


def test_a_context_becomes_terms_and_prefixes() -> None:
    found = said(read_one("bat.jsonld", json.dumps(CONTEXT)), MODEL)
    assert found >= {
        ("prefixes/b", "http://www.w3.org/ns/shacl#namespace", "https://bat.example/onto#"),
        ("Bat", "rdf:type", "modelldcatno:ObjectType"),
        ("Bat", "rdfs:seeAlso", f"{X}Bat"),
        ("terms/navn", "rdfs:seeAlso", f"{X}navn"),
        ("terms/bygd", "modelldcatno:hasSimpleType", "types/date"),
        ("terms/eiere", "rdf:type", "modelldcatno:Role"),
        ("terms/eiere", "modelldcatno:maxOccurs", "*"),
    }


def test_a_context_with_data_is_json_ld_and_others_are_not_fetched() -> None:
    with_data = json.dumps({**CONTEXT, "@id": "https://bat.example/1", "navn": "Skuta"})
    assert importer_for(Source("x", with_data.encode())).name == "rdf"
    elsewhere = json.dumps({"@context": ["https://annen.example/c.jsonld", CONTEXT["@context"]]})
    batch = read_one("bat.jsonld", elsewhere, ImportOptions("https://register.example"))
    assert "reference-not-followed" in codes(batch)
