"""Concepts as a termbase of the Norwegian profile: TBX-AP-NO 2 (type ``TBX-AP-NO-v2``), style DCT.

It has what TBX-Basic has no place for: publisher and contact point, audience, relation to the source, value range,
validity, version, status, and kinds of relations with role or criterion. A language that has texts of a concept but no
term of it has no section; its texts stand in the first one, with their language.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree
from pyoxigraph import Literal, NamedNode, Triple

from importers.rdf.triples import Node, Term, TripleIndex
from importers.termbases.identifiers import xml_id
from importers.texts import CONTROL
from ontologies.namespaces import DCAT, DCT, EUVOC, OWL, RDF, RDFS, SAMSVAR, SKOS, SKOSNO, VCARD, XKOS
from registry.catalogue.termbases import TermbaseHead

DIALECT = "TBX-AP-NO-v2"
_TBX = "urn:iso:std:iso:30042:ed-2"
_BASIC = "http://www.tbxinfo.net/ns/basic"
_ADMS = "http://www.w3.org/ns/adms#"
_VOCABULARIES = {
    "dcat": DCAT,
    "dct": DCT,
    "euvoc": EUVOC,
    "owl": OWL,
    "rdfs": RDFS,
    "skos": SKOS,
    "skosno": SKOSNO,
    "vcard": VCARD,
    "xkos": XKOS,
}
_NAMESPACES = {"basic": _BASIC, "adms": _ADMS} | {
    prefix: vocabulary.iri for prefix, vocabulary in _VOCABULARIES.items()
}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LANGUAGE = "nb"
_CONCEPTS = (SKOS.Concept, SAMSVAR.StatutoryConcept)
_STATUSES = (
    (SKOS.prefLabel, "basic:preferredTermAdmnSts"),
    (SKOS.altLabel, "basic:admittedTermAdmnSts"),
    (SKOS.hiddenLabel, "basic:deprecatedTermAdmnSts"),
    (SKOSNO.dataStructureLabel, "skosno:dataStructureTerm"),
)
_OF_ENTRY = (
    *(EUVOC.startDate, EUVOC.endDate, OWL.versionInfo),
    *(XKOS.generalizes, XKOS.specializes, XKOS.isPartOf, XKOS.hasPart),
    *(SKOS.closeMatch, SKOS.exactMatch, DCT.replaces, DCT.isReplacedBy, RDFS.seeAlso, SKOS.related),
)
"""What is said of a concept as a whole, under the names that RDF has for it."""
_OF_LANGUAGE = (
    (SKOS.example, f"{{{SKOS.iri}}}example"),
    (SKOS.scopeNote, f"{{{_BASIC}}}note"),
    (DCT.subject, f"{{{_BASIC}}}subjectField"),
    (SKOSNO.valueRange, f"{{{SKOSNO.iri}}}valueRange"),
)
_DATES = ((DCT.created, "basic:origination"), (DCT.modified, "basic:modification"))
_RELATIONS = (
    (SKOSNO.isFromConceptIn, SKOSNO.hasToConcept, SKOS.related, SKOSNO.relationRole),
    (SKOSNO.hasGenericConceptRelation, SKOSNO.hasGenericConcept, XKOS.specializes, DCT.description),
    (SKOSNO.hasGenericConceptRelation, SKOSNO.hasSpecificConcept, XKOS.generalizes, DCT.description),
    (SKOSNO.hasPartitiveConceptRelation, SKOSNO.hasComprehensiveConcept, XKOS.isPartOf, DCT.description),
    (SKOSNO.hasPartitiveConceptRelation, SKOSNO.hasPartitiveConcept, XKOS.hasPart, DCT.description),
)
"""The node of a relation, where it points, what this is between the concepts, and what says its role or criterion."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INDENT = re.compile(r"\n[ \t]+")


def tbx_ap_no(triples: Iterable[Triple], head: TermbaseHead) -> bytes:
    """The concepts that the triples describe, as TBX-AP-NO in UTF-8, in the order of their URIs."""
    index = TripleIndex()
    for triple in triples:
        if isinstance(triple.subject, NamedNode):
            index.add(triple.subject, triple.predicate, triple.object)
    concepts = sorted(
        (one for one in index.of_type(*_CONCEPTS) if isinstance(one, NamedNode)), key=lambda one: one.value
    )
    names = " ".join(f'xmlns:{prefix}="{iri}"' for prefix, iri in _NAMESPACES.items())
    document = etree.fromstring(f'<tbx xmlns="{_TBX}" {names} type="{DIALECT}" style="dct" xml:lang="{_LANGUAGE}"/>')
    description = _add(_add(document, "tbxHeader"), "fileDesc")
    _in(_add(_add(description, "titleStmt"), f"{{{DCT.iri}}}title", head.title), _LANGUAGE)
    source = _add(description, "sourceDesc")
    for uri in head.description[:1]:
        _add(source, f"{{{DCT.iri}}}identifier", uri)
    body = _add(_add(document, "text"), "body")
    left_out = 0
    for one in concepts:
        entry = _Entry(index, one, _terms(index, one))
        if entry.terms:
            entry.write(_add(body, "conceptEntry", id=xml_id(one.value)))
        left_out += not entry.terms
    if left_out:
        body.append(etree.Comment(f" {left_out} concepts have no term and are left out. "))
    etree.indent(document)
    return etree.tostring(document, encoding="utf-8", xml_declaration=True)


def _terms(index: TripleIndex, concept: NamedNode) -> dict[str, list[tuple[str, str]]]:
    """Term and status by language."""
    terms: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for predicate, status in _STATUSES:
        for label in sorted(index.literals(concept, predicate), key=str):
            terms[label.language or _LANGUAGE].append((label.value, status))
    return terms


@dataclass(frozen=True, slots=True)
class _Entry:
    """One concept; `terms` are term and status by language."""

    index: TripleIndex
    concept: NamedNode
    terms: dict[str, list[tuple[str, str]]]

    def write(self, element: etree._Element) -> None:
        """First what is said of the whole concept, then each language."""
        self._administration(element)
        for predicate in _OF_ENTRY:
            for value in self._values(self.concept, predicate):
                _add(element, _name(predicate), _text(value))
        for predicate, kind in _DATES:
            for value in self._texts(self.concept, predicate)[:1]:
                if day := _DAY.match(value.value):
                    group = _add(element, "transacGrp")
                    _add(group, f"{{{_BASIC}}}transactionType", kind)
                    _add(group, "date", day.group())
        first = next(iter(self.terms))
        for language, terms in self.terms.items():
            section = _in(_add(element, "langSec"), language)
            self._describe(section, language, is_first=language == first)
            for label, status in terms:
                term = _add(section, "termSec")
                _add(term, "term", label)
                _add(term, f"{{{_BASIC}}}administrativeStatus", status)

    def _administration(self, element: etree._Element) -> None:
        group = _add(element, "adminGrp")
        for publisher in self._values(self.concept, DCT.publisher)[:1]:
            _add(group, _name(DCT.publisher), _text(publisher))
        for contact in self.index.nodes(self.concept, DCAT.contactPoint):
            card = _add(_add(group, _name(DCAT.contactPoint)), _name(VCARD.Organization))
            for predicate in (VCARD.hasEmail, VCARD.hasTelephone):
                for value in self._values(contact, predicate):
                    _add(card, _name(predicate), _text(value))
        if not len(group):
            element.remove(group)
        _add(element, _name(DCT.identifier), self.concept.value)

    def _describe(self, section: etree._Element, language: str, *, is_first: bool) -> None:
        for note in sorted(self.index.nodes(self.concept, EUVOC.xlDefinition), key=str):
            for text in self._of(note, RDF.value, language, is_first=is_first):
                self._definition(section, note, text, language)
        if is_first:
            for status in self._values(self.concept, EUVOC.status)[:1]:
                _add(section, f"{{{_ADMS}}}status", _text(status))
        for predicate, name in _OF_LANGUAGE:
            for text in self._of(self.concept, predicate, language, is_first=is_first):
                _said(section, name, text, language)
            for node in self.index.nodes(self.concept, predicate) if is_first else ():
                _add(section, name, _text(node))
        self._relations(section, language, is_first=is_first)

    def _definition(self, section: etree._Element, note: Node, text: Literal, language: str) -> None:
        group = _add(section, "descripGrp")
        _said(group, f"{{{_BASIC}}}definition", text, language)
        for audience in self.index.nodes(note, DCT.audience)[:1]:
            _add(group, _name(DCT.audience), _text(audience))
        sources = _add(group, "adminGrp")
        for relation in self.index.nodes(note, SKOSNO.relationshipWithSource)[:1]:
            _add(sources, _name(SKOSNO.relationshipWithSource), _text(relation))
        for source in self._values(note, DCT.source):
            words = self.index.literals(source, RDFS.label) if isinstance(source, NamedNode) else []
            links = self.index.nodes(source, RDFS.seeAlso) if isinstance(source, NamedNode) else []
            target = {"target": links[0].value} if links else {}
            _add(sources, f"{{{_BASIC}}}source", words[0].value if words else _text(source), **target)
        if not len(sources):
            group.remove(sources)

    def _relations(self, section: etree._Element, language: str, *, is_first: bool) -> None:
        for link, end, kind, described in _RELATIONS:
            for node in sorted(self.index.nodes(self.concept, link), key=str):
                texts = list(self._of(node, described, language, is_first=is_first))
                bare = is_first and not self.index.literals(node, described)
                for target in self.index.nodes(node, end) if texts or bare else ():
                    group = _add(section, "descripGrp")
                    _add(group, _name(kind), _text(target))
                    for text in texts:
                        _said(group, _name(described), text, language)

    def _of(self, node: Node, predicate: NamedNode, language: str, *, is_first: bool) -> Iterator[Literal]:
        """The texts of a language; with those of languages that have no section in the first one."""
        for text in self._texts(node, predicate):
            own = text.language or _LANGUAGE
            if own == language or (is_first and own not in self.terms):
                yield text

    def _texts(self, node: Node, predicate: NamedNode) -> list[Literal]:
        return sorted(self.index.literals(node, predicate), key=str)

    def _values(self, node: Node, predicate: NamedNode) -> list[Term]:
        return sorted(self.index.values(node, predicate), key=str)


def _name(term: NamedNode) -> str:
    """The name of an element, as RDF names it."""
    space = next(vocabulary.iri for vocabulary in _VOCABULARIES.values() if term.value.startswith(vocabulary.iri))
    return f"{{{space}}}{term.value.removeprefix(space)}"


def _text(value: Term) -> str:
    return value.value if isinstance(value, NamedNode | Literal) else str(value)


def _said(parent: etree._Element, name: str, text: Literal, language: str) -> None:
    """A text, with its language where that is not the section's."""
    element = _add(parent, name, text.value)
    if (text.language or _LANGUAGE) != language:
        _in(element, text.language or _LANGUAGE)


def _in(element: etree._Element, language: str) -> etree._Element:
    element.set(_LANG, language)
    return element


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    """A new last child; characters that XML cannot carry are left out, and indents of lines, which mean nothing."""
    element = etree.SubElement(parent, name if name.startswith("{") else f"{{{_TBX}}}{name}", attributes)
    if text:
        element.text = _INDENT.sub("\n", CONTROL.sub("", text)).strip()
    return element
