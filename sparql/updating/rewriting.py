"""What an operation would write, made readable: templates whose quads go to marked graphs, and the query of its WHERE.

Nothing of an update is run as it stands. Its WHERE is asked as a SELECT; its templates are filled in a store of their
own, where ``GRAPH <g>`` has become ``GRAPH <urn:x-samsvar:added:3>`` (the third graph of the list) and ``GRAPH ?g`` a
variable that the evaluation binds. So every quad is seen, with its graph, before anything is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sparql.errors import QuerySyntaxError
from sparql.language.tokens import Kind, Token
from sparql.updating.text import DELETE_DATA, DELETE_WHERE, INSERT_DATA, Operation, closing, step

ADDED, REMOVED = "added", "removed"
MARKED = "urn:x-samsvar:"
"""What the IRIs of marked graphs and of rows begin with."""
ROW = f"{MARKED}row"
_OWN_VARIABLE = "samsvar__"


@dataclass(frozen=True, slots=True)
class Template:
    """A rewritten template.

    `graphs` are the tokens that name constant graphs, in the order of their numbers from 1; number 0 is the default
    graph, or that of WITH. `variables` are all that it has, `graph_variables` those that name graphs.
    """

    text: str
    graphs: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    graph_variables: tuple[str, ...] = ()
    uses_default: bool = False


@dataclass(frozen=True, slots=True)
class Modify:
    """DELETE/INSERT WHERE in its parts. `using` and `using_named` are tokens of IRIs, `where` has its braces."""

    where: str
    delete: Template
    insert: Template
    with_graph: str = ""
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()

    @property
    def variables(self) -> tuple[str, ...]:
        """What the templates need of each solution, without ``?``."""
        return tuple(dict.fromkeys((*self.delete.variables, *self.insert.variables)))


EMPTY = Template("")


def data(operation: Operation) -> Template:
    """The quads of INSERT DATA or DELETE DATA."""
    marker = ADDED if operation.form == INSERT_DATA else REMOVED
    return template(operation.source, operation.tokens[3:-1], marker)


def modify(operation: Operation) -> Modify:
    """The parts of DELETE WHERE, or of [WITH] [DELETE] [INSERT] [USING ...] WHERE.

    Raises:
        QuerySyntaxError: something stands where it does not belong.
    """
    found, source = operation.tokens, operation.source
    if operation.form == DELETE_WHERE:
        where = source[found[2].start : found[-1].end]
        return Modify(where, template(source, found[3:-1], REMOVED), EMPTY)
    index = 2 if found[0].word == "WITH" else 0
    with_graph = found[1].text if index else ""
    parts = {"DELETE": EMPTY, "INSERT": EMPTY}
    while index < len(found) and found[index].word in parts:
        end = closing(found, index + 1)
        marker = REMOVED if found[index].word == "DELETE" else ADDED
        parts[found[index].word] = template(source, found[index + 2 : end], marker)
        index = end + 1
    using, using_named, index = _using(found, index)
    if index >= len(found) or found[index].word != "WHERE":
        raise QuerySyntaxError("DELETE and INSERT need a WHERE with braces behind it.")
    where = source[found[index + 1].start : found[-1].end]
    return Modify(where, parts["DELETE"], parts["INSERT"], with_graph, using, using_named)


def template(source: str, found: Sequence[Token], marker: str) -> Template:
    """A template, without its braces, whose quads go to marked graphs."""
    return _Rewriting(source, found, marker).run()


def graph_variable(marker: str, name: str) -> str:
    """The variable, without ``?``, that stands for the marked graph of the graph in ``?name``."""
    return f"{_OWN_VARIABLE}{marker}_{name}"


def select(prologue: str, parts: Modify) -> str:
    """The query that answers what the templates need, one row a solution."""
    wanted = " ".join(f"?{name}" for name in parts.variables) or f"?{_OWN_VARIABLE}none"
    return f"{prologue}\nSELECT {wanted} WHERE {parts.where}"


def filling(prologue: str, parts: Modify) -> str:
    """The update that fills the templates from rows: each row is a node that has its values under marked predicates."""
    shadows = [
        graph_variable(marker, name)
        for marker, part in ((REMOVED, parts.delete), (ADDED, parts.insert))
        for name in part.graph_variables
    ]
    row = f"?{_OWN_VARIABLE}row"
    values = " ".join(
        f"OPTIONAL {{ {row} <{MARKED}{name}> ?{name} }}" for name in dict.fromkeys((*parts.variables, *shadows))
    )
    written = f"{parts.delete.text} {parts.insert.text}"
    return f"{prologue}\nINSERT {{ {written} }} WHERE {{ {row} a <{ROW}> {values} }}"


def filling_data(prologue: str, written: Template) -> str:
    """The update that makes the quads of INSERT DATA or DELETE DATA."""
    return f"{prologue}\nINSERT DATA {{ {written.text} }}"


def is_data(operation: Operation) -> bool:
    """Whether what it writes does not depend on what is there."""
    return operation.form in (INSERT_DATA, DELETE_DATA)


def _using(found: Sequence[Token], index: int) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    default: list[str] = []
    named: list[str] = []
    while index + 1 < len(found) and found[index].word == "USING":
        is_named = found[index + 1].word == "NAMED"
        index += 2 if is_named else 1
        (named if is_named else default).append(found[index].text)
        index += 1
    return tuple(default), tuple(named), index


class _Rewriting:
    """See `template`."""

    def __init__(self, source: str, found: Sequence[Token], marker: str) -> None:
        self._source = source
        self._found = found
        self._marker = marker
        self._pieces: list[str] = []
        self._graphs: list[str] = []
        self._graph_variables: list[str] = []
        self._uses_default = False

    def run(self) -> Template:
        """The whole template."""
        found = self._found
        plain: list[Token] = []
        index, depth = 0, 0
        while index < len(found):
            if depth == 0 and found[index].word == "GRAPH":
                self._outside(plain)
                plain = []
                index = self._graph(index)
                continue
            depth += step(found[index])
            plain.append(found[index])
            index += 1
        self._outside(plain)
        variables = dict.fromkeys(token.text[1:] for token in found if token.kind is Kind.VARIABLE)
        text, graphs = " ".join(self._pieces), tuple(self._graphs)
        return Template(text, graphs, tuple(variables), tuple(self._graph_variables), self._uses_default)

    def _outside(self, plain: Sequence[Token]) -> None:
        """Puts the triples outside of GRAPH into the marked graph 0; a full stop behind a GRAPH is no triple."""
        if plain and plain[0].is_mark("."):
            plain = plain[1:]
        if plain:
            self._uses_default = True
            content = self._source[plain[0].start : plain[-1].end]
            self._pieces.append(f"GRAPH <{MARKED}{self._marker}:0> {{ {content} }}")

    def _graph(self, index: int) -> int:
        """Takes ``GRAPH name { ... }`` at `index`; returns the index behind it."""
        found = self._found
        if index + 2 >= len(found) or not found[index + 2].is_mark("{"):
            raise QuerySyntaxError("GRAPH in a template needs a name and braces behind it.")
        name, end = found[index + 1], closing(found, index + 2)
        if name.kind is Kind.VARIABLE:
            self._graph_variables.append(name.text[1:])
            marked = f"?{graph_variable(self._marker, name.text[1:])}"
        else:
            self._graphs.append(name.text)
            marked = f"<{MARKED}{self._marker}:{len(self._graphs)}>"
        self._pieces.append(f"GRAPH {marked} {self._source[found[index + 2].start : found[end].end]}")
        return end + 1
