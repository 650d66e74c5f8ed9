"""A legal document and its statutory definitions to triples (ELI, SKOS): one named graph of kind ``law``."""

from collections import Counter
from collections.abc import Collection, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from importers.law.amendment_triples import amendment_triples
from importers.law.document import Chapter, LegalDocument, Section
from importers.law.identifiers import european_eli, provision_path
from importers.law.section_text import write_text
from importers.law.statute_definitions import StatutoryDefinition
from importers.minting import concept_iri, content_iri
from ontologies.namespaces import (
    DCT,
    ELI,
    EUVOC,
    RDF,
    RDFS,
    RELATIONSHIP_WITH_SOURCE,
    SAMSVAR,
    SKOS,
    SKOSNO,
    XSD,
    Namespace,
)

RESOURCE_TYPE = Namespace("https://data.norge.no/vocabulary/legal-resource-type#")


class LegalTriples:
    """Makes the triples of one act or regulation; `taken` are URIs of its concepts that are not to be made again."""

    def __init__(self, uri_base: str, document: LegalDocument, taken: Collection[NamedNode] = ()) -> None:
        self._base = uri_base
        self._taken = taken
        self._document = document
        self.act = NamedNode(f"{uri_base}/legislation/{document.refid.path}")
        self._terms: Counter[str] = Counter()

    def section(self, section: Section | Chapter) -> NamedNode:
        """The IRI of a section or chapter."""
        return NamedNode(f"{self.act.value}/{section.name}")

    def _text(self, text: str) -> Literal:
        return Literal(text, language=self._document.language)

    def resource(self) -> Iterator[Triple]:
        """The act or regulation itself, with its sections."""
        document, act = self._document, self.act
        kind = "act" if document.refid.kind == "lov" else "regulation"
        yield Triple(act, RDF.type, ELI.LegalResource)
        yield Triple(act, DCT.type, RESOURCE_TYPE[kind])
        yield Triple(act, DCT.title, self._text(document.title))
        yield Triple(act, DCT.identifier, Literal(str(document.refid)))
        yield Triple(act, ELI.date_document, Literal(document.refid.day.isoformat(), datatype=XSD.date))
        yield Triple(act, RDFS.seeAlso, self._lovdata())
        if document.short_title:
            yield Triple(act, ELI.title_short, self._text(document.short_title))
        if document.abbreviation:
            yield Triple(act, DCT.alternative, self._text(document.abbreviation))
        if document.in_force:
            yield Triple(act, ELI.first_date_entry_in_force, Literal(document.in_force, datatype=XSD.date))
        if document.modified:
            yield Triple(act, DCT.modified, Literal(document.modified, datatype=XSD.date))
        for ministry in document.ministry:
            yield Triple(act, ELI.responsibility_of, Literal(ministry))
        for area in document.legal_areas:
            yield Triple(act, DCT.subject, self._text(area))
        yield from self._references()
        yield from self._subdivisions()
        yield from amendment_triples(self._base, self.act, document)

    def _lovdata(self) -> NamedNode:
        refid = self._document.refid
        tail = refid.path.split("/", 1)[1].replace("/", "-")
        return NamedNode(f"https://lovdata.no/{refid.kind}/{tail}")

    def _references(self) -> Iterator[Triple]:
        for predicate, references in (
            (ELI.based_on, self._document.based_on),
            (ELI.changes, self._document.changes),
            (ELI.changed_by, (self._document.last_change,)),
        ):
            for path in dict.fromkeys(filter(None, map(provision_path, references))):
                yield Triple(self.act, predicate, NamedNode(f"{self._base}/legislation/{path}"))

        for eli in filter(None, map(european_eli, self._document.transposes)):
            yield Triple(self.act, ELI.transposes, NamedNode(eli))

    def _subdivisions(self) -> Iterator[Triple]:
        """The sections, and what they stand in: chapters, and parts of the act. All are parts of the act itself too."""
        told: set[str] = set()
        for section in self._document.sections:
            yield from self._above(section, told)
            yield from self.subdivision(section)

    def _above(self, section: Section, told: set[str]) -> Iterator[Triple]:
        """The chapter of a section and the part of that, each once (`told`), and that they have it as a part."""
        inner: Section | Chapter = section
        outer = section.chapter
        while outer is not None and outer.name:
            if outer.name != inner.name:
                if outer.name not in told:
                    told.add(outer.name)
                    yield from self._headed(outer)
                yield Triple(self.section(outer), ELI.has_part, self.section(inner))
            inner, outer = outer, outer.part

    def _headed(self, part: Section | Chapter) -> Iterator[Triple]:
        node = self.section(part)
        yield Triple(self.act, ELI.has_part, node)
        yield Triple(node, RDF.type, ELI.LegalResourceSubdivision)
        yield Triple(node, ELI.is_part_of, self.act)
        yield Triple(node, ELI.number, Literal(part.number or part.name))
        if part.title:
            yield Triple(node, DCT.title, self._text(part.title))

    def subdivision(self, section: Section) -> Iterator[Triple]:
        """A section with its text."""
        node = self.section(section)
        yield from self._headed(section)
        for path in dict.fromkeys(filter(None, map(provision_path, section.cites))):
            yield Triple(node, ELI.cites, NamedNode(f"{self._base}/legislation/{path}"))
        text = write_text(section.paragraphs)
        if text:
            yield Triple(node, RDF.value, self._text(text))

    def _next(self, named: str) -> NamedNode:
        """The URI of the next concept of that name."""
        while True:
            node = concept_iri(self._base, self._document.refid.graph, named, self._terms[named])
            self._terms[named] += 1
            if node not in self._taken:
                return node

    def concept(self, definition: StatutoryDefinition) -> tuple[NamedNode, list[Triple]]:
        """A statutory concept with its one definition; its URI depends on the act, the term and their ordinal.

        What only extends a word or takes something out of it is an addition, not a concept that competes with others.
        """
        adds = definition.kind in {"extends", "excludes"}
        named = f"{definition.kind}:{definition.term}" if adds else definition.term
        node = self._next(named)
        section = self.section(definition.section)
        note = content_iri(self._base, "definitions", node.value, (definition.text, section.value))
        triples = [
            Triple(node, RDF.type, SAMSVAR.StatutoryAddition if adds else SAMSVAR.StatutoryConcept),
            Triple(node, SAMSVAR.definitionKind, Literal(definition.kind)),
            Triple(node, SKOS.prefLabel, self._text(definition.term)),
            Triple(node, DCT.isPartOf, section),
            Triple(node, SAMSVAR.act, self.act),
            Triple(node, EUVOC.xlDefinition, note),
            Triple(note, RDF.type, EUVOC.XlNote),
            Triple(note, RDF.value, self._text(definition.text)),
            Triple(note, DCT.source, section),
            Triple(note, SKOSNO.relationshipWithSource, RELATIONSHIP_WITH_SOURCE["direct-from-source"]),
        ]
        if definition.scope:
            triples.append(Triple(node, SAMSVAR.scope, self._text(definition.scope)))
        triples += [Triple(node, SKOS.altLabel, self._text(term)) for term in definition.alternatives]
        return node, triples
