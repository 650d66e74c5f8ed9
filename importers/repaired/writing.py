"""Triples written as people write Turtle: with the prefixes of the file, and blank nodes in brackets."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, Triple

from importers.rdf.triples import Term
from importers.repaired.known import Known
from ontologies.namespaces import RDF, XSD

_LOCAL = re.compile(r"[A-Za-z_][\w-]*")
_PREFIX = re.compile(r"(?i:@?prefix)\s+([\w.-]*):\s*<([^<>\n]*)>")
COMMENT = "# samsvar: "
CAME = "# samsvar: as it came: "


def prefixes(text: str) -> dict[str, str]:
    """Prefix to namespace, as a Turtle text declares them."""
    return {found[1]: found[2] for found in _PREFIX.finditer(text)}


def commented(text: str, indent: str = "") -> str:
    """A piece of a file as comments, a line each."""
    return "".join(f"{indent}{CAME}{line.strip()}\n" for line in text.splitlines() if line.strip())


class Writer:
    """Writes terms and what is said of things.

    `names` are prefixes with their namespaces; of `more`, those that were needed and are none of them are `used`.
    """

    def __init__(self, known: Known, names: Mapping[str, str], more: Mapping[str, str] = MappingProxyType({})) -> None:
        self._known = known
        self._more = {prefix: iri for prefix, iri in more.items() if prefix not in names and iri not in names.values()}
        self._names = sorted({**self._more, **names}.items(), key=lambda item: -len(item[1]))
        self.used: dict[str, str] = {}

    def units(self, triples: Iterable[Triple]) -> list[str]:
        """What is said of one thing: for each property a predicate with its objects."""
        by_predicate: dict[NamedNode, list[Term]] = {}
        for triple in triples:
            by_predicate.setdefault(triple.predicate, []).append(triple.object)
        return [
            f"{self._predicate(predicate)} {' , '.join(self._object(each, ()) for each in objects)}"
            for predicate, objects in by_predicate.items()
        ]

    def term(self, term: Term) -> str:
        """An IRI or a literal."""
        if isinstance(term, NamedNode):
            return self._iri(term.value)
        if isinstance(term, Literal) and term.language is None and term.datatype != XSD.string:
            return f"{Literal(term.value)}^^{self._iri(term.datatype.value)}"
        return str(term)

    def _predicate(self, predicate: NamedNode) -> str:
        return "a" if predicate == RDF.type else self._iri(predicate.value)

    def _object(self, term: Term, above: tuple[str, ...]) -> str:
        if not isinstance(term, NamedNode) or not self._known.is_part(term.value) or term.value in above:
            return self.term(term)
        inner = [
            f"{self._predicate(each.predicate)} {self._object(each.object, (*above, term.value))}"
            for each in self._known.said[term.value]
        ]
        return f"[ {' ; '.join(inner)} ]"

    def _iri(self, iri: str) -> str:
        for prefix, namespace in self._names:
            if namespace and iri.startswith(namespace) and _LOCAL.fullmatch(iri[len(namespace) :]):
                self.used |= {prefix: namespace} if prefix in self._more else {}
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{iri}>"
