"""Checks of matches with other collections, and of the names that a collection uses."""

from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import NamedNode

from ontologies.namespaces import RDFS, SKOS
from registry.catalogue.graphs import graphs
from registry.quality.collection.base import MAPPINGS, Concepts, Found, about
from registry.quality.facts import iris

_SKOS_TERMS = frozenset(
    """Collection Concept ConceptScheme OrderedCollection altLabel broadMatch broader broaderTransitive changeNote
    closeMatch definition editorialNote exactMatch example hasTopConcept hiddenLabel historyNote inScheme
    mappingRelation member memberList narrowMatch narrower narrowerTransitive notation note prefLabel related
    relatedMatch scopeNote semanticRelation topConceptOf""".split()  # noqa: SIM905 - a list of forty would be a column
)


def mapping_clashes(concepts: Concepts) -> Iterator[Found]:
    """A concept that is both the same as another and broader, narrower or only related (SKOS S46)."""
    for concept in concepts.all:
        same = set(iris(concepts.picture, concept, SKOS.exactMatch))
        other = iris(concepts.picture, concept, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
        yield from (about(concept, each) for each in sorted(same.intersection(other), key=lambda node: node.value))


def mapping_relations_misuse(concepts: Concepts) -> Iterator[Found]:
    """A match with a concept of the same collection, where relations belong."""
    for concept in concepts.all:
        for other in iris(concepts.picture, concept, *MAPPINGS):
            if other in concepts.known:
                yield about(concept, other)


def shared_exact_match(concepts: Concepts) -> Iterator[Found]:
    """Two concepts of the collection that are the same as one of another."""
    holders: defaultdict[NamedNode, list[NamedNode]] = defaultdict(list)
    for concept in concepts.all:
        for other in set(iris(concepts.picture, concept, SKOS.exactMatch)) - concepts.known:
            holders[other].append(concept)
    return (about(*held, value=other.value) for other, held in holders.items() if len(held) > 1)


def missing_in_links(concepts: Concepts) -> Iterator[Found]:
    """Concepts that nothing in another catalogue or act points at."""
    if concepts.reader is None:
        return
    others = {NamedNode(graph) for graph in graphs(concepts.reader)} - {concepts.picture.graph}
    for concept in concepts.all:
        if not any(quad.graph_name in others for quad in concepts.reader.quads(object=concept)):
            yield about(concept)


def missing_out_links(concepts: Concepts) -> Iterator[Found]:
    """Concepts that point at nothing outside their collection by a match or "see also"."""
    for concept in concepts.all:
        linked = iris(concepts.picture, concept, *MAPPINGS, RDFS.seeAlso)
        if not any(other not in concepts.known for other in linked):
            yield about(concept)


def http_uri_scheme_violation(concepts: Concepts) -> Iterator[Found]:
    """Concepts whose URI no browser can look up."""
    return (about(concept) for concept in concepts.all if not concept.value.startswith(("http://", "https://")))


def undefined_skos_resources(concepts: Concepts) -> Iterator[Found]:
    """Classes and properties in the namespace of SKOS that SKOS does not have."""
    found: defaultdict[str, set[NamedNode]] = defaultdict(set)
    for subject, said in concepts.picture.said.items():
        for term in (*said, *(value for values in said.values() for value in values)):
            if isinstance(term, NamedNode) and _is_unknown(term.value) and isinstance(subject, NamedNode):
                found[term.value].add(subject)
    return (about(*sorted(users, key=lambda node: node.value), value=term) for term, users in sorted(found.items()))


def _is_unknown(iri: str) -> bool:
    return iri in SKOS and iri.removeprefix(SKOS.iri) not in _SKOS_TERMS
