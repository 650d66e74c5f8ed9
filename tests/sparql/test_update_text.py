"""What an update says and what it would change, without a register: operations, templates, datasets, refusals."""

from dataclasses import replace

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from sparql.budget import Budget
from sparql.changes import Changes, unpack
from sparql.errors import GraphStateError, QueryRefusedError, QuerySyntaxError, QueryTooLargeError, SparqlError
from sparql.updating.evaluation import Evaluation, Setting, of_data
from sparql.updating.text import admit_update, has_dataset

BASE = "http://localhost:8000"
FINDINGS = f"{BASE}/graph/findings"
ONE, TWO = "http://g.example/1", "http://g.example/2"
DATA = f"""
PREFIX e: <http://e.example/>
INSERT DATA {{
  e:d e:p e:default .
  GRAPH <{ONE}> {{ e:a e:p 1 , 2 }}
  GRAPH <{TWO}> {{ e:b e:p 3 }}
  GRAPH <{FINDINGS}> {{ e:f e:p 9 }}
}}
"""


@pytest.fixture
def store() -> Store:
    store = Store()
    store.update(DATA)
    return store


def evaluate(store: Store, text: str, **setting) -> Changes:
    setting = {"default_graph": "plain", **setting}
    return Evaluation(store, Setting(BASE, **setting)).run(admit_update(text, Budget()))


def after(store: Store, text: str, **setting) -> set[str]:
    """The store's quads when the changes are made to it."""
    fresh = copied(store)
    changes = evaluate(copied(store), text, **setting)
    for name, change in changes.graphs.items():
        node = NamedNode(name) if name else DefaultGraph()
        if change.cleared:
            fresh.clear_graph(node)
        for triple in change.removed:
            fresh.remove(Quad(*triple, node))
        fresh.extend(Quad(*triple, node) for triple in change.added)
    return {str(quad) for quad in fresh}


def copied(store: Store) -> Store:
    """A store without the register's own graphs."""
    fresh = Store()
    fresh.extend(quad for quad in store if FINDINGS not in str(quad))
    return fresh


def engine(store: Store, text: str) -> set[str]:
    """The same by the engine itself."""
    fresh = copied(store)
    fresh.update(text)
    return {str(quad) for quad in fresh}


SAME = [
    'INSERT DATA { <a:a> <a:b> \'x # } GRAPH <a:c> {\', """y } """ }',
    f"INSERT DATA {{ <a:a> <a:b> 1 . GRAPH <{ONE}> {{ <a:a> <a:b> 2 }} . <a:a> <a:b> 3 GRAPH <a:g> {{ }} }}",
    f"DELETE DATA {{ GRAPH <{ONE}> {{ <http://e.example/a> <http://e.example/p> 01 }} }}",
    "DELETE WHERE { GRAPH ?g { ?s ?p 3 } }",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH ?g { ?s ?p ?n } } WHERE { GRAPH ?g { ?s ?p ?o } BIND(?o + 1 AS ?n) }",
    f"WITH <{ONE}> DELETE {{ ?s ?p ?o }} INSERT {{ ?s <a:was> ?o }} WHERE {{ ?s ?p ?o FILTER(?o = 1) }}",
    f"WITH <{ONE}> INSERT {{ GRAPH <{TWO}> {{ ?s ?p ?o }} ?s <a:c> ?o }} WHERE {{ ?s ?p ?o }}",
    f"INSERT {{ ?s <a:u> ?o }} USING <{ONE}> USING NAMED <{TWO}> WHERE {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}",
    f"WITH <a:none> INSERT {{ ?s <a:u> ?o }} USING <{TWO}> WHERE {{ ?s ?p ?o }}",
    "INSERT { ?s ?p ?o . ?o ?p ?s } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "INSERT { GRAPH ?o { ?s ?p 1 } } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "INSERT { ?s <a:x> ?none . ?s <a:y> 1 } WHERE { ?s ?p ?o OPTIONAL { ?s <a:no> ?none } }",
    "INSERT { <a:n> <a:n> ?n } WHERE { { SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } } }",
    "INSERT DATA { <a:a> <a:b> 1 } ; DELETE { ?s <a:b> ?o } INSERT { ?s <a:c> ?o } WHERE { ?s <a:b> ?o } ;",
    f"COPY <{ONE}> TO DEFAULT",
    f"MOVE <{ONE}> TO <{TWO}>",
    f"ADD DEFAULT TO GRAPH <{TWO}> ; ADD <{TWO}> TO DEFAULT",
    f"COPY <{ONE}> TO <{ONE}>",
    "MOVE SILENT <a:none> TO <a:other>",
    f"CLEAR GRAPH <{ONE}> ; INSERT DATA {{ GRAPH <{ONE}> {{ <a:a> <a:b> 1 }} }}",
    "CLEAR DEFAULT",
    "DROP NAMED",
    "CLEAR ALL ; INSERT DATA { <a:a> <a:b> 1 } ; DROP SILENT GRAPH <a:none>",
    "CREATE GRAPH <a:g> ; INSERT { GRAPH <a:g> { ?s ?p ?o } } WHERE { ?s ?p ?o }",
]


@pytest.mark.parametrize("text", SAME)
def test_changes_are_what_the_engine_would_make(store: Store, text: str) -> None:
    expected = engine(store, text)
    assert expected == after(store, text)


@pytest.mark.parametrize("text", SAME)
def test_changes_travel_between_processes(store: Store, text: str) -> None:
    changes = evaluate(store, text)
    assert unpack(*changes.pack()).graphs == changes.graphs


@pytest.mark.parametrize("text", ["", "# nothing", "PREFIX a: <a:>", "BASE <http://a/> "])
def test_an_update_may_be_empty(store: Store, text: str) -> None:
    assert evaluate(store, text).graphs == {}
    assert of_data(admit_update(text, Budget()), Setting(BASE, "union")).graphs == {}


def test_labels_of_templates_may_be_the_same(store: Store) -> None:
    text = (
        "INSERT { _:b <a:n> ?s } WHERE { ?s ?p ?o } ; INSERT { _:b <a:m> ?s } WHERE { ?s ?p ?o FILTER(!isBlank(?s)) }"
    )
    added = evaluate(store, text).graphs[""].added
    assert len({triple.subject for triple in added}) == len(added) == 2


def test_a_declaration_may_stand_behind_a_semicolon(store: Store) -> None:
    text = (
        "PREFIX a: <a:> INSERT DATA { a:a a:b 1 } ; PREFIX b: <b:> BASE <http://x.example/> INSERT DATA { a:a b:b <c> }"
    )
    added = {str(triple) for triple in evaluate(store, text).graphs[""].added}
    assert "<a:a> <b:b> <http://x.example/c>" in added
    assert len(added) == 2


def test_blank_nodes_are_new_for_each_solution(store: Store) -> None:
    added = evaluate(store, "INSERT { _:x <a:of> ?o } WHERE { GRAPH ?g { ?s ?p ?o } }").graphs[""].added
    assert len({triple.subject for triple in added}) == len(added) == 4


def test_data_needs_no_store_and_the_last_word_wins() -> None:
    text = "INSERT DATA { <a:a> <a:b> 1 , 2 } ; DELETE DATA { <a:a> <a:b> 2 , 3 } ; INSERT DATA { <a:a> <a:b> 3 }"
    changes = of_data(admit_update(text, Budget()), Setting(BASE, "union"))
    change = changes.graphs[""]
    assert sorted(triple.object.value for triple in change.added) == ["1", "3"]
    assert [triple.object.value for triple in change.removed] == ["2"]
    assert of_data(admit_update("CLEAR ALL", Budget()), Setting(BASE, "union")) is None


def test_the_default_dataset_is_that_of_queries(store: Store) -> None:
    text = "INSERT { <a:n> <a:n> ?o } WHERE { ?s ?p ?o }"
    assert {each.object.value for each in evaluate(store, text).graphs[""].added} == {"http://e.example/default"}
    union = evaluate(store, text, default_graph="union").graphs[""].added
    assert {each.object.value for each in union} == {"http://e.example/default", "1", "2", "3", "9"}
    store.update(f"INSERT DATA {{ GRAPH <{BASE}/graph/vocabulary/v> {{ <a:v> <a:v> 7 }} }}")
    union = evaluate(store, text, default_graph="union").graphs[""].added
    assert {each.object.value for each in union} == {"http://e.example/default", "1", "2", "3", "9"}
    said = evaluate(store, text, using=(ONE,), using_named=()).graphs[""].added
    assert {each.object.value for each in said} == {"1", "2"}


@pytest.mark.parametrize(
    "text",
    [
        f"INSERT DATA {{ GRAPH <{FINDINGS}> {{ <a:a> <a:b> 1 }} }}",
        "INSERT DATA { GRAPH <graph/findings> { <a:a> <a:b> 1 } }",
        f"PREFIX g: <{BASE}/graph/> DELETE DATA {{ GRAPH g:derived {{ <a:a> <a:b> 1 }} }}",
        "DELETE WHERE { GRAPH <graph/x/../decisions> { ?s ?p ?o } }",
        f"WITH <{BASE}/graph/links> INSERT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        f"WITH <{BASE}/graph/links> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        f"CLEAR GRAPH <{BASE}/graph/mappings>",
        f"DROP SILENT GRAPH <{BASE}/graph/provenance>",
        f"CREATE SILENT GRAPH <{BASE}/graph/links>",
        f"COPY DEFAULT TO <{FINDINGS}>",
        f"MOVE <{FINDINGS}> TO DEFAULT",
        f"INSERT DATA {{ <a:a> <a:b> 1 }} ; ADD <{ONE}> TO <{FINDINGS}>",
        "LOAD <http://127.0.0.1/x>",
        "LOAD <http://127.0.0.1/x> INTO GRAPH <a:g>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "INSERT { ?s ?p ?o } WHERE { SERVICE SILENT <http://127.0.0.1/> { ?s ?p ?o } }",
    ],
)
def test_own_graphs_and_other_servers_are_refused(store: Store, text: str) -> None:
    before = set(store)
    with pytest.raises(QueryRefusedError):
        evaluate(store, text)
    assert text.startswith("INSERT DATA { <a:a>") or set(store) == before


def test_a_variable_graph_passes_the_own_ones_by(store: Store) -> None:
    changes = evaluate(
        store, "DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH ?g { ?s ?p 0 } } WHERE { GRAPH ?g { ?s ?p ?o } }"
    )
    assert set(changes.graphs) == {ONE, TWO}
    for text in ("CLEAR ALL", "DROP ALL", "CLEAR NAMED"):
        assert FINDINGS not in evaluate(store, text).graphs
        assert any(FINDINGS in str(quad) for quad in store)


def test_an_own_graph_can_be_read(store: Store) -> None:
    changes = evaluate(store, f"WITH <{FINDINGS}> INSERT {{ GRAPH <a:g> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }}")
    assert [triple.object.value for triple in changes.graphs["a:g"].added] == ["9"]


@pytest.mark.parametrize(
    "text", ["LOAD SILENT <http://127.0.0.1:9/x>", "LOAD SILENT <file:///etc/passwd> INTO GRAPH <a:g>"]
)
def test_a_silent_load_does_nothing(store: Store, text: str) -> None:
    assert evaluate(store, text).graphs == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT begins no operation"),
        ("INSERT DATA { <a:a> <a:b> }", "Line 1, column 27"),
        ("\n\n  INSERT DATA { <a:a> <a:b> ?c }", "Line 3"),
        ("INSERT DATA { <a:a> <a:b> 1 } ;\nCLEAR XYZ", "Line 2"),
        ("INSERT DATA { <a:a> <a:b> 'x }", "does not end"),
        ("DELETE { _:a <a:b> 1 } WHERE { ?s ?p ?o }", "not SPARQL"),
        ("DELETE DATA { ?s <a:b> 1 }", "not SPARQL"),
        ("INSERT DATA { _:a <a:b> 1 } ; INSERT DATA { _:a <a:b> 2 }", "label belongs to one"),
        (";", "should begin"),
        ("INSERT DATA { GRAPH <a:g> { GRAPH <a:h> { <a:a> <a:b> 1 } } }", "not SPARQL"),
        ("INSERTDATA { <a:a> <a:b> 1 }", "begins no operation"),
        ("DELETE { ?s ?p ?o", "Line 1"),
        ("INSERT DATA { " + "[ <a:b> " * 200 + "1" + " ]" * 200 + " }", "nested"),
    ],
)
def test_what_is_no_update_is_said_with_its_place(store: Store, text: str, said: str) -> None:
    with pytest.raises(QuerySyntaxError, match=said):
        evaluate(store, text)


@pytest.mark.parametrize("text", [f"CREATE GRAPH <{ONE}>", "MOVE <a:none> TO DEFAULT", "COPY <a:none> TO DEFAULT"])
def test_missing_and_present_graphs_fail_unless_silent(store: Store, text: str) -> None:
    with pytest.raises(GraphStateError, match="SILENT"):
        evaluate(store, text)
    first, rest = text.split(" ", 1)
    assert evaluate(store, f"{first} SILENT {rest}").graphs == {}


def test_a_graph_that_is_not_there_is_dropped_and_cleared(store: Store) -> None:
    for text in ("DROP GRAPH <a:none>", "DROP SILENT GRAPH <a:none>", "CLEAR GRAPH <a:none>"):
        assert evaluate(store, text).graphs == {}


def test_an_update_has_a_size() -> None:
    budget = replace(Budget(), update=100)
    with pytest.raises(QueryTooLargeError, match="100"):
        admit_update("INSERT DATA { <a:a> <a:b> '" + "x" * 100 + "' }", budget)
    many = " . ".join(f"<a:{n}> <a:b> {n}" for n in range(5000))
    assert len(admit_update(f"INSERT DATA {{ GRAPH <a:g> {{ {many} }} }}", Budget())) == 1


@pytest.mark.parametrize(
    "text", ["WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "INSERT { } USING <a:g> WHERE { }"]
)
def test_using_and_with_are_seen(text: str) -> None:
    assert has_dataset(admit_update(text, Budget()))


def test_every_refusal_is_an_error_of_ours(store: Store) -> None:
    """Pieces of updates in every order: an answer or an error of ours, never another exception."""
    pieces = [
        "INSERT",
        "DELETE",
        "DATA",
        "WHERE",
        "{",
        "}",
        "GRAPH",
        "?g",
        "<a:g>",
        ";",
        "WITH",
        "USING",
        "CLEAR",
        "ALL",
        "?s ?p ?o",
    ]
    for first in pieces:
        for second in pieces:
            for third in pieces:
                try:
                    evaluate(Store(), f"{first} {second} {third}")
                except SparqlError:
                    continue


def test_an_operation_carries_its_declarations_and_nothing_else() -> None:
    """A thousand operations would carry half a million of those before them."""
    text = "BASE <http://e.example/>\n" + " ;\n".join(
        f"PREFIX c: # of concepts\n <c#>\nINSERT DATA {{ c:a <b> {n} }}" for n in range(5)
    )
    operations = admit_update(text, Budget())
    assert [each.prologue for each in operations] == ["BASE <http://e.example/>\nPREFIX c: # of concepts\n <c#>\n"] * 5
    changes = of_data(operations, Setting(BASE, "union"))
    assert changes is not None
    assert {str(each.subject) for each in changes.graphs[""].added} == {"<http://e.example/c#a>"}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("PREFIX c: <a:c>\n\nINSERT DATA { c:a <a:b> }", "Line 3, column 25"),
        ("INSERT DATA { <a:a> <a:b> 1 } ;\n PREFIX c: <a:c> DELETE DATA {\n c:a <a:b> 1 <a:b> }", "Line 3, column 20"),
        ("PREFIX c: <a:c>\nPREFIX d: <a:[d>\nCLEAR GRAPH c:x", "Line 2, column"),
    ],
)
def test_a_mistake_is_told_at_its_place_in_the_whole_text(text: str, where: str) -> None:
    with pytest.raises(QuerySyntaxError, match=where):
        evaluate(Store(), text)
