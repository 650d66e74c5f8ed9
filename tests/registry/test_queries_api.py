"""The query library as a REST interface, the vocabulary to ask with, and searching from SPARQL, on the sample register."""

import csv
import io

import pytest

from registry.views import query_answers
from sparql.queries import examples


def test_the_list_tells_everything_of_each_query(demo_client):
    answer = demo_client.get("/api/v1/queries")
    queries = answer.json["queries"]
    assert [each["name"] for each in queries] == [each.name for each in examples()]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    (one,) = [each for each in queries if each["name"] == "findings-of-a-word"]
    assert one["parameters"] == [
        {"name": "word", "type": "text", "default": "barn", "label": {"nb": "Ord", "nn": "Ord", "en": "Word"}}
    ]
    assert set(one["title"]) == set(one["description"]) == {"nb", "nn", "en"}
    assert one["uri"].endswith("/queries/findings-of-a-word")
    assert demo_client.get(one["path"]).status_code == 200
    language = next(each for each in queries if each["name"] == "language-coverage")
    assert language["view"] == "bar"


def test_rows_are_plain_json(demo_client):
    answer = demo_client.get("/api/v1/queries/publishers").json
    assert answer["query"] == "publishers"
    assert answer["parameters"] == {"language": "nb"}
    assert answer["columns"] == ["publisher", "name", "concepts"]
    assert all(isinstance(row["concepts"], int) and isinstance(row["name"], str) for row in answer["rows"])
    across = demo_client.get("/api/v1/queries/relations-between-concepts").json["rows"]
    assert {row["across"] for row in across} == {True, False}
    likeness = demo_client.get("/api/v1/queries/said-twice").json["rows"]
    assert all(0 <= row["likeness"] <= 1 for row in likeness)


def test_parameters_stand_in_the_address(demo_client):
    of_word = demo_client.get("/api/v1/queries/findings-of-a-word?word=samboer&lang=nn").json
    assert of_word["parameters"] == {"word": "samboer"}
    assert of_word["rows"]
    assert not demo_client.get('/api/v1/queries/findings-of-a-word?word=") } #').json["rows"]
    longer = demo_client.get("/api/v1/queries/long-definitions?limit=150").json["rows"]
    assert all(row["characters"] > 150 for row in longer)


@pytest.mark.parametrize(
    ("address", "status", "slug"),
    [
        ("long-definitions?limit=many", 400, "protocol"),
        ("long-definitions?other=1", 400, "protocol"),
        ("concepts-with-definitions?language=fr", 400, "protocol"),
        ("properties?class=no iri", 400, "protocol"),
        ("there-is-none", 404, "not-found"),
        ("publishers?format=docx", 406, "not-acceptable"),
        ("publishers?format=ttl", 406, "not-acceptable"),
        ("chain-as-graph?format=csv", 406, "not-acceptable"),
    ],
)
def test_what_cannot_be_answered(demo_client, address, status, slug):
    answer = demo_client.get(f"/api/v1/queries/{address}")
    assert answer.status_code == status
    assert answer.json["type"] == f"/problems/{slug}"


def test_formats(demo_client):
    table = demo_client.get("/api/v1/queries/publishers?format=csv")
    assert table.content_type == "text/csv; charset=utf-8"
    assert next(csv.reader(io.StringIO(table.text))) == ["publisher", "name", "concepts"]
    accepted = demo_client.get("/api/v1/queries/publishers", headers={"Accept": "application/sparql-results+json"})
    assert accepted.json["head"]["vars"] == ["publisher", "name", "concepts"]
    graph = demo_client.get("/api/v1/queries/chain-as-graph?word=inntekt", headers={"Accept": "application/n-triples"})
    assert b"servesDataset" in graph.data
    assert demo_client.get("/api/v1/queries/chain-as-graph").content_type.startswith("text/turtle")


def test_the_uri_of_a_query_is_its_text_or_its_page(demo_client):
    text = demo_client.get("/queries/publishers", headers={"Accept": "application/sparql-query"})
    assert text.content_type == "application/sparql-query; charset=utf-8"
    assert text.text == next(each.text for each in examples() if each.name == "publishers")
    page = demo_client.get("/queries/publishers", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["Location"]) == (303, "/sparql?example=publishers")
    assert demo_client.get("/queries/there-is-none").status_code == 404


def test_the_vocabulary_has_what_the_data_use_and_our_own_terms(demo_client):
    told = demo_client.get("/api/v1/vocabulary?lang=nn").json
    assert told["prefixes"]["samsvar"] == "https://w3id.org/samsvar/ontology#"
    classes = {each["name"]: each for each in told["classes"]}
    properties = {each["name"]: each for each in told["properties"]}
    assert classes["skos:Concept"]["uses"] > 100
    assert classes["samsvar:StatutoryConcept"]["label"] == "lovomgrep"
    assert properties["skos:prefLabel"]["uses"] > 100
    assert "samsvar:search" in properties
    assert properties["rdf:type"]["iri"].endswith("#type")
    assert [each["uses"] for each in told["classes"]] == sorted(
        (each["uses"] for each in told["classes"]), reverse=True
    )


def test_searching_from_sparql_finds_what_the_page_finds(demo_client):
    query = 'SELECT ?thing { (?thing ?rank) samsvar:search ("skatt" 100) } ORDER BY ?rank'
    rows = demo_client.get("/sparql", query_string={"query": query}).json["results"]["bindings"]
    page = demo_client.get("/search.json?q=skatt&lang=nb").json
    assert [row["thing"]["value"] for row in rows][: len(page["hits"])] == [hit["uri"] for hit in page["hits"]]
    assert len(rows) == page["total"]
    joined = 'SELECT DISTINCT ?t { ?t samsvar:search "skatt" ; a dcat:Dataset }'
    assert demo_client.get("/sparql", query_string={"query": joined}).json["results"]["bindings"]


def test_parameters_of_a_request_to_the_endpoint(demo_client):
    query = "# param: word text barn Word\nSELECT ?c { ?c samsvar:termKey $word }"
    ask = lambda **more: demo_client.get("/sparql", query_string={"query": query, **more})  # noqa: E731
    children = ask().json["results"]["bindings"]
    assert children
    others = ask(**{"$word": "samboer"}).json["results"]["bindings"]
    assert others
    assert others != children
    assert demo_client.post("/sparql", data={"query": query, "$word": "samboer"}).json["results"]["bindings"] == others
    direct = demo_client.post(
        "/sparql", query_string={"$word": "samboer"}, data=query, content_type="application/sparql-query"
    )
    assert direct.json["results"]["bindings"] == others
    assert ask(**{"$other": "1"}).status_code == 400


def test_a_syntax_error_has_its_line_and_column(demo_client):
    answer = demo_client.get("/sparql", query_string={"query": "SELECT *\nWHERE { ?s ?p }"})
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert (answer.json["line"], answer.json["column"] > 7) == (2, True)
    late = '# param: word text barn Word\nSELECT * { ?s ?p $word . \n ?s samsvar:search "skatt" . ?x ?y }'
    told = demo_client.get("/sparql", query_string={"query": late, "$word": "a long word " * 5}).json
    assert told["line"] == 3
    assert 35 <= told["column"] <= 38
    assert f"Line 3, column {told['column']}" in told["detail"]


def test_prefixes_of_the_register_are_known_and_declared_ones_win(demo_client):
    known = demo_client.get("/sparql", query_string={"query": "SELECT ?c { ?c a skos:Concept } LIMIT 1"})
    assert known.json["results"]["bindings"]
    other = "PREFIX skos: <https://other.example/> SELECT ?c { ?c a skos:Concept } LIMIT 1"
    assert demo_client.get("/sparql", query_string={"query": other}).json["results"]["bindings"] == []
    wrong = demo_client.get("/sparql", query_string={"query": "SELECT * {\n ?c a unknown:Thing }"}).json
    assert wrong["line"] == 2
    assert "prefix not found" in wrong["detail"]


@pytest.mark.parametrize(
    ("said", "kind", "expected"),
    [
        ("12", "integer", 12),
        ("-007", "nonPositiveInteger", -7),
        ("1.50", "decimal", 1.5),
        ("1e3", "double", 1000),
        ("100000000000000000000", "integer", "100000000000000000000"),
        ("123456789012345678", "integer", "123456789012345678"),
        ("0.1234567890123456789", "decimal", "0.1234567890123456789"),
        ("9" * 5000, "integer", "9" * 5000),
        ("1_000", "integer", "1_000"),
        ("1_0.5", "decimal", "1_0.5"),
        ("\u0661\u0662", "integer", "\u0661\u0662"),
        ("1.5", "integer", "1.5"),
        ("1e3", "decimal", "1e3"),
        ("INF", "double", "INF"),
        ("1e999", "double", "1e999"),
        ("nan", "float", "nan"),
        ("true", "boolean", True),
        ("0", "boolean", False),
        ("maybe", "boolean", "maybe"),
    ],
)
def test_values_are_numbers_where_json_has_the_same(said: str, kind: str, expected: object) -> None:
    value = query_answers._value({"value": said, "datatype": f"http://www.w3.org/2001/XMLSchema#{kind}"})
    assert (value, type(value)) == (expected, type(expected))
    assert query_answers._value({"value": said, "datatype": f"http://units.example/#{kind}"}) == said
