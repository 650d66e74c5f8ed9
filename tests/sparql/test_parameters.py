"""Parameters are bound as terms: no value can be anything else in the query than one."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, Store

from sparql.errors import ProtocolError, QuerySyntaxError, QueryTooLargeError
from sparql.language.parameters import Parameter, bind, declared
from sparql.language.rewriting import original_place, rewrite
from sparql.query_host.preparing import prepare

QUERY = """# param: word text barn Word | Ord | Ord
# param: limit integer 120 Characters
SELECT ?c WHERE { ?c ?p $word . FILTER(STRLEN(STR(?c)) < $limit) }"""


def rows(query):
    return [list(row) for row in Store().query(query)]


def test_comments_and_dollar_variables_are_parameters():
    assert declared(QUERY + " # $comment") == (
        Parameter("word", "text", "barn", ("Word", "Ord", "Ord")),
        Parameter("limit", "integer", "120", ("Characters",)),
    )
    assert declared("SELECT * { ?s $p ?o ; $q '# param: x text y' }") == (Parameter("p"), Parameter("q"))
    assert declared("# param: sort up|down up\nASK {}") == (Parameter("sort", "choice", "up", (), ("up", "down")),)
    assert declared('# param: word text "to ord" Word\nASK {}')[0].default == "to ord"
    assert declared("# param: word colour red\nASK {}") == ()
    with pytest.raises(QuerySyntaxError):
        declared('ASK { ?s ?p "open }')


def test_labels_in_the_readers_language():
    word, limit = declared(QUERY)
    assert [word.label(each) for each in ("en", "nb", "nn")] == ["Word", "Ord", "Ord"]
    assert limit.label("nn") == "Characters"
    assert Parameter("x").label("nb") == "x"


def test_values_defaults_and_what_has_neither():
    assert '?p "barn" .' in bind(QUERY, {})
    assert '?p "skip" .' in bind(QUERY, {"word": "skip"})
    assert '"5"^^<http://www.w3.org/2001/XMLSchema#integer>' in bind(QUERY, {"limit": "5"})
    assert '?p "barn" .' in bind(QUERY, {"word": ""})
    assert bind("SELECT * { ?s ?p $o }", {}) == "SELECT * { ?s ?p $o }"
    assert bind("SELECT * { ?s ?p $o }", {"p": "x"}) == 'SELECT * { ?s "x" $o }'


def test_types_are_held():
    typed = "# param: v {} {}\nSELECT ($v AS ?x) {{}}"
    for kind, good, bad in (
        ("integer", "-7", "7.5"),
        ("integer", "0301", "1e9"),
        ("decimal", "2.5", "2,5"),
        ("date", "2026-11-21", "2026-02-30"),
        ("iri", "https://example.org/å", "https://example.org/a b"),
        ("iri", "skos:Concept", "skos:Concept> . ?s"),
        ("iri", "<urn:x>", "no-iri"),
        ("a|b", "b", "c"),
    ):
        query = typed.format(kind, good)
        assert len(rows(bind(query, {"v": good}))) == 1, (kind, good)
        with pytest.raises(ProtocolError, match="parameter v is"):
            bind(query, {"v": bad})
    assert bind(typed.format("iri", "skos:Concept"), {}).endswith("core#Concept> AS ?x) {}")


def test_a_parameter_that_is_not_there_is_an_error():
    with pytest.raises(ProtocolError, match="no parameter other; it has word, limit"):
        bind(QUERY, {"other": "x"})


def test_a_parameter_that_select_answers_is_a_column():
    (row,) = rows(bind("SELECT $word (STRLEN($word) AS ?n) { }", {"word": "barn"}))
    assert row[0] == Literal("barn")
    assert row[1].value == "4"
    (row,) = rows(bind("SELECT DISTINCT ?word WHERE { { SELECT $word { } } }", {"word": "barn"}))
    assert row == [Literal("barn")]


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_text_is_given_stays_one_literal(value):
    if value:
        (row,) = rows(bind("SELECT ($word AS ?x) { }", {"word": value}))
        assert row == [Literal(value)]
        assert "\n" not in bind("SELECT ($word AS ?x) { }", {"word": value})


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet="ab \n<>\"'{}.?$_:#/", max_size=12), st.sampled_from(["iri", "integer", "decimal", "date", "a|b"])
)
def test_whatever_is_given_of_another_type_is_refused_or_one_term(value, kind):
    try:
        query = bind(f"# param: v {kind}\nSELECT ($v AS ?x) {{ }}", {"v": value})
    except ProtocolError:
        return
    assert len(rows(query)) == 1


def test_a_place_in_the_new_text_is_found_in_the_old():
    text = "SELECT $a\n{ $b wrong }"
    edits = [(7, 9, '("a longer one" AS $a)'), (12, 14, '"b"')]
    new = rewrite(text, edits)
    line = new.splitlines()[1]
    assert original_place(text, edits, 2, line.index("wrong") + 1) == (2, 6)
    assert original_place(text, edits, 1, 12) == (1, 8)
    assert original_place(text, edits, 1, 1) == (1, 1)
    assert original_place(text, edits, 9, 9) == (2, 13)


def test_line_and_column_survive_the_json():
    assert json.loads(json.dumps(bind(QUERY, {})))


def test_a_long_value_in_many_places_is_refused_before_the_query_is_made():
    query = f"SELECT * {{ ?s ?p ?o FILTER(?o IN ({'$v, ' * 4_000}1)) }}"
    assert len(prepare(query, {"v": "x"}, None, 65_536).text) > len(query)
    with pytest.raises(QueryTooLargeError) as refused:
        prepare(query, {"v": "x" * 100_000}, None, 65_536)
    assert (refused.value.exceeded.limit, refused.value.exceeded.allowed) == ("query", 65_536)
    assert refused.value.exceeded.used > 400_000_000
