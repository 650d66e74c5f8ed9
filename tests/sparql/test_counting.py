"""The number of all triples is told without counting, and is what the engine counts."""

import json

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, Store

from sparql.language.counting import counted

ASKED = [
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "select (count(*) as $n) where { $s ?p ?o . }",
    "PREFIX a: <urn:a:> BASE <urn:b>\n# all\nSELECT(COUNT(*)AS ?n){?s ?p ?o}",
]
LEFT = [
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?s }",
    "SELECT (COUNT(*) AS ?s) { ?s ?p ?o }",
    "SELECT (COUNT(DISTINCT *) AS ?n) { ?s ?p ?o }",
    "SELECT (COUNT(?s) AS ?n) { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } LIMIT 0",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o ; ?q ?r }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(isIRI(?o)) }",
    "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s",
    "SELECT (COUNT(*) AS ?n) { ?s a ?o }",
    "SELECT (COUNT(*) AS ?n) { _:s ?p ?o }",
    "PREFIX a:b <urn:a:> SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) { ?s WHERE ?p ?o }",
    "SELECT (COUNT(*) AS ?n) { '*' ?p ?o }",
]


@pytest.fixture
def store():
    found = Store()
    found.extend(Quad(NamedNode(f"urn:{number}"), NamedNode("urn:p"), Literal(str(number))) for number in range(7))
    return found


@pytest.mark.parametrize("text", ASKED)
def test_all_triples_are_counted_as_the_engine_does(store, text):
    told = counted(text, lambda: len(store))
    assert told != text
    answers = [store.query(each).serialize(format=QueryResultsFormat.JSON) for each in (told, text)]
    assert json.loads(answers[0]) == json.loads(answers[1])


@pytest.mark.parametrize("text", LEFT)
def test_other_counts_are_left_to_the_engine(text):
    assert counted(text, lambda: 7) == text
