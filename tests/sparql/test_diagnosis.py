"""What is said of a query that the engine refuses: the first mistake, at its own line and column."""

from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sparql_texts import QUERY, mutations, texts

from ontologies.namespaces import PREFIXES
from sparql.errors import QuerySyntaxError
from sparql.language.diagnosis import diagnosis
from sparql.language.diagnosis.cursor import Cursor
from sparql.language.tokens import tokens

ROOT = Path(__file__).parents[2]
FILES = sorted(path for name in ("sparql/examples", "registry") for path in (ROOT / name).rglob("*.rq"))
READ_ALL = """
PREFIX e: <http://e/> BASE <http://e/>
CONSTRUCT { ?s e:p [ e:q (1 2.5 -3 "a"@nb true) ] . [] e:r _:b } FROM e:g FROM NAMED <g>
WHERE {
  ?s a e:C ; e:p/^e:q|!(e:r|^a)* ?o , "x"^^e:d ; .
  [ e:p ?x ] e:q ?y . (?s) e:list () .
  { SELECT DISTINCT ?s (COUNT(DISTINCT *) AS ?n) (GROUP_CONCAT(?o ; SEPARATOR = ", ") AS ?all) WHERE { ?s ?p ?o }
    GROUP BY ?s (STR(?o) AS ?text) STRLEN(?p) HAVING (?n > 1) e:f(?s) ORDER BY DESC(?n) ?s LIMIT 5 OFFSET 2 }
  OPTIONAL { GRAPH ?g { ?s ?p 5. ?t ?p 6 } } MINUS { ?s e:p ?o } { ?s ?p 1 } UNION { ?s ?p 2 } UNION { }
  SERVICE SILENT <http://e/> { ?s ?p ?o }
  FILTER NOT EXISTS { ?s ?p ?o } FILTER (?x NOT IN (1, 2) && !(?x = -1 || ?y < 2) && e:f() && NOW() > ?d)
  FILTER REGEX(?x, "a", "i") BIND (IF(BOUND(?x), ?x, COALESCE(?y, 1 - 1)) AS ?z)
  VALUES ?v { 1 UNDEF e:x "a"@en } VALUES (?a ?b) { (1 UNDEF) (e:x "a"@en) }
}
ORDER BY ASC(?s) e:f(?z) VALUES ?s { e:s }
"""


fuzzed = settings(
    max_examples=60,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)


def is_taken(text: str) -> bool:
    """Whether the engine reads it; what it then says of unknown functions is no matter of the grammar."""
    try:
        pyoxigraph.Store().query(text, base_iri="http://e/")
    except SyntaxError:
        return False
    except RuntimeError:  # a function that it does not know
        return True
    return True


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("SELECT * {\n  ?c a skos:Concept\n  ?c skos:prefLabel ?x }", "Line 3, column 3", "a dot"),
        ("SELECT * {\n  ?c a skos:Concept .", "Line 1, column 10", "this { is not closed"),
        ("SELECT * { ?c a skos:Concept } }", "Line 1, column 32", "closes nothing"),
        ("SELECT * { ?c a foo:Bar }", "Line 1, column 17", "prefix foo: is not declared"),
        ("SELECT * { ?c a sko:Concept }", "Line 1, column 17", "Is skos: meant?"),
        ("SELECT * { ?c a ?d OPTINAL { } }", "Line 1, column 20", "Is OPTIONAL meant?"),
        ("SELECT * { ?c a ?d FILTER(STRLN(?d) > 3) }", "Line 1, column 27", "Is STRLEN meant?"),
        ("SELECT * { ?c a ?d FILTER(?d = ) }", "Line 1, column 32", "a value, a variable or a function"),
        ("SELECT * { ?c skos:prefLabel }", "Line 1, column 30", "an object"),
        ("SELECT ?a, ?b { ?a ?b ?c }", "Line 1, column 10", "without a comma"),
        ("SELECT (COUNT(?a)) { ?a ?b ?c }", "Line 1, column 18", "AS and a variable"),
        ("SELECT ?a ?c { ?a ?b ?c } GROUP BY ?a", "Line 1, column 11", "?c is neither in GROUP BY"),
        ("SELECT ?a { ?a ?b ?c BIND(1 AS ?a) }", "Line 1, column 32", "before BIND"),
        ("SELECT ?a { ?a ?b ?c } LIMT 5", "Line 1, column 24", "Is LIMIT meant?"),
        ("SELECT ?a { ?a ?b ?c } LIMIT x", "Line 1, column 30", "a whole number"),
        ("SELECT ?a { ?a ?b ?c } ORDER BY", "Line 1, column 32", "the query ends"),
        ("SELEC ?a { ?a ?b ?c }", "Line 1, column 1", "Is SELECT meant?"),
        ("PREFIX e <http://e/> ASK { }", "Line 1, column 8", "a prefix with its colon"),
        ("CONSTRUCT { ?s ?p ?o ?q } WHERE { ?s ?p ?o }", "Line 1, column 22", "a dot"),
        ("DESCRIBE WHERE { }", "Line 1, column 10", "an IRI or a variable"),
        ("SELECT * { VALUES (?a ?b) { 1 2 } }", "Line 1, column 29", "a row in parentheses"),
    ],
)
def test_the_mistake_is_named_where_it_is(text: str, place: str, words: str) -> None:
    found = diagnosis(text, PREFIXES)
    assert isinstance(found, QuerySyntaxError)
    assert str(found).startswith(f"{place}: ")
    assert words in str(found)
    with pytest.raises(SyntaxError):
        pyoxigraph.Store().query(text, prefixes=PREFIXES)


def test_the_first_of_two_mistakes_is_named() -> None:
    found = diagnosis("SELECT * { ?a ?b }\nLIMIT e:five", ())
    assert str(found).startswith("Line 1, column 18")


def test_the_whole_grammar_is_read() -> None:
    assert is_taken(READ_ALL)
    assert diagnosis(READ_ALL, ()) is None


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_nothing_is_said_of_the_registers_own_queries(file: Path) -> None:
    assert diagnosis(file.read_text(encoding="utf-8"), PREFIXES) is None


@pytest.mark.parametrize(
    "text",
    [
        f"ASK {'{' * 99}{'}' * 99}",
        f"ASK {'{ FILTER EXISTS ' * 99}{{}}{'}' * 99}",
        f"ASK {{ FILTER {'(' * 99}1{')' * 99} }}",
        f"SELECT ({'STR(' * 99}1{')' * 99} AS ?x) {{ }}",
        f"ASK {{ ?s e:p {'[ e:p ' * 99}1{']' * 99} }}",
        f"ASK {{ {'(' * 99}1{')' * 99} e:p 1 }}",
    ],
)
def test_a_query_nested_to_the_limit_is_read(text: str) -> None:
    assert diagnosis(text, ("e",)) is None
    assert diagnosis(f"{text} x", ("e",)) is not None


@fuzzed
@given(mutations(QUERY))
def test_nothing_breaks_it(text: str) -> None:
    try:
        found = diagnosis(text, ())
    except QuerySyntaxError as error:
        found = error
    assert found is None or str(found)


@fuzzed
@given(texts(QUERY))
def test_what_the_engine_takes_is_taken(text: str) -> None:
    assert not is_taken(text) or diagnosis(text, ()) is None


def test_each_bind_reads_on_where_the_one_before_it_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """A query has room for thousands of them."""
    passed: list[int] = []
    between = Cursor.between

    def counted(cursor: Cursor, start: int, end: int):
        passed.append(end - start)
        return between(cursor, start, end)

    monkeypatch.setattr(Cursor, "between", counted)
    text = f"SELECT * {{ ?s ?p ?o {'BIND(1 AS ?x) ' * 500}}}"
    assert "?x is used before" in str(diagnosis(text, PREFIXES))
    assert sum(passed) <= len(list(tokens(text)))
    outer = "SELECT * { BIND(1 AS ?x) ?s ?p ?x . { BIND(3 AS ?x) } BIND(3 AS ?p) }"
    assert "column 65: ?p is used" in str(diagnosis(outer, PREFIXES))
