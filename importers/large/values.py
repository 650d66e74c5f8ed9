"""What kind of value a statement has, as far as the reading of a record depends on it: its mark.

Two records whose statements have the same marks are read alike, word by word. So only values get a mark that are in
order by themselves: a text with nothing to mend in it, an IRI that is what it says, a date of the calendar.
"""

import re
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from importers.rdf.flawed_values import TYPED, mended_literal
from importers.rdf.terms import TermCleaner, stored_tag
from importers.skos.dialects import RELATIONSHIPS, code_of
from importers.skos.publishers import PUBLISHING, organisation_of
from importers.skos.record_checks import DATES, is_date
from importers.skos.texts import is_untidy
from importers.texts import CONTROL, SUSPICIOUS, has_qualifier, unpacked
from ontologies.namespaces import DCT, EUVOC, RDF, RDFS, SKOS, SKOSNO

_MOST_KNOWN: Final = 50_000
"""Statements whose marks are remembered."""
_IRI = re.compile(r'<([^\s<>"{}|\\^`]*)> \.')
_LITERAL = re.compile(
    rf'"(?P<text>(?!\s|\\)(?:[^"\\{SUSPICIOUS}]++|\\["\\nt])++)(?<!\s)(?<!\\[nt])"'
    r'(?:@(?P<tag>[A-Za-z0-9-]+)|\^\^<(?P<type>[^\s<>"{}|\\^`]+)>)? \.'
)
"""A literal whose text has nothing that anything could be mended in."""
_ANY_LITERAL = re.compile(r'"(?P<text>(?:[^"\\]++|\\.)*+)"(?:@(?P<tag>[A-Za-z0-9-]+)|\^\^<(?P<type>[^\s<>"]+)>)? \.')

_TERMS = frozenset(map(str, (SKOS.altLabel, SKOS.hiddenLabel)))
_PREFERRED = str(SKOS.prefLabel)
_IDENTIFIER = str(DCT.identifier)
_PUBLISHING = frozenset(map(str, PUBLISHING))
_DATES = frozenset(map(str, DATES))
_NODES_ONLY = _PUBLISHING | frozenset(map(str, (RDF.type, SKOSNO.relationshipWithSource, DCT.audience)))
_CODED = frozenset(map(str, (RDF.type, SKOSNO.relationshipWithSource, DCT.audience)))
"""Properties whose very value decides how a record is read."""
_FOLLOWED = frozenset(map(str, (EUVOC.xlDefinition, DCT.temporal)))
"""Properties that lead to what is read together with the record, wherever it is described."""

_MAY_BE_CODES = frozenset(map(str, (DCT.source, RDFS.label)))
"""Properties whose texts may be codes of how a definition relates to its source."""

OTHER_IDENTIFIER: Final = "other identifier"
"""The mark of an identifier that is not the record's IRI; what it is stands in the report."""


class Marks:
    """The marks of one file's statements; `cleaner` knows which terms are in order.

    `known` are marks of statements that may come again; `organisations` are the publishers that were met under another
    IRI than their one.
    """

    def __init__(self, cleaner: TermCleaner) -> None:
        self._cleaner = cleaner
        self.known: dict[str, str] = {}
        self._predicates: dict[str, bool] = {}
        self._stored: dict[str, str] = {}
        self.organisations: dict[NamedNode, NamedNode] = {}

    def of(self, tail: str, subject: str) -> str:
        """The mark of a statement that does not lead to a blank node; "" if its value may not be in order.

        `tail` is the statement as N-Triples without its subject, which `subject` is.
        """
        mark = self.known.get(tail)
        if mark is None:
            predicate, _, value = tail.partition(" ")
            if not value.startswith('"'):
                mark = self._iri(predicate, value)
            elif predicate == _IDENTIFIER:
                return _identifier(value, subject)
            else:
                mark = self._literal(predicate, value)
                if "^^" not in mark:
                    return mark
            self._remember(tail, mark)
        return mark

    def _remember(self, tail: str, mark: str) -> None:
        if len(self.known) >= _MOST_KNOWN:
            self.known.clear()
        self.known[tail] = mark

    def stored(self, tails: list[str]) -> list[str]:
        """Statements that have marks as they are stored: with organisations under their one IRI."""
        stored = self._stored
        return [stored.get(tail, tail) for tail in tails] if stored else tails

    def is_iri_in_order(self, iri: str) -> bool:
        """Whether an IRI is stored as it is written; nothing but an organisation has nine digits."""
        return self._cleaner.is_in_order(iri) and organisation_of(iri) is None

    def _iri(self, predicate: str, value: str) -> str:
        found = _IRI.fullmatch(value)
        if found is None or predicate in _FOLLOWED or not self._predicate(predicate):
            return ""
        iri = found[1]
        if predicate in _PUBLISHING:
            one = organisation_of(iri)
            if one is None:
                return ""
            if one.value != iri:
                self.organisations[NamedNode(iri)] = one
                self._stored[f"{predicate} {value}"] = f"{predicate} {one} ."
            return f"{predicate} {value}"
        if predicate in _CODED:
            return f"{predicate} {value}"
        return f"{predicate} <>" if self.is_iri_in_order(iri) and iri != RDF.nil.value else ""

    def _predicate(self, predicate: str) -> bool:
        known = self._predicates.get(predicate)
        if known is None:
            known = predicate[0] == "<" and predicate[-1] == ">" and self._cleaner.is_in_order(predicate[1:-1])
            self._predicates[predicate] = known
        return known

    def _literal(self, predicate: str, value: str) -> str:
        found = _LITERAL.fullmatch(value) or _mended_nowhere(value)
        if found is None or predicate in _NODES_ONLY or not self._predicate(predicate):
            return ""
        text, tag, datatype = found.groups()
        if tag is not None and stored_tag(tag) != tag:
            return ""
        if datatype is not None or predicate in _DATES:
            return f"{predicate} ^^{datatype}" if _is_typed_in_order(predicate, value) else ""
        if predicate in _MAY_BE_CODES and code_of(Literal(text), RELATIONSHIPS):
            return ""
        return f"{predicate} @{tag}" if _is_term_in_order(predicate, text) else ""


def _identifier(value: str, subject: str) -> str:
    found = _LITERAL.fullmatch(value) or _mended_nowhere(value)
    if found is None or "\\" in found["text"]:
        return ""
    text, tag, datatype = found.groups()
    if datatype is not None and not _is_typed_in_order(_IDENTIFIER, value):
        return ""
    if tag is not None and stored_tag(tag) != tag:
        return ""
    return f"{_IDENTIFIER if text == subject[1:-1] else OTHER_IDENTIFIER} @{tag} ^^{datatype}"


def _is_term_in_order(predicate: str, text: str) -> bool:
    """Whether nothing is to be said of a term; a backslash marks a character that N-Triples writes in another way."""
    if predicate in _TERMS and ("," in text or ";" in text):
        return "\\" not in text and len(unpacked(text)) == 1
    return not (predicate == _PREFERRED and text.endswith(")") and has_qualifier(text))


def _mended_nowhere(value: str) -> re.Match[str] | None:
    """A literal with a character that is suspicious, and right where it stands."""
    found = _ANY_LITERAL.fullmatch(value)
    if found is None:
        return None
    literal = _parsed(value)
    return None if literal is None or is_untidy(literal) or CONTROL.search(literal.value) else found


def _is_typed_in_order(predicate: str, value: str) -> bool:
    literal = _parsed(value)
    if literal is None or CONTROL.search(literal.value):
        return False
    property_ = NamedNode(predicate[1:-1])
    if literal.datatype in TYPED and mended_literal(literal, property_) != (literal, ""):
        return False
    return property_ not in DATES or is_date(literal)


def _parsed(value: str) -> Literal | None:
    quads = list(parse(f"<s:s> <p:p> {value}".encode(), RdfFormat.N_TRIPLES, lenient=True))
    found = quads[0].object if len(quads) == 1 and isinstance(quads[0], Quad) else None
    return found if isinstance(found, Literal) else None
