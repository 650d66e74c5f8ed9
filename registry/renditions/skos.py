"""A concept in plain SKOS, and in SKOS-XL, for clients that know nothing of the Norwegian profile.

Definitions become `skos:definition`, relations with nodes of their own `skos:broader`, `narrower` and `related`.
"""

from collections.abc import Iterator, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ontologies.namespaces import DCT, EUVOC, OWL, RDF, RDFS, SAMSVAR, SKOS, SKOSNO, SKOSXL

_KEPT = (SKOS.iri, DCT.iri, RDFS.iri, OWL.iri)
_RELATIONS = {
    SKOSNO.hasGenericConcept: SKOS.broader,
    SKOSNO.hasSpecificConcept: SKOS.narrower,
    SKOSNO.hasComprehensiveConcept: SKOS.broader,
    SKOSNO.hasPartitiveConcept: SKOS.narrower,
    SKOSNO.hasToConcept: SKOS.related,
}
_LABELS = {
    SKOS.prefLabel: SKOSXL.prefLabel,
    SKOS.altLabel: SKOSXL.altLabel,
    SKOS.hiddenLabel: SKOSXL.hiddenLabel,
}


def as_skos(triples: Sequence[Triple], uri: str) -> list[Triple]:
    """The concept alone, in the words of SKOS and Dublin Core."""
    return list(dict.fromkeys(_plain(triples, NamedNode(uri))))


def as_skos_xl(triples: Sequence[Triple], uri: str) -> list[Triple]:
    """The same, with each label a thing too."""
    found = as_skos(triples, uri)
    for number, triple in enumerate([each for each in found if each.predicate in _LABELS]):
        label = BlankNode(f"label{number}")
        found += [
            Triple(triple.subject, _LABELS[triple.predicate], label),
            Triple(label, RDF.type, SKOSXL.Label),
            Triple(label, SKOSXL.literalForm, triple.object),
        ]
    return found


def texts_of_definitions(triples: Sequence[Triple], concept: NamedNode) -> Iterator[Literal]:
    """The words of the concept's definitions."""
    nodes = {each.object for each in triples if each.subject == concept and each.predicate == EUVOC.xlDefinition}
    for triple in triples:
        if triple.subject in nodes and triple.predicate == RDF.value and isinstance(triple.object, Literal):
            yield triple.object


def _plain(triples: Sequence[Triple], concept: NamedNode) -> Iterator[Triple]:
    yield Triple(concept, RDF.type, SKOS.Concept)
    for triple in triples:
        if triple.subject == concept and triple.predicate.value.startswith(_KEPT):
            yield triple
        elif triple.predicate in _RELATIONS and _leads_here(triples, triple.subject, concept):
            yield Triple(concept, _RELATIONS[triple.predicate], triple.object)
    for text in texts_of_definitions(triples, concept):
        yield Triple(concept, SKOS.definition, text)
    yield from (
        Triple(concept, SKOS.note, each.object)
        for each in triples
        if each.subject == concept and each.predicate == SAMSVAR.scope
    )


def _leads_here(triples: Sequence[Triple], node: object, concept: NamedNode) -> bool:
    return node == concept or any(each.subject == concept and each.object == node for each in triples)
