"""The real catalogues through a session, a backup and back: every triple of every file is kept."""

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse
from store_support import BASE, store_in

from sparql.embedded.backup import backup
from sparql.embedded.restore import restore
from sparql.embedded.stored_form import as_stored

pytestmark = pytest.mark.real_data


def test_every_triple_of_the_real_catalogues_comes_back_from_a_backup(tmp_path, shared):
    files = sorted([*(shared / "data" / "catalogues").rglob("*.ttl"), *(shared / "data" / "catalogues").glob("*.rdf")])
    expected = {}
    for number, path in enumerate(files):
        syntax = RdfFormat.from_extension(path.suffix[1:])
        quads = parse(path=path, format=syntax, base_iri=BASE, lenient=True, rename_blank_nodes=True)
        expected[NamedNode(f"{BASE}/graph/catalogue/{number}")] = [quad.triple for quad in quads]
    store = store_in(tmp_path / "data")
    with store.session() as session:
        for graph, triples in expected.items():
            session.replace_graph(graph, triples)
    with store.session() as session:
        for graph, triples in expected.items():
            session.replace_graph(graph, reversed(triples))
        assert not session.changed
    record = backup(tmp_path / "data", tmp_path / "backup")
    restore(tmp_path / "backup", tmp_path / "new")
    reader = store_in(tmp_path / "new").reader()
    assert record.quads == sum(reader.graphs().values()) > 10_000
    for graph, triples in expected.items():
        assert {quad.triple for quad in reader.quads(graph=graph)} == as_stored(triples)
        assert reader.graphs()[graph.value] == len(as_stored(triples))
