"""What rests on what: the kinds of things in the chain, and the properties by which one rests on another.

A thing rests on what it takes its meaning, its content or its right from: an API on the datasets that it serves, a
dataset on its concepts, a concept on the provision that its definition cites. Symmetric relations between concepts
and associations between classes are no such thing, and are left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from ontologies.namespaces import CPSV, CPSVNO, CV, DCAT, DCATAP, DCATNO, DCT, ELI, MODELLDCATNO, SAMSVAR, SKOS

LEVELS = (
    "provision",
    "statutoryConcept",
    "concept",
    "modelElement",
    "informationModel",
    "dataset",
    "dataService",
    "service",
    "event",
)
"""The kinds of things in the chain, from the law on."""
BETWEEN = "between"
"""The kind of what only joins two of these, such as a distribution or a rule."""

KINDS: Mapping[str, str] = {
    ELI.LegalResourceSubdivision.value: "provision",
    SAMSVAR.StatutoryConcept.value: "statutoryConcept",
    MODELLDCATNO.InformationModel.value: "informationModel",
    MODELLDCATNO.CodeElement.value: "modelElement",
    DCAT.Dataset.value: "dataset",
    DCAT.DatasetSeries.value: "dataset",
    DCAT.DataService.value: "dataService",
    CPSV.PublicService.value: "service",
    CPSVNO.Service.value: "service",
    CV.Event.value: "event",
    CV.LifeEvent.value: "event",
    CV.BusinessEvent.value: "event",
    **{
        kind.value: BETWEEN
        for kind in (
            DCAT.Distribution,
            SAMSVAR.Operation,
            SAMSVAR.Parameter,
            SAMSVAR.Message,
            CPSV.Rule,
            CPSV.Output,
            CPSVNO.PossibleOutput,
            CPSVNO.RequiredEvidence,
            CV.Evidence,
            CV.EvidenceType,
            CV.Requirement,
            CV.Criterion,
            CV.InformationRequirement,
            CV.Constraint,
            CV.InformationConcept,
            CV.Channel,
        )
    },
}
"""Kinds by class. What is in ModellDCAT-AP-NO's namespace is a model element, else a skos:Concept is a concept."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property that joins two things; `dependant` and `foundation` are the kinds that it may join, none for any."""

    node: NamedNode
    dependant: tuple[str, ...] = ()
    foundation: tuple[str, ...] = ()

    def joins(self, dependant: str, foundation: str) -> bool:
        """Whether it may join things of these kinds; "" is no kind."""
        ends = ((dependant, self.dependant), (foundation, self.foundation))
        return all(kind and (not allowed or kind in allowed) for kind, allowed in ends)


_RESTS = (
    ELI.is_part_of,
    ELI.based_on,
    SAMSVAR.act,
    SAMSVAR.cites,
    DCT.references,
    SKOS.exactMatch,
    SKOS.closeMatch,
    SKOS.broadMatch,
    SKOS.narrowMatch,
    SKOS.relatedMatch,
    MODELLDCATNO.containsModelElement,
    MODELLDCATNO.hasProperty,
    MODELLDCATNO.hasType,
    MODELLDCATNO.hasDataType,
    MODELLDCATNO.hasSimpleType,
    MODELLDCATNO.hasValueFrom,
    MODELLDCATNO.hasGeneralConcept,
    MODELLDCATNO.contains,
    DCAT.distribution,
    DCAT.servesDataset,
    DCATNO.informationModel,
    DCATAP.applicableLegislation,
    SAMSVAR.hasOperation,
    SAMSVAR.hasParameter,
    SAMSVAR.hasRequest,
    SAMSVAR.hasResponse,
    CPSV.follows,
    CPSV.hasInput,
    CPSV.produces,
    CPSVNO.hasRequiredEvidence,
    CPSVNO.hasPossibleOutput,
    CPSVNO.dataService,
    CPSVNO.mayTrigger,
    CPSVNO.mayTriggerNeedFor,
    CPSVNO.ruleForDisclosure,
    CPSVNO.ruleForNonDisclosure,
    CPSVNO.ruleForDataProcessing,
    CV.hasLegalResource,
    CV.hasChannel,
    CV.holdsRequirement,
    CV.hasConcept,
    CV.isClassifiedBy,
    CV.isDescribedAt,
)
RESTS_ON: Mapping[str, Property] = {
    **{node.value: Property(node) for node in _RESTS},
    DCT.subject.value: Property(DCT.subject),
    DCT.isPartOf.value: Property(DCT.isPartOf),
    DCT.requires.value: Property(DCT.requires, ("service",), ("service",)),
    DCT.relation.value: Property(DCT.relation, ("event",), ("service",)),
    DCT.conformsTo.value: Property(DCT.conformsTo, foundation=("informationModel",)),
    CPSV.implements.value: Property(CPSV.implements, foundation=("provision", BETWEEN)),
}
"""Properties from what rests on something to that, by IRI."""
BEARS: Mapping[str, Property] = {
    SKOS.inScheme.value: Property(SKOS.inScheme, ("modelElement",), ("modelElement",)),
    CV.isGroupedBy.value: Property(CV.isGroupedBy, ("event",), ("service",)),
    DCAT.distribution.value: Property(DCAT.distribution, (BETWEEN,), ("dataset",)),
    DCAT.accessService.value: Property(DCAT.accessService, ("dataService",), (BETWEEN,)),
}
"""Properties from something to what rests on it: a code list rests on its codes, an event on its services."""
OF_ACTS = (ELI.based_on, SAMSVAR.act, SAMSVAR.cites, DCATAP.applicableLegislation, CV.hasLegalResource, CPSV.implements)
"""Properties that lead to an act as a whole, beside its sections."""
LEGAL = (DCATAP.applicableLegislation, CV.hasLegalResource, CPSV.implements)
"""Properties whose value is an act or a provision, often as an address at Lovdata."""


def kind_of(types: frozenset[str]) -> str:
    """The kind of a thing by its classes; "" for what has no place in the chain."""
    if named := [KINDS[name] for name in sorted(types & KINDS.keys())]:
        return named[0]
    if any(name in MODELLDCATNO for name in types):
        return "modelElement"
    if SKOS.Concept.value in types:
        return "concept"
    return "provision" if ELI.LegalResource.value in types else ""
