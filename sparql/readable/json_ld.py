"""Compact JSON-LD, framed for one thing: its parts stand inside it, properties have short names.

The context is written by us (ontologies/context.json); a document carries the part of it that it uses, so that nobody
has anything to fetch, or refers to the whole where that is asked for.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ontologies.namespaces import PREFIXES, RDF, XSD
from sparql.formats import used_prefixes
from sparql.readable.nesting import Nesting, Node
from sparql.store import Term

Json: TypeAlias = Any


def json_ld(
    triples: Iterable[Triple], root: str, prefixes: Mapping[str, str] = PREFIXES, context_address: str = ""
) -> bytes:
    """The document about `root`; what it does not lead to stands in ``@included``.

    With `context_address` it refers to the context there, unless that would take a scheme in it for a prefix.
    """
    nesting = Nesting(triples, root, lambda _: False)
    document = _Writer(nesting, used_prefixes(nesting.triples, prefixes)).document()
    if context_address and not _is_mistaken(nesting.triples):
        document["@context"] = context_address
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


@cache
def context() -> Mapping[str, Json]:
    """The whole context: prefixes, then a term for each property that has a short name."""
    terms = json.loads((files("ontologies") / "context.json").read_text(encoding="utf-8"))
    return {**PREFIXES, **terms}


@cache
def _terms() -> Mapping[str, str]:
    """The terms by the IRIs of their properties."""
    return {_whole(each["@id"]): term for term, each in context().items() if isinstance(each, dict)}


def _is_mistaken(triples: Iterable[Triple]) -> bool:
    """Whether the scheme of an IRI is a name in the whole context."""
    terms = (term for triple in triples for term in triple if isinstance(term, NamedNode))
    return any(term.value.partition(":")[0] in context() for term in terms)


def _whole(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


class _Writer:
    """Writes one document."""

    def __init__(self, nesting: Nesting, prefixes: Mapping[str, str]) -> None:
        self._nesting = nesting
        self._prefixes = prefixes
        self._written: set[Node] = set()
        self._context: dict[str, Json] = {}

    def document(self) -> dict[str, Json]:
        """The thing with its context; the other things that it does not lead to behind it."""
        found = [self._node(node) for node in self._nesting.blocks() if node not in self._written]
        root, others = (found[0], found[1:]) if found else ({}, [])
        included = {"@included": others} if others else {}
        return {"@context": {**self._prefixes, **dict(sorted(self._context.items()))}, **root, **included}

    def _node(self, node: Node) -> dict[str, Json]:
        self._written.add(node)
        written: dict[str, Json] = {"@id": _name(node)}
        for triple in self._nesting.by_subject[node]:
            if triple.predicate == RDF.type and isinstance(triple.object, NamedNode):
                _add(written, "@type", self._short(triple.object.value))
            else:
                self._say(written, triple)
        return written

    def _say(self, written: dict[str, Json], triple: Triple) -> None:
        """Under the term of the property where its context tells the value right, else under the prefixed name."""
        iri, value = triple.predicate.value, triple.object
        term = _terms().get(iri, "")
        meant = context()[term] if term else {}
        if isinstance(value, Literal) and value.language and meant.get("@container") == "@language":
            self._use(term, meant)
            _add(written.setdefault(term, {}), value.language, value.value)
        elif term and (short := self._coerced(value, meant.get("@type", ""))) is not None:
            self._use(term, meant)
            _add(written, term, short)
        else:
            _add(written, self._short(iri), self._value(value))

    def _use(self, term: str, meant: Json) -> None:
        self._context[term] = meant

    def _coerced(self, value: Term, kind: str) -> Json:
        """The value without what the context says of it anyway; None where that would say something else."""
        if isinstance(value, NamedNode | BlankNode):
            if kind != "@id":
                return None
            found = self._value(value)
            return found if len(found) > 1 else found["@id"]
        if not isinstance(value, Literal) or value.language:
            return None
        coerced = ":" in kind and _whole(kind) == value.datatype.value
        return value.value if coerced else None

    def _value(self, value: Term) -> Json:
        if isinstance(value, NamedNode | BlankNode):
            described = value in self._nesting.by_subject and value not in self._written
            return self._node(value) if described else {"@id": _name(value)}
        if not isinstance(value, Literal):
            raise TypeError("JSON-LD has no triple terms")
        if value.language:
            return {"@value": value.value, "@language": value.language}
        if value.datatype == XSD.string:
            return value.value
        return {"@value": value.value, "@type": self._short(value.datatype.value)}

    def _short(self, iri: str) -> str:
        spaces = [(name, space) for name, space in self._prefixes.items() if iri.startswith(space)]
        name, space = max(spaces, key=lambda each: len(each[1]), default=("", ""))
        local = iri[len(space) :]
        return f"{name}:{local}" if space and not local.startswith("//") else iri


def _name(node: Node) -> str:
    return node.value if isinstance(node, NamedNode) else str(node)


def _add(written: dict[str, Json], key: str, value: Json) -> None:
    present = written.get(key)
    if present is None:
        written[key] = value
    elif isinstance(present, list):
        present.append(value)
    else:
        written[key] = [present, value]
