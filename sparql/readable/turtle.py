"""Turtle with prefixes, a block a thing, and parts that are mentioned once in brackets."""

import re
from collections.abc import Callable, Iterable, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ontologies.namespaces import PREFIXES, RDF, XSD
from sparql.formats import used_prefixes
from sparql.readable.nesting import Nesting, Node
from sparql.store import Term

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
"""Local names that need no escapes; other IRIs are written whole."""
_PLAIN = {XSD.integer: re.compile(r"[+-]?\d+"), XSD.boolean: re.compile("true|false")}
"""Literals that Turtle writes without quotes."""
_INDENT = "  "


def turtle(
    triples: Iterable[Triple], root: str, is_part: Callable[[Node], bool], prefixes: Mapping[str, str] = PREFIXES
) -> bytes:
    """The document about `root`; nodes that `is_part` holds to be no things lose their names where mentioned once."""
    nesting = Nesting(triples, root, is_part)
    return _Writer(nesting, used_prefixes(nesting.triples, prefixes)).document().encode()


class _Writer:
    """Writes one document."""

    def __init__(self, nesting: Nesting, prefixes: Mapping[str, str]) -> None:
        self._nesting = nesting
        self._prefixes = prefixes
        self._names: dict[str, str] = {}

    def document(self) -> str:
        """The prefixes, then the blocks."""
        declared = "".join(f"@prefix {name}: <{space}> .\n" for name, space in self._prefixes.items())
        blocks = (f"{self._term(node, '')} {self._statements(node, _INDENT)} .\n" for node in self._nesting.blocks())
        return "\n".join(filter(None, (declared, *blocks)))

    def _statements(self, node: Node, indent: str) -> str:
        by_property: dict[NamedNode, list[str]] = {}
        for triple in self._nesting.by_subject[node]:
            by_property.setdefault(triple.predicate, []).append(self._term(triple.object, indent))
        return f" ;\n{indent}".join(f"{self._verb(each)} {', '.join(values)}" for each, values in by_property.items())

    def _verb(self, predicate: NamedNode) -> str:
        return "a" if predicate == RDF.type else self._iri(predicate.value)

    def _term(self, term: Term, indent: str) -> str:
        if isinstance(term, NamedNode | BlankNode) and term in self._nesting.inside:
            deeper = indent + _INDENT
            return f"[\n{deeper}{self._statements(term, deeper)}\n{indent}]"
        if isinstance(term, NamedNode):
            return self._iri(term.value)
        return self._literal(term) if isinstance(term, Literal) else str(term)

    def _literal(self, literal: Literal) -> str:
        if literal.language or literal.datatype == XSD.string:
            return str(literal)
        plain = _PLAIN.get(literal.datatype)
        if plain and plain.fullmatch(literal.value):
            return literal.value
        return f"{Literal(literal.value)}^^{self._iri(literal.datatype.value)}"

    def _iri(self, iri: str) -> str:
        if iri not in self._names:
            self._names[iri] = self._named(iri)
        return self._names[iri]

    def _named(self, iri: str) -> str:
        spaces = [(name, space) for name, space in self._prefixes.items() if iri.startswith(space)]
        name, space = max(spaces, key=lambda each: len(each[1]), default=("", ""))
        local = iri[len(space) :]
        return f"{name}:{local}" if space and _LOCAL.fullmatch(local) else str(NamedNode(iri))
