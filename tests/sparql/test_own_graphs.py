"""No update and no upload writes to what the register keeps itself, in whatever form and however the graph is named."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from registry.app import create_app
from registry.settings import Settings
from sparql.updating.own_graphs import OWN, own_graphs

BASE = "http://localhost:8000"
CONSTANT = (
    "INSERT DATA {{ GRAPH <{g}> {{ <a:a> <a:b> 1 }} }}",
    "DELETE DATA {{ GRAPH <{g}> {{ <a:own> <a:own> <a:own> }} }}",
    "DELETE WHERE {{ GRAPH <{g}> {{ ?s ?p ?o }} }}",
    "WITH <{g}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
    "WITH <{g}> INSERT {{ <a:a> <a:b> 1 }} WHERE {{ }}",
    "INSERT {{ GRAPH <{g}> {{ ?s ?p 1 }} }} USING <a:g> WHERE {{ ?s ?p ?o }}",
    "DELETE {{ GRAPH <{g}> {{ ?s ?p ?o }} }} INSERT {{ }} WHERE {{ GRAPH <{g}> {{ ?s ?p ?o }} }}",
    "CLEAR GRAPH <{g}>",
    "CLEAR SILENT GRAPH <{g}>",
    "DROP GRAPH <{g}>",
    "DROP SILENT GRAPH <{g}>",
    "CREATE GRAPH <{g}>",
    "CREATE SILENT GRAPH <{g}>",
    "COPY DEFAULT TO <{g}>",
    "ADD <a:g> TO <{g}>",
    "MOVE <a:g> TO <{g}>",
    "MOVE SILENT <{g}> TO <a:h>",
    "PREFIX own: <" + BASE + "/graph/> CLEAR GRAPH own:{name}",
    "BASE <" + BASE + "/graph/x/> CLEAR GRAPH <../{name}>",
    "CLEAR GRAPH <" + BASE + "/gr\\u0061ph/{name}>",
    "INSERT DATA {{ <a:a> <a:b> 1 }} ; DROP GRAPH <{g}>",
)
PASSING = (
    "CLEAR ALL",
    "DROP ALL",
    "CLEAR NAMED",
    "DROP NAMED",
    "CLEAR DEFAULT",
    "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
    "DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH ?g { ?s ?p 2 } } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "INSERT { GRAPH ?g { <a:a> <a:b> 1 } } WHERE { VALUES ?g { <http://localhost:8000/graph/links> } }",
    "INSERT { GRAPH ?g { <a:a> <a:b> 1 } } WHERE { BIND(IRI(CONCAT('" + BASE + "/graph/', 'links')) AS ?g) }",
)
"""What is done to all other graphs."""


class Register:
    def __init__(self, data: Path) -> None:
        app = create_app(Settings(data=data, uri_base=BASE))
        self.client = app.test_client()
        self.services = app.extensions["samsvar"]
        _, self.token = self.services.tokens.create("administrator")
        with self.services.store.session() as session:
            for name in own_graphs(BASE):
                session.insert(NamedNode(name), [Triple(NamedNode("a:own"), NamedNode("a:own"), NamedNode("a:own"))])
            session.insert(NamedNode("a:g"), [Triple(NamedNode("a:a"), NamedNode("a:b"), Literal(1))])

    def send(self, method: str, path: str, content: str, kind: str):
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.client.open(path, method=method, data=content, content_type=kind, headers=headers)

    def kept(self) -> dict[str, set[str]]:
        """What the own graphs hold, but for what provenance says of updates."""
        reader = self.services.store.reader()
        return {
            name: {str(quad) for quad in reader.quads(graph=NamedNode(name)) if f"{BASE}/updates/" not in str(quad)}
            for name in own_graphs(BASE)
        }


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    found = Register(tmp_path_factory.mktemp("own") / "data")
    yield found
    found.services.updates.close()


@pytest.mark.parametrize("text", CONSTANT)
@pytest.mark.parametrize("name", ["findings", "provenance"])
def test_a_constant_own_graph_is_refused(register: Register, name: str, text: str) -> None:
    generation = register.services.store.reader().generation
    answer = register.send(
        "POST", "/sparql", text.format(g=f"{BASE}/graph/{name}", name=name), "application/sparql-update"
    )
    assert (answer.status_code, answer.json["type"]) == (403, "/problems/query-refused")
    assert f"{BASE}/graph/{name}" in answer.json["detail"]
    assert register.services.store.reader().generation == generation


@pytest.mark.parametrize("name", OWN)
def test_no_own_graph_is_left_out(register: Register, name: str) -> None:
    graph = f"{BASE}/graph/{name}"
    for text in (CONSTANT[0], "CLEAR GRAPH <{g}>"):
        assert register.send("POST", "/sparql", text.format(g=graph), "application/sparql-update").status_code == 403
    for method in ("PUT", "POST", "DELETE"):
        assert register.send(method, f"/graphs?graph={graph}", "<a:a> <a:b> 1 .", "text/turtle").status_code == 403
        assert register.send(method, f"/graph/{name}", "<a:a> <a:b> 1 .", "text/turtle").status_code == 403


@pytest.mark.parametrize("text", PASSING)
def test_all_named_and_variables_mean_the_others(register: Register, text: str) -> None:
    before = register.kept()
    assert register.send("POST", "/sparql", text, "application/sparql-update").status_code == 204
    assert register.kept() == before
    assert all("a:own" in "".join(each) for each in before.values())


def test_no_token_lies_in_the_store(register: Register) -> None:
    secret = register.token.rpartition("_")[2]
    assert not [quad for quad in register.services.store.reader().quads() if secret in str(quad)]
    files = [path for path in register.services.settings.data.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if secret.encode() in path.read_bytes()]
