"""RDF/JSON repaired property by property; marks are statements of the property `urn:samsvar:repair` beside them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from importers.base import UnreadableSourceError
from importers.rdf.rdf_json import MARK, triples_of
from importers.rdf.triples import Term
from importers.repaired.json_text import indentation, parsed_json, written_json
from importers.repaired.known import OF_THE_FILE, Known, PieceReader
from importers.repaired.properties import Properties, Verdict
from importers.report import Where
from ontologies.namespaces import XSD

_Said: TypeAlias = dict[str, list[Any]]


@dataclass(slots=True)
class _Node:
    """A subject as it is written and as it is stored, "" for one that stays; verdicts by predicate."""

    written: str
    about: Any
    subject: str = ""
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    is_lost: bool = False


class RepairedRdfJson:
    """One document.

    Raises:
        UnreadableSourceError: it is broken JSON, or no object.
    """

    def __init__(self, text: str, known: Known, reader: PieceReader, name: str) -> None:
        self._document = parsed_json(text, name)
        if not isinstance(self._document, dict):
            raise UnreadableSourceError(
                "The document is not one object.", Where(name), "Put its subjects into one object."
            )
        self._indent = indentation(text)
        self._name = name
        self._known = known
        parsed = (self._triples(*each) or set() for each in self._document.items())
        self._properties = Properties(known, reader, (triple for triples in parsed for triple in triples))
        self._out: dict[str, Any] = {}
        self._labels: dict[str, str] = {}

    def text(self, codes: Iterable[str]) -> str:
        """The document with every repair marked; `codes` are those of the file."""
        nodes = [self._judged(subject, about) for subject, about in self._document.items()]
        last = {node.subject: node for node in nodes if node.subject}
        for code in codes:
            if code in OF_THE_FILE:
                self._mark(MARK, code)
        for node in nodes:
            self._write(node, is_last=last.get(node.subject) is node)
        others = {name for node in nodes for verdict in node.verdicts.values() for name in verdict.others}
        for name in sorted(others - last.keys()):
            self._add(name, self._properties.missing(name), ("added",))
        for alias in self._known.aliases(self._properties.provided):
            self._add(str(getattr(alias.subject, "value", "")), [alias], ("publisher-normalised",))
        return written_json(self._out, self._indent)

    def _triples(self, subject: str, about: Any) -> set[Triple] | None:
        """What is said of a subject; None if it cannot be read."""
        try:
            return {Triple(*each) for each in triples_of(subject, about, self._name)}
        except UnreadableSourceError:
            return None

    def _judged(self, written: str, about: Any) -> _Node:
        triples = self._triples(written, about)
        if written.startswith("_:") or not isinstance(about, dict):
            return _Node(written, about, is_lost=triples is None)
        subject = self._properties.subject(written, triples or set())
        if not subject:
            return _Node(written, about, is_lost=triples is None)
        if written == subject and triples is not None and self._properties.is_stored(triples):
            return _Node(written, about, subject)
        verdicts = {
            predicate: self._properties.judged(subject, self._triples(subject, {predicate: values}))
            for predicate, values in about.items()
            if predicate != MARK
        }
        return _Node(written, about, subject, verdicts)

    def _write(self, node: _Node, *, is_last: bool) -> None:
        """A subject with its properties repaired; on the last one of a thing stands what is still missing."""
        if node.is_lost or self._is_orphan(node.written):
            came = json.dumps({node.written: node.about}, ensure_ascii=False)
            self._mark(MARK, "statement-unreadable" if node.is_lost else "", came)
            return
        name = node.subject or node.written
        if not node.verdicts:
            self._said(name).update(node.about)
            return
        if name != node.written:
            self._mark(name, ", ".join(self._known.codes.get(name, ("renamed",))), node.written)
        for predicate, values in node.about.items():
            verdict = node.verdicts.get(predicate)
            if verdict is None or verdict.kept:
                self._said(name).setdefault(predicate, []).extend(values if isinstance(values, list) else [values])
                continue
            self._mark(name, ", ".join(verdict.codes), json.dumps({predicate: values}, ensure_ascii=False))
            missing = self._properties.missing(name)
            self._add(name, [one for one in missing if one.predicate in verdict.predicates])
        told = {code for verdict in node.verdicts.values() for code in verdict.codes}
        codes = tuple(code for code in self._known.codes.get(name, ()) if code not in told)
        self._add(name, self._properties.missing(name) if is_last else [], codes or ("added",))

    def _is_orphan(self, written: str) -> bool:
        if not written.startswith("_:"):
            return False
        [(node, _, _)] = triples_of(written, {MARK + "ed": [{"type": "literal", "value": ""}]}, self._name)
        return isinstance(node, BlankNode) and self._properties.is_orphan(node)

    def _add(self, subject: str, triples: list[Triple], codes: Iterable[str] = ()) -> None:
        """Says triples of a subject, with the codes why."""
        if triples and codes:
            self._mark(subject, ", ".join(codes))
        self._properties.provided.update(triples)
        for triple in triples:
            self._said(subject).setdefault(triple.predicate.value, []).append(self._value(triple.object))

    def _said(self, subject: str) -> _Said:
        said: _Said = self._out.setdefault(subject, {})
        return said

    def _mark(self, subject: str, codes: str, came: str = "") -> None:
        text = "; ".join(filter(None, (codes, f"as it came: {came}" if came else "")))
        self._said(subject).setdefault(MARK, []).append({"type": "literal", "value": text})

    def _value(self, term: Term) -> dict[str, str]:
        """A term; a node without a name of its own is a blank node that is described behind."""
        if isinstance(term, Literal):
            if term.language is not None:
                return {"type": "literal", "value": term.value, "lang": term.language}
            kind = {} if term.datatype == XSD.string else {"datatype": term.datatype.value}
            return {"type": "literal", "value": term.value, **kind}
        iri = term.value if isinstance(term, NamedNode) else str(term)
        if not self._known.is_part(iri):
            return {"type": "uri", "value": iri}
        if iri not in self._labels:
            self._labels[iri] = f"_:samsvar{len(self._labels) + 1}"
            self._add(self._labels[iri], self._known.said[iri])
        return {"type": "bnode", "value": self._labels[iri]}
