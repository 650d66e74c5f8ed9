"""One concept whole, of a catalogue or of the law, as its page and its JSON show it."""

from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from ontologies.namespaces import DCAT, DCT, EUVOC, OWL, SAMSVAR, SKOS, SKOSNO
from registry.catalogue.citations import cited_if
from registry.catalogue.contacts import Contact, contact
from registry.catalogue.definitions import Definition, code_of, definitions_of
from registry.catalogue.graphs import GraphInfo, graphs
from registry.catalogue.queries import ask, grouped
from registry.catalogue.relations import Relation, relations_of
from registry.catalogue.scopes import place_of
from registry.catalogue.texts import Reference, Texts, lists_as_json, texts_as_json, texts_of
from registry.catalogue.things import Said
from registry.catalogue.uses import SectionReference, Use, sections_of, uses_of
from sparql.store import Reader


@dataclass(frozen=True, slots=True)
class Concept:
    """Everything that the register knows of one concept. Dates are ISO 8601, "" where not given."""

    uri: str
    statutory: bool
    terms: Texts
    admitted: Texts
    discouraged: Texts
    definitions: tuple[Definition, ...]
    notes: Texts
    examples: Texts
    subjects: tuple[Reference, ...]
    value_ranges: tuple[Reference, ...]
    data_structure_labels: Texts
    identifiers: tuple[str, ...]
    version: str
    status: str
    valid_from: str
    valid_to: str
    created: str
    modified: str
    publisher: Reference | None
    creator: Reference | None
    contacts: tuple[Contact, ...]
    catalogues: tuple[GraphInfo, ...]
    collections: tuple[Reference, ...]
    relations: tuple[Relation, ...]
    uses: tuple[Use, ...]
    sections: tuple[SectionReference, ...]
    act: Reference | None
    section: Reference | None
    scope: str
    scope_uri: str

    @property
    def reference(self) -> Reference:
        """The concept as others refer to it."""
        return Reference(self.uri, self.terms)

    @property
    def replaced_by(self) -> tuple[Reference, ...]:
        """The concepts that replace it."""
        return tuple(relation.other for relation in self.relations if relation.kind == "isReplacedBy")

    def as_json(self) -> dict[str, Any]:
        """The whole concept; texts by language."""
        return {
            "uri": self.uri,
            "statutory": self.statutory,
            "term": texts_as_json(self.terms),
            "admittedTerms": lists_as_json(self.admitted),
            "discouragedTerms": lists_as_json(self.discouraged),
            "definitions": [definition.as_json() for definition in self.definitions],
            "notes": lists_as_json(self.notes),
            "examples": lists_as_json(self.examples),
            "subjects": [subject.as_json() for subject in self.subjects],
            "valueRanges": [value.as_json() for value in self.value_ranges],
            "dataStructureLabels": lists_as_json(self.data_structure_labels),
            "identifiers": list(self.identifiers),
            "version": self.version,
            "status": self.status,
            "validFrom": self.valid_from,
            "validTo": self.valid_to,
            "created": self.created,
            "modified": self.modified,
            "publisher": _json(self.publisher),
            "creator": _json(self.creator),
            "contacts": [one.as_json() for one in self.contacts],
            "catalogues": [one.as_json() for one in self.catalogues],
            "collections": [one.as_json() for one in self.collections],
            "relations": [relation.as_json() for relation in self.relations],
            "uses": [use.as_json() for use in self.uses],
            "sections": [section.as_json() for section in self.sections],
            "act": _json(self.act),
            "section": _json(self.section),
            "scope": self.scope,
            "scopeUri": self.scope_uri,
        }


def concept(reader: Reader, uri: str) -> Concept | None:
    """The concept with this IRI; None where the register holds no such concept."""
    said = Said(reader, uri)
    if not said.types & {SKOS.Concept.value, SAMSVAR.StatutoryConcept.value}:
        return None
    node = said.node
    known = graphs(reader)
    return Concept(
        uri=uri,
        statutory=SAMSVAR.StatutoryConcept.value in said.types,
        terms=said.texts(SKOS.prefLabel),
        admitted=said.texts(SKOS.altLabel),
        discouraged=said.texts(SKOS.hiddenLabel),
        definitions=definitions_of(reader, node),
        notes=said.texts(SKOS.scopeNote),
        examples=said.texts(SKOS.example),
        subjects=said.references(DCT.subject),
        value_ranges=said.references(SKOSNO.valueRange),
        data_structure_labels=said.texts(SKOSNO.dataStructureLabel),
        identifiers=tuple(said.values(DCT.identifier)),
        version=said.first(OWL.versionInfo),
        status=code_of(said.first(EUVOC.status)),
        valid_from=said.first(EUVOC.startDate),
        valid_to=said.first(EUVOC.endDate),
        created=said.first(DCT.created),
        modified=said.first(DCT.modified),
        publisher=said.reference(DCT.publisher),
        creator=said.reference(DCT.creator),
        contacts=tuple(contact(reader, one) for one in said.values(DCAT.contactPoint)),
        catalogues=tuple(known[graph] for graph in said.graphs if graph in known),
        collections=_collections(reader, node),
        relations=relations_of(reader, node),
        uses=uses_of(reader, node),
        sections=sections_of(reader, node),
        act=said.reference(SAMSVAR.act),
        section=cited_if(reader, said.first(DCT.isPartOf)),
        scope=said.first(SAMSVAR.scope),
        scope_uri=place_of(reader, said.first(SAMSVAR.scope), said.first(DCT.isPartOf), said.first(SAMSVAR.act)),
    )


def _collections(reader: Reader, node: NamedNode) -> tuple[Reference, ...]:
    groups = grouped(ask(reader, "concept_collections", concept=node), "collection")
    return tuple(
        Reference(uri, texts_of(row["title"] for row in rows if "title" in row)) for uri, rows in sorted(groups.items())
    )


def _json(reference: Reference | None) -> dict[str, Any] | None:
    return reference.as_json() if reference else None
