"""The document of a concept or a catalogue as TBX."""

from pyoxigraph import Literal, NamedNode, Triple

from ontologies.namespaces import RDF, SAMSVAR, SKOS
from registry.catalogue.termbases import TermbaseHead, tbx
from registry.catalogue.texts import shown, texts_of
from registry.views import catalogues
from registry.views.context import reader


def has_terms(uri: str) -> bool:
    """Whether the thing is a concept, or a catalogue with concepts."""
    found = catalogues.of_uri(uri)
    if found is not None:
        return found.concepts > 0
    kinds = {quad.object for quad in reader().quads(subject=NamedNode(uri), predicate=RDF.type)}
    return not kinds.isdisjoint((SKOS.Concept, SAMSVAR.StatutoryConcept))


def document(uri: str, about: list[Triple]) -> bytes:
    """The concept, of which `about` says everything, or all concepts of the catalogue."""
    found = catalogues.of_uri(uri)
    if found is None:
        concept = NamedNode(uri)
        terms = [one.object for one in about if one.subject == concept and one.predicate == SKOS.prefLabel]
        title = shown(texts_of(term for term in terms if isinstance(term, Literal)), "nb")
        return tbx(about, TermbaseHead(title or uri, [uri]))
    title = shown(found.graph.name, "nb") or found.graph.identifier
    quads = reader().quads(graph=NamedNode(found.graph.uri))
    return tbx((quad.triple for quad in quads), TermbaseHead(title, [uri]))
