"""CLEAR, DROP, CREATE, ADD, MOVE and COPY: SPARQL 1.1 Update, section 3.2. The register's own graphs are left alone.

DROP of a graph that is not there succeeds, as section 3.2.2 wants it of a store in which graphs go with their last
triple: nobody can know whether it is gone since somebody dropped it.
"""

from collections.abc import Sequence

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from sparql.changes import DEFAULT, Changes, graph_node
from sparql.errors import GraphStateError, QueryRefusedError
from sparql.updating.text import Operation


def manage(operation: Operation, names: Sequence[str], store: Store, changes: Changes, own: frozenset[str]) -> None:
    """Does the operation in `store` and notes it in `changes`. `names` are the IRIs of its tokens, in order.

    Raises:
        QueryRefusedError: a graph that it would write is the register's own.
        GraphStateError: a graph is missing, or is there already, and the operation does not say SILENT.
    """
    if operation.form == "CREATE":
        _create(operation, names[0], store, changes, own)
    elif operation.form in ("CLEAR", "DROP"):
        for graph in _cleared(operation, names, store, own):
            _clear(operation.form, graph, store, changes)
    else:
        _transfer(operation, names, store, changes, own)


def _create(operation: Operation, name: str, store: Store, changes: Changes, own: frozenset[str]) -> None:
    _refuse_own(name, own)
    if store.contains_named_graph(NamedNode(name)):
        if not operation.silent:
            raise GraphStateError(f"The graph <{name}> is there already. CREATE SILENT takes that.")
        return
    changes.create(name)
    store.add_graph(NamedNode(name))


def _cleared(operation: Operation, names: Sequence[str], store: Store, own: frozenset[str]) -> list[str]:
    """The graphs that CLEAR or DROP is about."""
    if names:
        _refuse_own(names[0], own)
        return [] if _missing(names[0], store) else [names[0]]
    word = operation.tokens[-1].word
    named = [graph.value for graph in store.named_graphs() if graph.value not in own] if word != "DEFAULT" else []
    return [*named, *([] if word == "NAMED" else [DEFAULT])]


def _clear(form: str, graph: str, store: Store, changes: Changes) -> None:
    changes.clear(graph, keep=False if form == "DROP" and graph else None)
    if form == "DROP":
        store.remove_graph(graph_node(graph))
    else:
        store.clear_graph(graph_node(graph))


def _transfer(operation: Operation, names: Sequence[str], store: Store, changes: Changes, own: frozenset[str]) -> None:
    """COPY, MOVE or ADD from one graph to another."""
    source, target = _ends(operation, names)
    for written in (target, *((source,) if operation.form == "MOVE" else ())):
        _refuse_own(written, own)
    if _missing(source, store):
        if not operation.silent:
            raise GraphStateError(f"There is no graph <{source}>. {operation.form} SILENT takes that.")
        return
    if source == target:
        return
    triples = [quad.triple for quad in store.quads_for_pattern(None, None, None, graph_node(source))]
    if operation.form != "ADD":
        _clear("CLEAR", target, store, changes)
    for triple in triples:
        changes.add(target, triple)
    node = graph_node(target)
    store.extend(Quad(each.subject, each.predicate, each.object, node) for each in triples)
    if operation.form == "MOVE":
        _clear("DROP", source, store, changes)


def _ends(operation: Operation, names: Sequence[str]) -> tuple[str, str]:
    """Source and target; DEFAULT is a word, the others are IRIs."""
    rest = list(names)
    ends = [
        DEFAULT if token.word == "DEFAULT" else rest.pop(0)
        for token in operation.tokens
        if token.word == "DEFAULT" or token.is_iri
    ]
    return ends[0], ends[1]


def _missing(graph: str, store: Store) -> bool:
    node = graph_node(graph)
    return not isinstance(node, DefaultGraph) and not store.contains_named_graph(node)


def _refuse_own(graph: str, own: frozenset[str]) -> None:
    if graph in own:
        raise QueryRefusedError(f"The graph <{graph}> is kept by the register itself: no update writes to it.")
