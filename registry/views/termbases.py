"""The document of a concept or a catalogue as TBX."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from flask import request
from pyoxigraph import Literal, NamedNode, Triple

from ontologies.namespaces import RDF, SAMSVAR, SKOS
from registry.catalogue.national_termbases import tbx_ap_no
from registry.catalogue.termbases import TermbaseHead, tbx
from registry.catalogue.texts import shown, texts_of
from registry.errors import BadRequestError
from registry.views import catalogues
from registry.views.context import reader

_DIALECTS: Mapping[str, Callable[[Iterable[Triple], TermbaseHead], bytes]] = MappingProxyType(
    {"tbx-basic": tbx, "tbx-ap-no": tbx_ap_no}
)


def has_terms(uri: str) -> bool:
    """Whether the thing is a concept, or a catalogue with concepts."""
    found = catalogues.of_uri(uri)
    if found is not None:
        return found.concepts > 0
    kinds = {quad.object for quad in reader().quads(subject=NamedNode(uri), predicate=RDF.type)}
    return not kinds.isdisjoint((SKOS.Concept, SAMSVAR.StatutoryConcept))


def document(uri: str, about: list[Triple]) -> bytes:
    """The concept, of which `about` says everything, or all concepts of the catalogue; in the dialect asked for.

    Raises:
        BadRequestError: there is no such dialect.
    """
    dialect = request.args.get("dialect", "tbx-basic").lower()
    if dialect not in _DIALECTS:
        raise BadRequestError(f"The dialects of TBX are {' and '.join(_DIALECTS)}.")
    written = _DIALECTS[dialect]
    found = catalogues.of_uri(uri)
    if found is None:
        concept = NamedNode(uri)
        terms = [one.object for one in about if one.subject == concept and one.predicate == SKOS.prefLabel]
        title = shown(texts_of(term for term in terms if isinstance(term, Literal)), "nb")
        return written(about, TermbaseHead(title or uri, [uri]))
    title = shown(found.graph.name, "nb") or found.graph.identifier
    quads = reader().quads(graph=NamedNode(found.graph.uri))
    return written((quad.triple for quad in quads), TermbaseHead(title, [uri]))
