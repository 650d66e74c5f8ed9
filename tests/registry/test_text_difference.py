"""The difference of texts on disk is that of their triples, whatever stands in them."""

import pytest
from pyoxigraph import RdfFormat, Triple, parse, serialize

from registry import closures
from registry.previews.difference import difference
from registry.previews.located import Located
from registry.previews.overlay import InMemory, OnDisk
from registry.previews.text_difference import TextDifference
from sparql.embedded.stored_form import as_stored

NODE = "https://r.example/nodes/0123456789abcdef0123456789abcdef"
HEAD = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix euvoc: <http://publications.europa.eu/ontology/euvoc#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix : <https://havn.example/> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
KAI = (
    ':kai a skos:Concept ; skos:prefLabel "kai"@nb ; euvoc:xlDefinition :d1 . :d1 rdf:value "innretning ved land"@nb .'
)
LOS = f':los a skos:Concept ; skos:prefLabel "los"@nb ; dct:relation <{NODE}> . <{NODE}> rdf:value "over 20 år"@nb .'
LIST = ':liste a skos:Collection ; dct:title "Havn"@nb ; skos:member :kai , :los .'
AGE = ':kai :alder "07"^^xsd:integer .'

STATES = {
    "new": ("", KAI + LOS + LIST),
    "gone": (KAI + LOS, KAI),
    "a definition": (KAI + LOS, KAI.replace("land", "vann") + LOS),
    "a node's value": (KAI + LOS, KAI + LOS.replace("20", "18")),
    "a label": (KAI, KAI.replace('"kai"', '"brygge"')),
    "a member": (KAI + LOS + LIST, KAI + LOS + LIST.replace(", :los", "")),
    "a number in other words": (KAI + AGE, KAI + AGE.replace("07", "7")),
    "another number": (KAI + AGE, KAI + AGE.replace("07", "8")),
    "the same": (KAI + LOS + LIST, LIST + LOS + KAI),
    "nodes that hang in the air": (KAI, f"{KAI} <{NODE}> :p <{NODE}> ."),
}


def triples(turtle: str) -> set[Triple]:
    return as_stored(quad.triple for quad in parse(HEAD + turtle, RdfFormat.TURTLE))


def located(content: set[Triple]) -> Located:
    lines = (serialize(content, format=RdfFormat.N_TRIPLES) or b"").splitlines(keepends=True)
    return Located(lines)  # a line a portion: what is said of a thing stands in many places


@pytest.mark.parametrize("name", STATES)
def test_texts_differ_as_their_triples_do(name: str) -> None:
    old, new = map(triples, STATES[name])
    expected = difference(old, new, closures.affected(old, new))
    found = TextDifference.between(located(old), located(new)).as_difference()
    assert (found.heads, found.unchanged) == (expected.heads, expected.unchanged)
    assert list(found.things) == list(expected.things)


def test_a_line_said_twice_is_no_difference() -> None:
    content = triples(KAI + LOS)
    twice = Located([*(serialize(content, format=RdfFormat.N_TRIPLES) or b"").splitlines(keepends=True)] * 2)
    assert TextDifference.between(located(content), twice).affected == frozenset()


def test_a_graph_on_disk_answers_as_one_in_memory() -> None:
    content = triples(KAI + LOS + LIST + AGE)
    disk, memory = OnDisk(located(content)), InMemory(content)
    subjects = {None, *(each.subject for each in content)}
    predicates = {None, *(each.predicate for each in content)}
    values = {None, *(each.object for each in content)}
    for pattern in ((s, p, v) for s in subjects for p in predicates for v in values):
        assert set(disk.triples(*pattern)) == set(memory.triples(*pattern)), pattern
