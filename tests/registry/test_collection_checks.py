"""The checks of concept collections: each finds what it is for, and nothing where that is right."""

import time

import pytest
from pages_register import PREFIXES
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from ontologies.namespaces import RDF, SKOS
from registry.quality.collection import checks, found_by
from registry.quality.collection.base import Concepts
from registry.quality.collection.components import clusters, cycles
from registry.quality.facts import Picture

GRAPH = NamedNode("http://localhost:8000/graph/catalogue/x")
GOOD = """
x:a a skos:Concept ; skos:prefLabel "ørret"@nb, "aure"@nn ; skos:definition "fisk"@nb ; skos:narrower x:b ; skos:notation "1" .
x:b a skos:Concept ; skos:prefLabel "sjøørret"@nb, "sjøaure"@nn ; skos:scopeNote "i sjøen"@nb ; skos:broader x:a ;
  skos:related x:c ; skos:exactMatch <https://other.example/1> ; skos:notation "2" .
x:c a skos:Concept ; skos:prefLabel "elv"@nb, "elv"@nn ; skos:definition "rennende vann"@nb ; skos:related x:b ;
  skos:exactMatch <https://other.example/2> .
x:a skos:closeMatch <https://other.example/3> .
x:s a skos:ConceptScheme ; dct:title "Fisk"@nb ; skos:hasTopConcept x:a .
x:m a skos:Collection ; dct:title "Begreper"@nb ; skos:member x:a, x:b, x:c .
"""
FAULTS = {
    "ambiguousNotation": 'x:c skos:notation "1" .',
    "conceptsWithoutScheme": 'x:d a skos:Concept ; skos:prefLabel "d"@nb .',
    "cyclicHierarchicalRelations": "x:a skos:broader x:b .",
    "danglingRelations": "x:a skos:related x:nothing .",
    "disconnectedClusters": "x:d a skos:Concept ; skos:related x:e . x:e a skos:Concept .",
    "disjointClasses": "x:s a skos:Concept .",
    "disjointLabelsViolation": 'x:a skos:altLabel "ørret"@nb .',
    "emptyLabels": 'x:a skos:altLabel "  "@nb .',
    "extraSpaces": 'x:a skos:altLabel "brun  ørret"@nb .',
    "hierarchicalRedundancy": "x:c skos:broader x:b, x:a .",
    "httpUriSchemeViolation": 'urn:fisk:1 a skos:Concept ; skos:prefLabel "d"@nb .'.replace(
        "urn:fisk:1", "<urn:fisk:1>"
    ),
    "incompleteLanguageCoverage": 'x:a skos:prefLabel "trout"@en .',
    "inconsistentPreferredLabels": 'x:a skos:prefLabel "bekkørret"@nb .',
    "mappingClashes": "x:b skos:broadMatch <https://other.example/1> .",
    "mappingRelationsMisuse": "x:a skos:closeMatch x:c .",
    "missingLabels": "x:n a skos:Collection .",
    "missingOutLinks": 'x:d a skos:Concept ; skos:prefLabel "d"@nb ; skos:closeMatch x:a .',
    "noCommonLanguages": 'x:d a skos:Concept ; skos:prefLabel "tusseladd"@fi .',
    "omittedOrInvalidLanguageTags": 'x:a skos:altLabel "fario" .',
    "omittedTopConcepts": 'x:t a skos:ConceptScheme ; dct:title "Til"@nb .',
    "orphanConcepts": 'x:d a skos:Concept ; skos:prefLabel "d"@nb .',
    "overlappingLabels": 'x:c skos:altLabel "Ørret"@nb .',
    "reflexivelyRelated": "x:c skos:related x:c .",
    "relationClashes": "x:b skos:related x:a .",
    "sharedExactMatch": "x:c skos:exactMatch <https://other.example/1> .",
    "solelyTransitivelyRelated": "x:c skos:broaderTransitive x:a .",
    "topConceptsHavingBroader": "x:b skos:topConceptOf x:s .",
    "undefinedSkosResources": 'x:a skos:preferredLabel "ørret"@nb .',
    "undocumentedConcepts": 'x:d a skos:Concept ; skos:prefLabel "d"@nb .',
    "unidirectionallyRelated": "x:a skos:related x:c .",
    "unprintableCharacters": 'x:a skos:altLabel "bekk\\u0007ørret"@nb .',
    "valuelessAssociativeRelations": "x:c skos:broader x:a .",
}
"""What is added to the good collection, and trips the check."""


class Triples:
    def __init__(self, turtle: str) -> None:
        text = f"@prefix x: <https://fisk.example/> .{PREFIXES}{turtle}"
        self.held = list(parse(text.encode(), format=RdfFormat.TURTLE))

    def quads(self, graph):
        return iter(self.held)


def found(turtle: str) -> dict:
    return found_by(Concepts(Picture(Triples(turtle), GRAPH)))


def test_a_good_collection_has_no_faults() -> None:
    assert {code for code, each in found(GOOD).items() if each} == set()


@pytest.mark.parametrize("code", sorted(FAULTS))
def test_the_check_finds_what_it_is_for(code: str) -> None:
    assert found(GOOD + FAULTS[code])[code]


def test_every_check_has_an_example_or_says_why_not() -> None:
    untested = {code for code, check in checks().items() if check.find is None}
    assert untested == {"brokenLinks"}
    assert set(FAULTS) | untested | {"missingInLinks"} == set(checks())


def test_what_is_found_names_the_things_and_shows_them() -> None:
    overlapping = found(GOOD + FAULTS["overlappingLabels"])["overlappingLabels"]
    assert [(each.things, each.value) for each in overlapping] == [
        (("https://fisk.example/a", "https://fisk.example/c"), "ørret")
    ]
    [lacking] = found(GOOD.replace(', "elv"@nn', ""))["incompleteLanguageCoverage"]
    assert lacking.value == "nn"


def test_relation_objects_and_other_spellings_are_relations_too() -> None:
    said = """
    x:a a skos:Concept ; skosno:hasGenericConceptRelation x:r . x:r skosno:hasSpecificConcept x:b .
    x:b a skos:Concept ; xkos:isPartOf x:c ; skosno:isFromConceptIn x:q . x:q skosno:hasToConcept x:d .
    x:c a skos:Concept . x:d a skos:Concept .
    """
    concepts = Concepts(Picture(Triples(said), GRAPH))
    a, b, c, d = (NamedNode(f"https://fisk.example/{name}") for name in "abcd")
    assert concepts.above(b) == {a, c}
    assert concepts.associated[d] == {b}
    assert not found(said)["orphanConcepts"]


def test_missing_in_links_ask_the_rest_of_the_register(pages_services) -> None:
    reader = pages_services.store.reader()
    graph = NamedNode("http://localhost:8000/graph/catalogue/prove-fisk")
    linked = {each.things for each in found_by(Concepts(Picture(reader, graph), reader))["missingInLinks"]}
    assert linked == set(), "the harbour's vessel matches the fishery's"
    harbour = NamedNode("http://localhost:8000/graph/catalogue/prove-havn")
    assert found_by(Concepts(Picture(reader, harbour), reader))["missingInLinks"]


def test_clusters_and_cycles() -> None:
    assert sorted(map(sorted, clusters({1: [2], 2: [], 3: [4], 4: [], 5: []}))) == [[1, 2], [3, 4], [5]]
    links = {1: {2}, 2: {3}, 3: {1, 4}, 4: {5}, 5: {4}, 6: {1}, 7: {7}}
    assert sorted(map(sorted, cycles(links))) == [[1, 2, 3], [4, 5]]


@pytest.mark.slow
def test_ten_thousand_concepts_are_checked() -> None:
    class Many:
        def quads(self, graph):
            for number in range(10_000):
                concept = NamedNode(f"https://many.example/{number}")
                yield Quad(concept, RDF.type, SKOS.Concept, graph)
                yield Quad(concept, SKOS.prefLabel, Literal(f"begrep {number}", language="nb"), graph)
                yield Quad(concept, SKOS.broader, NamedNode(f"https://many.example/{number // 10}"), graph)
                yield Quad(concept, SKOS.related, NamedNode(f"https://many.example/{(number * 7) % 10_000}"), graph)

    began = time.process_time()
    outcome = found_by(Concepts(Picture(Many(), GRAPH)))
    assert len(outcome["undocumentedConcepts"]) == 10_000
    assert time.process_time() - began < 60
