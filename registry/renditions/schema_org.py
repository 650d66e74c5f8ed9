"""Things in the words of schema.org, which search engines read: a concept is a `DefinedTerm`, an act `Legislation`."""

from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from ontologies.namespaces import (
    CPSV,
    CPSVNO,
    CV,
    DCAT,
    DCT,
    ELI,
    EUVOC,
    FOAF,
    RDF,
    SAMSVAR,
    SCHEMA,
    SKOS,
)
from registry.renditions.skos import texts_of_definitions
from sparql.store import Term

_CLASSES = {
    SKOS.Concept: SCHEMA.DefinedTerm,
    SAMSVAR.StatutoryConcept: SCHEMA.DefinedTerm,
    SKOS.Collection: SCHEMA.DefinedTermSet,
    DCAT.Dataset: SCHEMA.Dataset,
    DCAT.DataService: SCHEMA.WebAPI,
    DCAT.Distribution: SCHEMA.DataDownload,
    DCAT.Catalog: SCHEMA.DataCatalog,
    CPSV.PublicService: SCHEMA.GovernmentService,
    CPSVNO.Service: SCHEMA.Service,
    CV.Event: SCHEMA.Event,
    CV.LifeEvent: SCHEMA.Event,
    CV.BusinessEvent: SCHEMA.Event,
    ELI.LegalResource: SCHEMA.Legislation,
}
_PROPERTIES = {
    SKOS.prefLabel: SCHEMA.name,
    SKOS.altLabel: SCHEMA.alternateName,
    SKOS.scopeNote: SCHEMA.disambiguatingDescription,
    SKOS.exactMatch: SCHEMA.sameAs,
    SKOS.inScheme: SCHEMA.inDefinedTermSet,
    DCT.title: SCHEMA.name,
    DCT.alternative: SCHEMA.alternateName,
    DCT.description: SCHEMA.description,
    DCT.identifier: SCHEMA.identifier,
    DCT.publisher: SCHEMA.publisher,
    DCT.creator: SCHEMA.creator,
    DCT.created: SCHEMA.dateCreated,
    DCT.modified: SCHEMA.dateModified,
    DCT.issued: SCHEMA.datePublished,
    DCT.license: SCHEMA.license,
    DCT.language: SCHEMA.inLanguage,
    DCT.isReplacedBy: SCHEMA.supersededBy,
    DCT.isPartOf: SCHEMA.isPartOf,
    DCAT.keyword: SCHEMA.keywords,
    DCAT.distribution: SCHEMA.distribution,
    DCAT.accessURL: SCHEMA.contentUrl,
    DCAT.downloadURL: SCHEMA.contentUrl,
    DCAT.endpointURL: SCHEMA.url,
    DCAT.landingPage: SCHEMA.url,
    FOAF.page: SCHEMA.url,
    EUVOC.startDate: SCHEMA.startDate,
    EUVOC.endDate: SCHEMA.endDate,
    ELI.title_short: SCHEMA.alternateName,
    ELI.date_document: SCHEMA.legislationDate,
    ELI.first_date_entry_in_force: SCHEMA.legislationDateOfApplicability,
    SAMSVAR.act: SCHEMA.isBasedOn,
}


def as_schema_org(triples: Sequence[Triple], uri: str) -> list[Triple]:
    """The thing and, where it is about them, its distributions."""
    thing = NamedNode(uri)
    return list(dict.fromkeys((*_said(triples), *_defined(triples, thing))))


def _said(triples: Sequence[Triple]) -> Iterator[Triple]:
    kinds: dict[Term, NamedNode] = {
        each.subject: _CLASSES[each.object]
        for each in triples
        if each.predicate == RDF.type and isinstance(each.object, NamedNode) and each.object in _CLASSES
    }
    for triple in triples:
        if triple.subject not in kinds:
            continue
        if triple.predicate == RDF.type and triple.object in _CLASSES:
            yield Triple(triple.subject, RDF.type, kinds[triple.subject])
        elif triple.predicate in _PROPERTIES:
            yield Triple(triple.subject, _PROPERTIES[triple.predicate], _value(triple.object))


def _defined(triples: Sequence[Triple], thing: NamedNode) -> Iterator[Triple]:
    for text in texts_of_definitions(triples, thing):
        yield Triple(thing, SCHEMA.description, text)
    for triple in triples:
        if triple.subject == thing and triple.predicate == DCT.identifier and isinstance(triple.object, Literal):
            yield Triple(thing, SCHEMA.termCode, Literal(triple.object.value))


def _value(value: Term) -> Term:
    """Words as they are; what has a datatype of RDF's own is text, as schema.org has it."""
    if isinstance(value, Literal) and not value.language:
        return Literal(value.value)
    return value


def kinds_of(triples: Sequence[Triple]) -> list[NamedNode]:
    """What schema.org calls a thing, by its own triples."""
    found = {_CLASSES[each.object] for each in triples if each.predicate == RDF.type and each.object in _CLASSES}  # type: ignore[index] # what is in the dictionary is a class
    return sorted(found, key=str)
