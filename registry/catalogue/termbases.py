"""Concepts as a termbase: TBX version 3, dialect TBX-Basic, style DCA, which terminology tools read.

TBX-Basic has terms with their status, definitions with sources, subject fields, notes, usage, cross references and two
dates. What else a concept has (audience, relation to the source, value range, validity, kinds of relations) is in the
RDF documents. A concept without a term cannot be an entry; how many are left out stands in the head.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree
from pyoxigraph import Literal, NamedNode, Triple

from importers.rdf.triples import Node, TripleIndex
from importers.termbases.identifiers import xml_id
from importers.texts import CONTROL
from ontologies.namespaces import DCT, EUVOC, RDF, RDFS, SAMSVAR, SKOS, SKOSNO, XKOS

TBX = "application/x-tbx"
"""The media type."""
_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CONCEPTS = (SKOS.Concept, SAMSVAR.StatutoryConcept)
_LANGUAGE = "nb"
_STATUSES = (
    (SKOS.prefLabel, "preferredTerm-admn-sts"),
    (SKOS.altLabel, "admittedTerm-admn-sts"),
    (SKOS.hiddenLabel, "deprecatedTerm-admn-sts"),
)
_REFERENCES = (
    RDFS.seeAlso,
    DCT.replaces,
    DCT.isReplacedBy,
    SKOS.related,
    SKOS.broader,
    SKOS.narrower,
    SKOS.exactMatch,
    SKOS.closeMatch,
    XKOS.specializes,
    XKOS.generalizes,
    XKOS.isPartOf,
    XKOS.hasPart,
)
_RELATIONS = (SKOSNO.isFromConceptIn, SKOSNO.hasGenericConceptRelation, SKOSNO.hasPartitiveConceptRelation)
_TARGETS = (
    SKOSNO.hasToConcept,
    SKOSNO.hasGenericConcept,
    SKOSNO.hasSpecificConcept,
    SKOSNO.hasPartitiveConcept,
    SKOSNO.hasComprehensiveConcept,
)
_DATES = ((DCT.created, "origination"), (DCT.modified, "modification"))
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WEB = re.compile(r"https?://\S+")
_INDENT = re.compile(r"\n[ \t]+")


@dataclass(frozen=True, slots=True)
class TermbaseHead:
    """What the file says of itself: its title, and sentences on where it comes from."""

    title: str
    description: Sequence[str]


def tbx(triples: Iterable[Triple], head: TermbaseHead) -> bytes:
    """The concepts that the triples describe, as TBX in UTF-8, in the order of their URIs."""
    index = TripleIndex()
    for triple in triples:
        if isinstance(triple.subject, NamedNode):
            index.add(triple.subject, triple.predicate, triple.object)
    concepts = sorted(
        (one for one in index.of_type(*_CONCEPTS) if isinstance(one, NamedNode)), key=lambda one: one.value
    )
    named = [one for one in concepts if any(index.literals(one, label) for label, _ in _STATUSES)]
    document = etree.fromstring(f'<tbx xmlns="{_NAMESPACE}" type="TBX-Basic" style="dca" xml:lang="{_LANGUAGE}"/>')
    _add_head(document, head, left_out=len(concepts) - len(named))
    body = _add(_add(document, "text"), "body")
    entries = {one: xml_id(one.value) for one in named}
    for one in named:
        _Entry(index, one, entries, _add(body, "conceptEntry", id=entries[one])).write()
    etree.indent(document)
    return etree.tostring(document, encoding="utf-8", xml_declaration=True)


def _add_head(document: etree._Element, head: TermbaseHead, *, left_out: int) -> None:
    description = _add(_add(document, "tbxHeader"), "fileDesc")
    _add(_add(description, "titleStmt"), "title", head.title)
    source = _add(description, "sourceDesc")
    lost = [f"{left_out} concepts have no term and are left out."] if left_out else []
    for sentence in (*head.description, *lost):
        _add(source, "p", sentence)


@dataclass(frozen=True, slots=True)
class _Entry:
    """Writes one concept into its element; `entries` are the ids of the concepts in the file."""

    index: TripleIndex
    concept: NamedNode
    entries: dict[NamedNode, str]
    element: etree._Element

    def write(self) -> None:
        """First what is said of the whole concept, then each language."""
        terms = self._terms()
        self._references()
        for predicate, kind in _DATES:
            for value in self.index.literals(self.concept, predicate)[:1]:
                self._date(kind, value)
        for subject in self._texts(DCT.subject):
            _in_language(_add(self.element, "descrip", subject.value, type="subjectField"), subject.language)
        for language in sorted({self._language(one) for one in self._said()} - terms.keys()):
            self._describe(self.element, language, foreign=True)
        for language, labels in sorted(terms.items()):
            section = _add(self.element, "langSec")
            section.set(_LANG, language)
            self._describe(section, language, foreign=False)
            self._add_terms(section, language, labels)

    def _terms(self) -> dict[str, list[tuple[str, str]]]:
        """Term and status by language."""
        terms: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for predicate, status in _STATUSES:
            for label in sorted(self.index.literals(self.concept, predicate), key=str):
                terms[self._language(label)].append((label.value, status))
        return terms

    @staticmethod
    def _language(text: Literal) -> str:
        return text.language or _LANGUAGE

    def _texts(self, predicate: NamedNode) -> list[Literal]:
        return sorted(self.index.literals(self.concept, predicate), key=str)

    def _definitions(self) -> list[Node]:
        return sorted(self.index.nodes(self.concept, EUVOC.xlDefinition), key=str)

    def _said(self) -> list[Literal]:
        """Every text that a language section can hold but terms."""
        texts = [text for note in self._definitions() for text in self.index.literals(note, RDF.value)]
        return [*texts, *self._own_definitions(), *self._texts(SKOS.scopeNote), *self._texts(SKOS.example)]

    def _own_definitions(self) -> list[Literal]:
        """Definitions straight on the concept, as plain SKOS has them."""
        return [] if self._definitions() else self._texts(SKOS.definition)

    def _describe(self, element: etree._Element, language: str, *, foreign: bool) -> None:
        """Definitions and notes in one language; `foreign`: the element is not of that language."""
        said = language if foreign else None
        for note in self._definitions():
            for text in sorted(self.index.literals(note, RDF.value), key=str):
                if self._language(text) == language:
                    group = _add(element, "descripGrp")
                    _in_language(_add(group, "descrip", text.value, type="definition"), said)
                    self._sources(group, note)
        for text in self._own_definitions():
            if self._language(text) == language:
                _in_language(_add(element, "descrip", text.value, type="definition"), said)
        notes = [*self._texts(SKOS.scopeNote), *(self._texts(SKOS.example) if foreign else [])]
        for text in notes:
            if self._language(text) == language:
                _in_language(_add(element, "note", text.value), said)

    def _sources(self, group: etree._Element, note: Node) -> None:
        """Where a definition comes from: words, an address, or words and their address behind them."""
        for source in sorted(self.index.values(note, DCT.source), key=str):
            if not isinstance(source, NamedNode):
                _add(group, "admin", source.value if isinstance(source, Literal) else str(source), type="source")
                continue
            words = self.index.literals(source, RDFS.label)
            links = self.index.nodes(source, RDFS.seeAlso) or ([source] if not words else [])
            for word in words:
                _add(group, "admin", word.value, type="source")
            for link in links:
                if words and _WEB.fullmatch(link.value):
                    _add(group, "xref", link.value, type="externalCrossReference", target=link.value)
                else:
                    _add(group, "admin", link.value, type="source")

    def _add_terms(self, section: etree._Element, language: str, labels: list[tuple[str, str]]) -> None:
        examples = [text for text in self._texts(SKOS.example) if self._language(text) == language]
        for number, (label, status) in enumerate(labels):
            term = _add(section, "termSec")
            _add(term, "term", label)
            _add(term, "termNote", status, type="administrativeStatus")
            for example in examples if not number else ():
                _add(term, "descrip", example.value, type="context")

    def _references(self) -> None:
        """The concept's own address, then every concept and page that it points at."""
        pointed = [one for predicate in _REFERENCES for one in self.index.nodes(self.concept, predicate)]
        nodes = [one for predicate in _RELATIONS for one in self.index.nodes(self.concept, predicate)]
        pointed += [one for node in nodes for predicate in _TARGETS for one in self.index.nodes(node, predicate)]
        for one in (self.concept, *sorted(set(pointed) - {self.concept}, key=str)):
            if isinstance(one, NamedNode) and one in self.entries and one != self.concept:
                label = next(iter(self.index.literals(one, SKOS.prefLabel)), None)
                text = label.value if label else one.value
                _add(self.element, "ref", text, type="crossReference", target=self.entries[one])
            elif _WEB.fullmatch(one.value):
                _add(self.element, "xref", one.value, type="externalCrossReference", target=one.value)
            elif one != self.concept:
                _add(self.element, "note", one.value)

    def _date(self, kind: str, value: Literal) -> None:
        day = _DAY.match(value.value)
        if day is not None:
            group = _add(self.element, "transacGrp")
            _add(group, "transac", kind, type="transactionType")
            _add(group, "date", day.group())


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    """A new last child; characters that XML cannot carry are left out, and indents of lines, which mean nothing."""
    element = etree.SubElement(parent, f"{{{_NAMESPACE}}}{name}", attributes)
    if text:
        element.text = _INDENT.sub("\n", CONTROL.sub("", text)).strip()
    return element


def _in_language(element: etree._Element, language: str | None) -> None:
    if language:
        element.set(_LANG, language)
