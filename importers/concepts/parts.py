"""The parts of a concept that have URIs of their own: definitions, sources, contact points, relations.

A part's URI is minted from its owner and its content, so that the same record always meets the same parts.
"""

from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from importers.concepts.record import ConceptRecord, DefinitionEntry, Entry, RelationEntry, SourceEntry
from importers.concepts.values import Values, to_iri
from importers.minting import content_iri
from ontologies.namespaces import AUDIENCE, DCAT, DCT, EUVOC, RDF, RDFS, SKOS, SKOSNO, VCARD, XKOS

_SOURCE_LANGUAGE = "nb"
_RELATION_NODES = {
    "associative": (SKOSNO.isFromConceptIn, SKOSNO.AssociativeConceptRelation, SKOSNO.relationRole),
    "generic": (SKOSNO.hasGenericConceptRelation, SKOSNO.GenericConceptRelation, DCT.description),
    "partitive": (SKOSNO.hasPartitiveConceptRelation, SKOSNO.PartitiveConceptRelation, DCT.description),
}
_TARGETS = {
    "": SKOSNO.hasToConcept,
    "generic": SKOSNO.hasGenericConcept,
    "specific": SKOSNO.hasSpecificConcept,
    "whole": SKOSNO.hasComprehensiveConcept,
    "part": SKOSNO.hasPartitiveConcept,
}
_DIRECT = {
    "": SKOS.related,
    "generic": XKOS.specializes,
    "specific": XKOS.generalizes,
    "whole": XKOS.isPartOf,
    "part": XKOS.hasPart,
}


class PartBuilder:
    """Makes the parts of one concept."""

    def __init__(self, uri_base: str, owner: NamedNode, values: Values) -> None:
        self._uri_base = uri_base
        self._owner = owner
        self._values = values

    def _mint(self, kind: str, *content: str) -> NamedNode:
        return content_iri(self._uri_base, kind, self._owner.value, content)

    def definitions(self, entries: tuple[DefinitionEntry, ...]) -> Iterator[Triple]:
        """A note for each definition; where a language occurs twice, one note for each of its texts.

        What is said of a definition that has no text is kept on the concept.
        """
        for entry in entries:
            if not entry.texts:
                yield from self._without_text(entry)
                continue
            relationship = self._relationship(entry)
            sources = [self._source(source) for source in entry.sources]
            for texts in self._one_per_language(entry.texts):
                yield from self._note(entry, [self._values.text(text) for text in texts], relationship, sources)

    def _without_text(self, entry: DefinitionEntry) -> Iterator[Triple]:
        for written in entry.sources:
            self._values.complain("source-without-definition", str(written), written.column)
            source, details = self._source(written)
            yield Triple(self._owner, DCT.source, source)
            yield from details
        if entry.kind is not None:
            yield Triple(self._owner, DCT.type, self._values.text(entry.kind))

    def _one_per_language(self, texts: tuple[Entry, ...]) -> list[list[Entry]]:
        notes: list[list[Entry]] = []
        met: dict[str, int] = defaultdict(int)
        for text in texts:
            ordinal = met[text.language]
            met[text.language] += 1
            if ordinal:
                self._values.complain("several-definitions", text.text, text.column)
            if ordinal == len(notes):
                notes.append([])
            notes[ordinal].append(text)
        return notes

    def _relationship(self, entry: DefinitionEntry) -> NamedNode | None:
        if entry.relationship is None:
            return None
        relationship = self._values.relationship(entry.relationship)
        if relationship is not None and relationship.value.endswith("#self-composed"):
            for source in entry.sources[:1]:
                self._values.complain("source-of-self-composed", str(source), source.column)
        return relationship

    def _note(
        self,
        entry: DefinitionEntry,
        texts: list[Literal],
        relationship: NamedNode | None,
        sources: list[tuple[NamedNode | Literal, list[Triple]]],
    ) -> Iterator[Triple]:
        content = sorted(map(str, texts))
        cited = sorted(str(source) for source, _ in sources)
        code = relationship.value if relationship else ""
        note = self._mint("definitions", entry.audience, code, *content, *cited)
        yield Triple(self._owner, EUVOC.xlDefinition, note)
        yield Triple(note, RDF.type, EUVOC.XlNote)
        yield from (Triple(note, RDF.value, text) for text in texts)
        if entry.audience:
            yield Triple(note, DCT.audience, AUDIENCE[entry.audience])
        if entry.kind is not None:
            yield Triple(note, DCT.type, self._values.text(entry.kind))
        if relationship is not None:
            yield Triple(note, SKOSNO.relationshipWithSource, relationship)
        for source, details in sources:
            yield Triple(note, DCT.source, source)
            yield from details

    def _source(self, entry: SourceEntry) -> tuple[NamedNode | Literal, list[Triple]]:
        """What dct:source points at, and the triples of that node if it is one of ours."""
        uri = to_iri(entry.uri) if entry.uri else None
        if uri is None:
            if entry.uri:
                self._values.complain("bad-uri", entry.uri, entry.column)
            return Literal(str(entry), language=_SOURCE_LANGUAGE), []
        if not entry.text:
            return uri, []
        node = self._mint("sources", entry.text, uri.value)
        return node, [Triple(node, RDFS.label, Literal(entry.text)), Triple(node, RDFS.seeAlso, uri)]

    def contact_point(self, record: ConceptRecord) -> Iterator[Triple]:
        """Where to ask about the concept: an e-mail address, a telephone number or both."""
        email = self._values.email(record.email) if record.email else None
        telephone = self._values.telephone(record.telephone) if record.telephone else None
        if email is None and telephone is None:
            return
        node = self._mint("nodes", "contact", email.value if email else "", telephone.value if telephone else "")
        yield Triple(self._owner, DCAT.contactPoint, node)
        yield Triple(node, RDF.type, VCARD.Organization)
        if email is not None:
            yield Triple(node, VCARD.hasEmail, email)
        if telephone is not None:
            yield Triple(node, VCARD.hasTelephone, telephone)

    def relation(self, entry: RelationEntry) -> Iterator[Triple]:
        """A relation: straight to the other concept, or by a node of its own where it has a criterion or a role."""
        target = self._values.iri(entry.target)
        if target is None:
            return
        if not entry.texts:
            yield Triple(self._owner, _DIRECT[entry.role], target)
            return
        link, kind, described = _RELATION_NODES[entry.kind]
        texts = [self._values.text(text) for text in entry.texts]
        node = self._mint("nodes", entry.kind, entry.role, target.value, *sorted(map(str, texts)))
        yield Triple(self._owner, link, node)
        yield Triple(node, RDF.type, kind)
        yield Triple(node, _TARGETS[entry.role], target)
        yield from (Triple(node, described, text) for text in texts)
