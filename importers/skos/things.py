"""Which resources of a file are records, which hold them together, and what belongs to which."""

from collections.abc import Iterable
from dataclasses import dataclass

from importers.rdf.journal import Journal
from importers.rdf.triples import NODES, Node, TripleIndex
from ontologies.namespaces import (
    ADMS,
    CPSV,
    CPSVNO,
    CV,
    DCAT,
    DCT,
    EUVOC,
    FOAF,
    MODELLDCATNO,
    ORG,
    RDF,
    ROV,
    SKOS,
    SKOSNO,
    SKOSXL,
)

OTHER_RECORDS = (
    MODELLDCATNO.InformationModel,
    DCAT.Dataset,
    DCAT.DatasetSeries,
    DCAT.DataService,
    CPSV.PublicService,
    CPSVNO.Service,
    CV.Event,
    CV.LifeEvent,
    CV.BusinessEvent,
)
"""Classes of records that are not concepts."""

ORGANISATIONS = (
    ROV.RegisteredOrganization,
    ORG.Organization,
    ORG.FormalOrganization,
    CV.PublicOrganisation,
    FOAF.Agent,
)
"""Classes of organisations, which are records where a file describes nothing else."""

_CONCEPT_SIGNS = (SKOSNO.definisjon, EUVOC.xlDefinition, SKOSXL.prefLabel)
_DEFINITIONS = (*_CONCEPT_SIGNS[:2], SKOS.definition)
_PROFILE_SIGNS = frozenset({*_CONCEPT_SIGNS[:2], EUVOC.startDate, EUVOC.endDate, SKOSNO.valueRange})
_CATALOGUES = (DCAT.Catalog, ADMS.AssetRepository)


@dataclass(frozen=True, slots=True)
class Things:
    """What a file is about. `plain`: SKOS of another profile than SKOS-AP-NO, which is kept as it is.

    `holders` are the collections and catalogues that the file's records belong to.
    """

    concepts: tuple[Node, ...]
    others: tuple[Node, ...]
    holders: tuple[Node, ...]
    plain: bool

    @property
    def records(self) -> tuple[Node, ...]:
        """Every record."""
        return self.concepts + self.others


def find_things(index: TripleIndex, journal: Journal) -> Things:
    """The records and their holders. Adds the class of a concept that does not say it is one."""
    for subject in index.subjects():
        if not index.has_type(subject, SKOS.Concept) and _looks_like_concept(index, subject):
            index.add(subject, RDF.type, SKOS.Concept)
            journal.note(subject, "type-added", SKOS.Concept.value)
    others = tuple(index.of_type(*OTHER_RECORDS))
    concepts = index.of_type(SKOS.Concept)
    if others:
        concepts = [concept for concept in concepts if _is_record(index, concept)]
    others = others or tuple(index.of_type(*ORGANISATIONS) if not concepts else ())
    plain = _is_plain(index) and (bool(concepts) or not others)
    collections = index.of_type(SKOS.ConceptScheme if plain else SKOS.Collection)
    holders = dict.fromkeys((*collections, *index.of_type(*_CATALOGUES)))
    return Things(tuple(concepts), others, tuple(holders), plain)


def owners(index: TripleIndex, roots: Iterable[Node]) -> dict[Node, Node]:
    """Node to the record that it belongs to, for everything that can be reached from a record but through another."""
    owner: dict[Node, Node] = {root: root for root in roots}
    for root in list(owner):
        waiting = [root]
        while waiting:
            for values in index.about(waiting.pop()).values():
                for value in values:
                    if isinstance(value, NODES) and value in index and value not in owner:
                        owner[value] = root
                        waiting.append(value)
    return owner


def _looks_like_concept(index: TripleIndex, subject: Node) -> bool:
    """Whether a resource is defined as a concept is; a SKOS-XL term alone counts where no class is given."""
    signs = _CONCEPT_SIGNS if not index.values(subject, RDF.type) else _CONCEPT_SIGNS[:2]
    return any(index.values(subject, sign) for sign in signs)


def _is_record(index: TripleIndex, concept: Node) -> bool:
    """Among datasets and services, a concept without definition and publisher is a code that they use."""
    return any(index.values(concept, sign) for sign in (*_DEFINITIONS, DCT.publisher))


def _is_plain(index: TripleIndex) -> bool:
    """Whether the file has a concept scheme and nothing that speaks SKOS-AP-NO, neither property nor collection."""
    if not index.of_type(SKOS.ConceptScheme):
        return False
    if any(index.values(collection, DCT.publisher) for collection in index.of_type(SKOS.Collection)):
        return False
    return not any(
        predicate in _PROFILE_SIGNS or predicate.value.startswith(SKOSNO.iri)
        for subject in index.subjects()
        for predicate in index.about(subject)
    )
