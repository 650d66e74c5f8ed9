"""JSON-LD repaired property by property; in each repaired node a member that JSON-LD passes over says what was done."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from importers.rdf.terms import DOCUMENT
from importers.rdf.triples import Term
from importers.repaired.json_text import CAME, CODES, MARK, indentation, parsed_json, written_json
from importers.repaired.known import OF_THE_FILE, Known, PieceReader
from importers.repaired.properties import Properties, Verdict
from ontologies.namespaces import OWL, RDF, XSD


@dataclass(slots=True)
class _Node:
    """A node and the IRI that it is stored under, "" for one that stays or `is_lost`; verdicts by member."""

    members: dict[str, Any]
    subject: str = ""
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    is_lost: bool = False


class RepairedJson:
    """One document.

    Raises:
        UnreadableSourceError: it is broken JSON.
    """

    def __init__(self, text: str, known: Known, reader: PieceReader, name: str) -> None:
        self._document = parsed_json(text, name)
        self._indent = indentation(text)
        self._known = known
        self._context = self._document.get("@context") if isinstance(self._document, dict) else None
        parsed = (self._triples(node) or set() for node in self._nodes() if isinstance(node, dict))
        self._properties = Properties(known, reader, (triple for triples in parsed for triple in triples))

    def text(self, codes: Iterable[str]) -> str:
        """The document with every repair marked; `codes` are those of the file."""
        nodes = [self._judged(node) for node in self._nodes() if isinstance(node, dict)]
        last = {node.subject: node for node in nodes if node.subject}
        written = [self._written(node, is_last=last.get(node.subject) is node) for node in nodes]
        others = {name for node in nodes for verdict in node.verdicts.values() for name in verdict.others}
        for name in sorted(others - last.keys()):
            node = _Node({"@id": name}, name)
            written.append(self._written(node, is_last=True))
        for alias in self._known.aliases(self._properties.provided):
            name = str(getattr(alias.subject, "value", ""))
            said = {alias.predicate.value: [self._value(alias.object)]}
            written.append({"@id": name} | said | {MARK: {CODES: ["publisher-normalised"]}})
        of_file = [code for code in codes if code in OF_THE_FILE]
        document = self._whole(written, {MARK: {CODES: of_file}} if of_file else {})
        return written_json(document, self._indent)

    def _nodes(self) -> list[Any]:
        if isinstance(self._document, list):
            return self._document
        graph = self._document.get("@graph")
        return graph if isinstance(graph, list) else [self._document]

    def _whole(self, nodes: list[dict[str, Any]], head: dict[str, Any]) -> Any:
        """The document with its nodes as they are now."""
        heads = [head] if head else []
        if isinstance(self._document, list):
            return [_passing_over(node) if MARK in node else node for node in (*heads, *nodes)]
        if isinstance(self._document.get("@graph"), list):
            return _passing_over(self._document | head | {"@graph": nodes})
        if len(nodes) == 1:
            [node] = nodes
            both = {CODES: [*head.get(MARK, {}).get(CODES, []), *node.get(MARK, {}).get(CODES, [])]}
            return _passing_over(node | {MARK: node.get(MARK, {}) | both})
        inner = [{name: value for name, value in node.items() if name != "@context"} for node in nodes]
        return _passing_over({"@context": self._context or {}, **head, "@graph": inner})

    def _judged(self, members: dict[str, Any]) -> _Node:
        written = self._name(members)
        triples = self._triples(members)
        if written is None:
            return _Node(members, is_lost=triples is None)
        subject = self._properties.subject(written, triples or self._triples(self._base(members, written)) or set())
        if not subject and triples is None:
            return _Node(members, is_lost=True)
        if not subject or (written == subject and triples is not None and self._properties.is_stored(triples)):
            return _Node(members, subject)
        base = self._base(members, subject)
        names = self._aliases(members, "@id")
        verdicts = {
            name: self._properties.judged(subject, self._triples(base | {name: value}))
            for name, value in members.items()
            if name not in base and name not in names and name != MARK
        }
        return _Node(members, subject, verdicts)

    def _written(self, node: _Node, *, is_last: bool) -> dict[str, Any]:
        """A node with its members repaired; on the last one of a thing stands what is still missing."""
        if not node.subject:
            if node.is_lost:
                return {MARK: {CODES: ["statement-unreadable"], CAME: node.members}}
            return {MARK: {CAME: node.members}} if self._is_orphan(node.members) else node.members
        missing = self._properties.missing(node.subject)
        out: dict[str, Any] = {}
        came: dict[str, Any] = {}
        names, written = self._aliases(node.members, "@id"), self._name(node.members)
        codes = [code for verdict in node.verdicts.values() for code in verdict.codes]
        for name, value in node.members.items():
            verdict = node.verdicts.get(name)
            if name in names and written != node.subject:
                out[name], came[name] = node.subject, value
            elif verdict is None or verdict.kept:
                out[name] = value
            else:
                came[name] = value
                here = [each for each in missing if each.predicate in verdict.predicates]
                missing = [each for each in missing if each not in here]
                self._say(out, node, name, here)
        if is_last and missing:
            codes += [code for code in self._known.codes.get(node.subject, ("added",)) if code not in codes]
            self._say(out, node, "", missing)
        if not came and not codes:
            return node.members
        told = list(dict.fromkeys(codes)) or list(self._known.codes.get(node.subject, ("renamed",)))
        return out | {MARK: {CODES: told} | ({CAME: came} if came else {})}

    def _say(self, out: dict[str, Any], node: _Node, name: str, triples: list[Triple]) -> None:
        """Adds members that say the triples: under the name that they had if that says the same."""
        by_predicate: dict[NamedNode, list[Any]] = {}
        for triple in triples:
            by_predicate.setdefault(triple.predicate, []).append(self._value(triple.object))
        for predicate, values in by_predicate.items():
            as_before = self._triples(self._base(node.members, node.subject) | {name: values}) if name else None
            if (
                as_before
                and self._properties.is_stored(as_before)
                and not self._properties.provided.isdisjoint(triples)
            ):
                out[name] = values
            elif predicate == RDF.type:
                types = next((each for each in out if each in self._aliases(node.members, "@type")), "@type")
                before = out.get(types, [])
                out[types] = [*(before if isinstance(before, list) else [before]), *(each["@id"] for each in values)]
            else:
                out[predicate.value] = [*out.get(predicate.value, []), *values]
        self._properties.provided.update(triples)

    def _value(self, term: Term, above: tuple[str, ...] = ()) -> dict[str, Any]:
        """A term in expanded form, nodes without a name of their own with all that is said of them."""
        if isinstance(term, Literal):
            if term.language is not None:
                return {"@value": term.value, "@language": term.language}
            return {"@value": term.value} | ({} if term.datatype == XSD.string else {"@type": term.datatype.value})
        iri = str(getattr(term, "value", term))
        if not self._known.is_part(iri) or iri in above:
            return {"@id": iri}
        inner: dict[str, Any] = {}
        for each in self._known.said[iri]:
            value = self._value(each.object, (*above, iri))
            name = "@type" if each.predicate == RDF.type else each.predicate.value
            inner.setdefault(name, []).append(value["@id"] if name == "@type" else value)
        return inner

    def _base(self, members: dict[str, Any], subject: str) -> dict[str, Any]:
        """A node that says nothing: its context and name."""
        context = {"@context": members["@context"]} if "@context" in members else {}
        return context | {"@id": subject}

    def _name(self, members: dict[str, Any]) -> str | None:
        """The IRI of a node as it is read; None for one without."""
        name = self._written_name(members)
        if name is None:
            return None
        found = self._triples(self._base(members, name) | {RDF.type.value: {"@id": OWL.Thing.value}})
        subject = next(iter(found)).subject if found else None
        return subject.value if isinstance(subject, NamedNode) else None

    def _written_name(self, members: dict[str, Any]) -> str | None:
        names = self._aliases(members, "@id")
        return next((value for name, value in members.items() if name in names and isinstance(value, str)), None)

    def _aliases(self, members: dict[str, Any], keyword: str) -> set[str]:
        """What a keyword is called in a node."""
        defined = (*_definitions(self._context), *_definitions(members.get("@context")))
        return {keyword, *(name for name, value in defined if value == keyword)}

    def _is_orphan(self, members: dict[str, Any]) -> bool:
        name = self._written_name(members)
        return name is not None and name.startswith("_:") and self._properties.is_orphan(BlankNode(name[2:]))

    def _triples(self, members: dict[str, Any]) -> set[Triple] | None:
        """What a node says; None if it cannot be read."""
        whole = {"@graph": [members]} | ({} if self._context is None else {"@context": self._context})
        try:
            quads = parse(json.dumps(whole).encode(), RdfFormat.JSON_LD, base_iri=DOCUMENT, lenient=True)
            return {each.triple for each in quads if isinstance(each, Quad)}
        except SyntaxError:
            return None


def _definitions(context: Any) -> Iterator[tuple[str, Any]]:
    """The names that a context defines, with what they mean."""
    for each in context if isinstance(context, list) else [context]:
        if isinstance(each, dict):
            yield from each.items()


def _passing_over(node: dict[str, Any]) -> dict[str, Any]:
    """A node or document whose context says that the marks mean nothing."""
    context = node.get("@context", {})
    if (MARK, None) in _definitions(context):
        return node
    if isinstance(context, dict):
        return {"@context": context | {MARK: None}} | {name: node[name] for name in node if name != "@context"}
    return node | {"@context": [*(context if isinstance(context, list) else [context]), {MARK: None}]}
