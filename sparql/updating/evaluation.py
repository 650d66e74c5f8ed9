"""What an update would change, found out without changing anything that others see.

An update of data only needs no store. The others are evaluated over a generation, or a scratch copy of it where a later
operation must see what an earlier one did, in a process that may be killed (sparql/updating/process.py): each WHERE is
asked, its quads are noted, and written to the copy.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, Store, Triple

from ontologies.namespaces import PREFIXES, RDF
from sparql.changes import DEFAULT, Changes, graph_node
from sparql.errors import QueryFailedError, QueryRefusedError, QuerySyntaxError
from sparql.language.tokens import place
from sparql.query_host.replica import PLAIN, Source
from sparql.query_host.tolerance import query_tolerantly
from sparql.updating.management import manage
from sparql.updating.own_graphs import own_graphs
from sparql.updating.rewriting import (
    ADDED,
    MARKED,
    REMOVED,
    ROW,
    Modify,
    Template,
    data,
    filling,
    filling_data,
    graph_variable,
    is_data,
    modify,
    select,
)
from sparql.updating.text import LOAD, MANAGEMENT, Operation

_CLEAR_NOTHING = f"CLEAR GRAPH <{MARKED}nothing> ; "
_BY_VALUE = "value:"
_PLACE = re.compile(r"^error at (\d+):(\d+):")


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for the whole update. `using` and `using_named` are the protocol's; None where it says nothing."""

    uri_base: str
    default_graph: str
    using: tuple[str, ...] | None = None
    using_named: tuple[str, ...] | None = None

    @property
    def options(self) -> dict[str, Any]:
        """How the engine is to read the text."""
        options: dict[str, Any] = {"base_iri": f"{self.uri_base}/sparql"}
        if self.default_graph != PLAIN:
            options["prefixes"] = PREFIXES
        return options


def of_data(operations: Sequence[Operation], setting: Setting) -> Changes | None:
    """The changes of an update that has INSERT DATA and DELETE DATA only; None for any other.

    Raises:
        QuerySyntaxError: not SPARQL Update.
        QueryRefusedError: it writes to one of the register's own graphs.
    """
    if not all(is_data(each) for each in operations):
        return None
    return Evaluation(Store(), setting).run(operations)


def check_syntax(operations: Iterable[Operation], setting: Setting) -> None:
    """Lets the engine read every operation, without evaluating any.

    The engine reads all before it does anything, and what it would do first fails: clear a graph that is not there.

    Raises:
        QuerySyntaxError: not SPARQL Update; says where.
    """
    nothing = Store()
    for operation in operations:
        try:
            nothing.update(f"{operation.prologue}{_CLEAR_NOTHING}{operation.text}", **setting.options)
        except RuntimeError:
            continue
        except (SyntaxError, ValueError) as error:
            raise QuerySyntaxError(_in_words(str(error), operation)) from error


class Evaluation:
    """Evaluates operations over `store`, which must be writable where there are several that are not of data only."""

    def __init__(self, store: Store, setting: Setting) -> None:
        self._store = store
        self._setting = setting
        self._own = own_graphs(setting.uri_base)
        self.changes = Changes()

    def run(self, operations: Sequence[Operation]) -> Changes:
        """All operations, in order; returns what they change together.

        Raises:
            QuerySyntaxError: not SPARQL Update.
            QueryRefusedError: it writes to one of the register's own graphs.
            QueryFailedError: the engine gave up.
            GraphStateError: a graph is missing, or is there already.
        """
        check_syntax(operations, self._setting)
        seen_later = not all(is_data(each) for each in operations)
        for operation in operations:
            write = seen_later and operation is not operations[-1]
            if is_data(operation):
                self._data(operation, write=write)
            elif operation.form == LOAD:
                continue
            elif operation.form in MANAGEMENT:
                names = self.resolve(operation, [each.text for each in operation.tokens if each.is_iri])
                manage(operation, names, self._store, self.changes, self._own)
            else:
                self._modify(operation, write=write)
        return self.changes

    def resolve(self, operation: Operation, names: Sequence[str]) -> list[str]:
        """The IRIs that tokens stand for, relative and prefixed ones too."""
        if not names:
            return []
        text = f"{operation.prologue}\nSELECT ?iri {{ VALUES ?iri {{ {' '.join(names)} }} }}"
        with _engine_errors():
            rows = Store().query(text, **self._setting.options)
            if not isinstance(rows, QuerySolutions):
                raise TypeError(text)
            return [row["iri"].value for row in rows]

    def _data(self, operation: Operation, *, write: bool) -> None:
        marker = ADDED if operation.form.startswith("INSERT") else REMOVED
        written = data(operation)
        graphs = {marker: self._graphs(operation, written, DEFAULT)}
        filled = Store()
        with _engine_errors():
            filled.update(filling_data(operation.prologue, written), **self._setting.options)
        self._note(filled, graphs, write=write)

    def _modify(self, operation: Operation, *, write: bool) -> None:
        parts = modify(operation)
        home = self.resolve(operation, [parts.with_graph])[0] if parts.with_graph else DEFAULT
        graphs = {
            REMOVED: self._graphs(operation, parts.delete, home),
            ADDED: self._graphs(operation, parts.insert, home),
        }
        options = {**self._setting.options, **self._dataset(operation, parts, home)}
        filled = Store()
        with _engine_errors():
            rows = query_tolerantly(self._store, select(operation.prologue, parts), options)
            if not isinstance(rows, QuerySolutions):
                raise TypeError(parts.where)
            filled.bulk_extend(self._rows(rows, parts))
            filled.update(filling(operation.prologue, parts), **self._setting.options)
        self._note(filled, graphs, write=write)

    def _graphs(self, operation: Operation, written: Template, home: str) -> list[str]:
        """The graphs that a template names, by number.

        Raises:
            QueryRefusedError: one is the register's own.
        """
        named = self.resolve(operation, written.graphs)
        for graph in [*named, *([home] if written.uses_default else [])]:
            if graph in self._own:
                raise QueryRefusedError(f"The graph <{graph}> is kept by the register itself: no update writes to it.")
        return [home, *named]

    def _dataset(self, operation: Operation, parts: Modify, home: str) -> dict[str, Any]:
        """What WHERE sees: USING, of the text or of the protocol; else WITH; else what a query would see."""
        using: Sequence[str] | None = self._setting.using
        named: Sequence[str] | None = self._setting.using_named
        if parts.using or parts.using_named:
            using, named = self.resolve(operation, parts.using), self.resolve(operation, parts.using_named)
        if using or named:
            return {"default_graph": _nodes(using), "named_graphs": _nodes(named)}
        if home:
            return {"default_graph": [NamedNode(home)]}
        if self._setting.default_graph == PLAIN:
            return {}
        graphs = [graph for graph in self._store.named_graphs() if isinstance(graph, NamedNode)]
        source = Source(Path(), self._setting.uri_base, self._setting.default_graph)
        public = [graph for graph in graphs if source.is_public(graph.value)]
        if len(public) == len(graphs):
            return {"use_default_graph_as_union": True}
        return {"default_graph": [DefaultGraph(), *public], "named_graphs": graphs}

    def _rows(self, rows: QuerySolutions, parts: Modify) -> Iterator[Quad]:
        """Each solution as a node; the graph that a variable names gets its mark, unless it is the register's own."""
        shadows = [
            (name, marker, NamedNode(MARKED + graph_variable(marker, name)))
            for marker, part in ((REMOVED, parts.delete), (ADDED, parts.insert))
            for name in part.graph_variables
        ]
        predicates = [(name, NamedNode(MARKED + name)) for name in parts.variables]
        kind = NamedNode(ROW)
        for number, row in enumerate(rows):
            node = NamedNode(f"{ROW}:{number}")
            yield Quad(node, RDF.type, kind)
            for name, predicate in predicates:
                if (value := row[name]) is not None:
                    yield Quad(node, predicate, value)
            for name, marker, predicate in shadows:
                graph = row[name]
                if isinstance(graph, NamedNode) and graph.value not in self._own:
                    yield Quad(node, predicate, NamedNode(f"{MARKED}{marker}:{_BY_VALUE}{graph.value}"))

    def _note(self, filled: Store, graphs: dict[str, list[str]], *, write: bool) -> None:
        """Reads the marked graphs: what goes first, then what comes."""
        for marker in (REMOVED, ADDED):
            for graph, triple in _marked(filled, marker, graphs.get(marker, [DEFAULT])):
                quad = Quad(triple.subject, triple.predicate, triple.object, graph_node(graph))
                if marker == ADDED:
                    self.changes.add(graph, triple)
                    if write:
                        self._store.add(quad)
                else:
                    self.changes.remove(graph, triple)
                    if write:
                        self._store.remove(quad)


def _marked(filled: Store, marker: str, graphs: Sequence[str]) -> Iterator[tuple[str, Triple]]:
    start = f"{MARKED}{marker}:"
    for node in filled.named_graphs():
        if isinstance(node, NamedNode) and node.value.startswith(start):
            key = node.value[len(start) :]
            graph = key[len(_BY_VALUE) :] if key.startswith(_BY_VALUE) else graphs[int(key)]
            for quad in filled.quads_for_pattern(None, None, None, node):
                yield graph, quad.triple


def _nodes(names: Sequence[str] | None) -> list[NamedNode]:
    return [NamedNode(name) for name in names or ()]


def _in_words(message: str, operation: Operation) -> str:
    found = _PLACE.match(message)
    if found is None:
        return f"The update is not SPARQL: {message[:300]}"
    lines = f"{operation.prologue}{_CLEAR_NOTHING}{operation.text}".split("\n")
    offset = sum(len(line) + 1 for line in lines[: int(found[1]) - 1]) + int(found[2]) - 1
    begin = len(operation.prologue)
    if offset >= begin:
        offset = max(begin, offset - len(_CLEAR_NOTHING))
    where = place(operation.source, operation.source_offset(offset))
    return f"{where.capitalize()}: the update is not SPARQL here."


@contextmanager
def _engine_errors() -> Iterator[None]:
    try:
        yield
    except (SyntaxError, ValueError) as error:
        raise QuerySyntaxError(f"The update is not SPARQL: {str(error)[:300]}") from error
    except (RuntimeError, OSError) as error:
        raise QueryFailedError(f"The engine gave up: {error}") from error
