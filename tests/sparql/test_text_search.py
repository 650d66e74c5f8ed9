"""samsvar:search is answered by the index before the engine sees the query, wherever a property can stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from ontologies.namespaces import PREFIXES
from sparql.errors import QuerySyntaxError
from sparql.language.strings import value_of
from sparql.language.text_search import HITS, MOST, Found
from sparql.query_host.preparing import place_of, prepare

DATA = """
<urn:a> a skos:Concept ; skos:prefLabel "skatt"@nb .
<urn:b> a skos:Concept ; skos:prefLabel "skattelov"@nb .
<urn:c> a skos:Concept ; skos:prefLabel "skip"@nb .
"""


class Index:
    def __init__(self):
        self.asked = []

    def __call__(self, words, language, limit):
        self.asked.append((words, language, limit))
        hits = [Found("urn:a", "skatt", "nb", "exact"), Found("urn:b", 'a "quoted"\n\\ text', "", "prefix")]
        return [Found("urn:x> ?s ?p", "no IRI", "nb", "exact"), *hits][: limit + 1] if words else []


@pytest.fixture
def index():
    return Index()


def answers(query, index):
    store = Store()
    head = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
    store.update(f"{head} INSERT DATA {{ {DATA} }}")
    rows = store.query(prepare(query, {}, index).text, prefixes=PREFIXES)
    return sorted(tuple(getattr(term, "value", None) for term in row) for row in rows)


BOTH = [("urn:a",), ("urn:b",)]
SHAPES = [
    '?t samsvar:search "skatt"',
    '?t samsvar:search "skatt" .',
    '?t samsvar:search "skatt" ; .',
    '?t samsvar:search "skatt" . ?t a skos:Concept',
    '?t samsvar:search "skatt" ; a skos:Concept ; skos:prefLabel ?l',
    '?t a skos:Concept ; samsvar:search "skatt"',
    '?t a skos:Concept ; samsvar:search "skatt" ; skos:prefLabel ?l .',
    '?x skos:prefLabel "skip"@nb . ?t a skos:Concept ; samsvar:search "skatt"',
    '{ ?t samsvar:search "skatt" }',
    '(?t) samsvar:search ("skatt")',
    '(?t ?rank ?text ?why) samsvar:search ("skatt" 10) ; a skos:Concept .',
    "?t <https://w3id.org/samsvar/ontology#search> '''skatt''' FILTER(isIRI(?t))",
    'OPTIONAL { ?t samsvar:search "skatt" . ?t skos:prefLabel ?l }',
    '?t samsvar:search "skatt" . ?t samsvar:search "lov"',
]


@pytest.mark.parametrize("shape", SHAPES)
def test_wherever_a_property_can_stand(index, shape):
    assert answers(f"SELECT DISTINCT ?t WHERE {{ {shape} }}", index) == BOTH
    assert index.asked[0][0] == "skatt"


def test_rank_text_and_reason(index):
    rows = answers('SELECT * { (?t ?rank ?text ?why) samsvar:search ("skatt"@nn 7) }', index)
    assert [(row[0], row[1], row[3]) for row in rows] == [
        ("1", "skatt", "exact"),
        ("2", 'a "quoted"\n\\ text', "prefix"),
    ] or rows
    assert index.asked == [("skatt", "nn", 7)]
    assert {"skatt", 'a "quoted"\n\\ text'} <= {term for row in rows for term in row}


def test_limits_are_held(index):
    answers('SELECT * { ?t samsvar:search "skatt" }', index)
    assert index.asked == [("skatt", "", HITS)]
    for number in ("0", str(MOST + 1), "1.5"):
        with pytest.raises(QuerySyntaxError, match=f"from 1 to {MOST}"):
            prepare(f'SELECT * {{ ?t samsvar:search ("skatt" {number}) }}', {}, index)
    with pytest.raises(QuerySyntaxError, match="6 times") as error:
        prepare("SELECT * {" + '\n?t samsvar:search "skatt" . ' * 6 + "}", {}, index)
    assert place_of(error.value) == (7, 1)


WRONG = [
    "?t samsvar:search ?words",
    '<urn:a> a skos:Concept ; samsvar:search "skatt"',
    '?t samsvar:search "skatt", "lov"',
    '<urn:a> samsvar:search "skatt"',
    '?t skos:related/samsvar:search "skatt"',
    '?t ^samsvar:search "skatt"',
    '?t samsvar:search+ "skatt"',
    '?t samsvar:search "skatt"^^xsd:string',
    '("x" ?t) samsvar:search "skatt"',
    '(?a ?b ?c ?d ?e) samsvar:search "skatt"',
    "?t samsvar:search (?words 3)",
    '?t samsvar:search  "skatt" ; samsvar:search "lov" .',
]


@pytest.mark.parametrize("shape", WRONG)
def test_what_cannot_be_answered_is_said_with_its_place(index, shape):
    with pytest.raises(QuerySyntaxError, match=r"as in .thing samsvar:search") as error:
        prepare(f"SELECT * {{\n{shape} }}", {}, index)
    assert place_of(error.value) == (2, shape.rindex("samsvar:search") + 1)


UNTOUCHED = [
    "SELECT * { samsvar:search ?p ?o }",
    "SELECT * { ?s ?p samsvar:search . }",
    "SELECT * { ?s ?p ?o FILTER(?p = samsvar:search) }",
    "SELECT * { ?s ?p 'samsvar:search \"x\"' } # ?t samsvar:search 'x'",
    "PREFIX samsvar: <urn:other> SELECT * { ?s samsvar:search 'x' }",
    "CONSTRUCT { ?s samsvar:search 'x' } WHERE { ?s ?p ?o }",
    "SELECT * { ?s foo:search 'x' }",
]


@pytest.mark.parametrize("query", UNTOUCHED)
def test_other_uses_of_the_word_stay(index, query):
    assert prepare(query, {}, index).text == query
    assert index.asked == []


def test_another_prefix_for_the_same_namespace(index):
    query = "PREFIX s: <https://w3id.org/samsvar/ontology#> SELECT ?t { ?t s:search 'skatt' }"
    assert answers(query, index) == BOTH


def test_no_hits_are_no_rows(index):
    assert answers('SELECT ?t { ?t samsvar:search "" }', index) == []


def test_words_may_be_a_parameter(index):
    query = '# param: word text "" Word\nSELECT ?t { ?t samsvar:search $word }'
    prepare(query, {"word": 'to "ord"'}, index)
    assert index.asked == [('to "ord"', "", HITS)]


def test_an_error_is_told_in_the_place_of_the_text_that_was_sent(index):
    query = "# param: word text skatt Word\nSELECT * {\n ?t samsvar:search $word ; a skos:Concept ; wrong }"
    prepared = prepare(query, {"word": "a much longer word than the variable"}, index)
    with pytest.raises(SyntaxError) as error:
        Store().query(prepared.text, prefixes=PREFIXES)
    line, column = (int(number) for number in str(error.value).split(" ")[2].split(":")[:2])
    told = place_of(prepared.told(QuerySyntaxError(f"Line {line}, column {column}: not SPARQL.")))
    assert told[0] == line == 3
    assert query.splitlines()[2][told[1] - 1 :] == prepared.text.splitlines()[2][column - 1 :]
    assert told[1] != column


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_the_value_of_every_string_form(value):
    escaped = (
        value.replace("\\", "\\\\").replace('"', '\\"').replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
    )
    for quote in ('"', "'", '"""', "'''"):
        assert value_of(f"{quote}{escaped}{quote}") == value
    assert value_of('"\\u00e6\\U0001F600\\t"') == "æ😀\t"
