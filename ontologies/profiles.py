"""What the Norwegian application profiles require of a resource: properties, how many values, and the clause.

Plain data: the importers report what is missing, the pages show it, the official shapes hold exports to the whole of
it. Clauses name the profile and the class and property as its specification heads them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from pyoxigraph import NamedNode

from ontologies.namespaces import (
    CPSV,
    CPSVNO,
    CV,
    DCAT,
    DCT,
    EUVOC,
    FOAF,
    MODELLDCATNO,
    OWL,
    PREFIXES,
    RDF,
    SKOS,
    SKOSNO,
)

Severity: TypeAlias = Literal["error", "warning", "information"]

_SKOS = "SKOS-AP-NO-Begrep 2.0"
_DCAT = "DCAT-AP-NO 3"
_MODEL = "ModellDCAT-AP-NO 1.3"
_CPSV = "CPSV-AP-NO 1.1"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One rule of a profile: at least `least` and at most `most` values (None for any number) of one of `properties`.

    `code` is the issue's code in reports.
    """

    code: str
    severity: Severity
    kind: NamedNode
    properties: tuple[NamedNode, ...]
    clause: str
    least: int = 0
    most: int | None = None

    def allows(self, values: int) -> bool:
        """Whether so many values meet the rule."""
        return values >= self.least and (self.most is None or values <= self.most)

    @property
    def name(self) -> str:
        """The property as documents write it: ``dct:publisher``."""
        return prefixed(self.properties[0])


def _must(kind: NamedNode, clause: str, *properties: NamedNode, code: str = "property-missing") -> Requirement:
    return Requirement(code, "warning", kind, properties, clause, least=1)


def _once(kind: NamedNode, clause: str, *properties: NamedNode) -> Requirement:
    return Requirement("too-many-values", "warning", kind, properties, clause, most=1)


_CONCEPT = f"{_SKOS}, Begrep"
_COLLECTION = f"{_SKOS}, Begrepssamling"
_DEFINITION = f"{_SKOS}, Definisjon"
_DATASET = f"{_DCAT}, Datasett"
_SERIES = f"{_DCAT}, Datasettserie"
_CATALOGUE = f"{_DCAT}, Katalog"
_SERVICE = f"{_DCAT}, Datatjeneste"
_INFORMATION_MODEL = f"{_MODEL}, Informasjonsmodell"
_PUBLIC_SERVICE = f"{_CPSV}, Offentlig tjeneste"
_SERVICE_OF_ANYBODY = f"{_CPSV}, Tjeneste"

_TITLE, _IDENTIFIER, _DESCRIPTION = (
    ("tittel", DCT.title),
    ("identifikator", DCT.identifier),
    ("beskrivelse", DCT.description),
)
_OF_PARTS: tuple[tuple[NamedNode, str, tuple[tuple[str, NamedNode], ...]], ...] = (
    (MODELLDCATNO.ObjectType, f"{_MODEL}, Objekttype", (_TITLE,)),
    (MODELLDCATNO.RootObjectType, f"{_MODEL}, Rotobjekttype", (_TITLE,)),
    (MODELLDCATNO.DataType, f"{_MODEL}, Datatype", (_TITLE,)),
    (MODELLDCATNO.SimpleType, f"{_MODEL}, Enkeltype", (_TITLE,)),
    (MODELLDCATNO.CodeList, f"{_MODEL}, Kodeliste", (_TITLE,)),
    (MODELLDCATNO.Module, f"{_MODEL}, Modul", (_TITLE,)),
    (MODELLDCATNO.CodeElement, f"{_MODEL}, Kodeelement", (("i kodeliste", SKOS.inScheme), ("kode", SKOS.notation))),
    (MODELLDCATNO.Role, f"{_MODEL}, Rolle", (("har objekttype", MODELLDCATNO.hasObjectType),)),
    (MODELLDCATNO.ConstraintRule, f"{_MODEL}, Restriksjonsregel", (("begrenser", MODELLDCATNO.constrains),)),
    (DCAT.Distribution, f"{_DCAT}, Distribusjon", (("tilgangs-URL", DCAT.accessURL),)),
    (DCAT.CatalogRecord, f"{_DCAT}, Katalogpost", (("endringsdato", DCT.modified), ("primærtema", FOAF.primaryTopic))),
    (CPSV.Rule, f"{_CPSV}, Regel", (_TITLE, _DESCRIPTION, _IDENTIFIER)),
    (CV.Channel, f"{_CPSV}, Tjenestekanal", (_IDENTIFIER,)),
    (CV.Requirement, f"{_CPSV}, Krav", (_TITLE, _IDENTIFIER)),
    (CV.Criterion, f"{_CPSV}, Kriterium", (_TITLE, _IDENTIFIER)),
    (CV.InformationRequirement, f"{_CPSV}, Informasjonskrav", (_TITLE, _IDENTIFIER)),
    (CV.Constraint, f"{_CPSV}, Begrensning", (_TITLE, _IDENTIFIER, ("begrenser", CV.constrains))),
    (CV.Evidence, f"{_CPSV}, Dokumentasjon", (_TITLE, _IDENTIFIER)),
    (CV.EvidenceType, f"{_CPSV}, Dokumentasjonstype", (_IDENTIFIER,)),
    (CV.Output, f"{_CPSV}, Tjenesteresultat", (_TITLE, _IDENTIFIER)),
    (CV.Cost, f"{_CPSV}, Gebyr", (_IDENTIFIER,)),
    (
        CV.Participation,
        f"{_CPSV}, Deltagelse",
        (_DESCRIPTION, _IDENTIFIER, ("deltaker", CV.hasParticipant), ("rolle", CV.role)),
    ),
    (CPSVNO.PossibleOutput, f"{_CPSV}, Mulig tjenesteresultat", (_TITLE, _DESCRIPTION)),
    (CPSVNO.RequiredEvidence, f"{_CPSV}, Påkrevd dokumentasjon", (_TITLE, _DESCRIPTION)),
)
"""What is asked of parts of records: class, where it stands, and what it must have."""

PARTS = frozenset(kind for kind, _, _ in _OF_PARTS)
"""Classes of things that are no records of their own, but parts of one."""

REQUIREMENTS: tuple[Requirement, ...] = (
    _must(
        SKOS.Concept,
        f"{_CONCEPT}: anbefalt term",
        SKOS.prefLabel,
        code="concept-without-term",
    ),
    _must(
        SKOS.Concept,
        f"{_CONCEPT}: definisjon",
        EUVOC.xlDefinition,
        SKOS.definition,
        code="concept-without-definition",
    ),
    _must(SKOS.Concept, f"{_CONCEPT}: publisert av", DCT.publisher, code="publisher-missing"),
    _must(SKOS.Concept, f"{_CONCEPT}: identifikator", DCT.identifier),
    _must(SKOS.Concept, f"{_CONCEPT}: kontaktpunkt", DCAT.contactPoint),
    _once(SKOS.Concept, f"{_CONCEPT}: publisert av", DCT.publisher),
    _once(SKOS.Concept, f"{_CONCEPT}: ansvarlig virksomhet", DCT.creator),
    _once(SKOS.Concept, f"{_CONCEPT}: dato gyldig fra og med", EUVOC.startDate),
    _once(SKOS.Concept, f"{_CONCEPT}: dato gyldig til og med", EUVOC.endDate),
    _once(SKOS.Concept, f"{_CONCEPT}: dato sist oppdatert", DCT.modified),
    _once(SKOS.Concept, f"{_CONCEPT}: versjonsnummer", OWL.versionInfo),
    _must(SKOS.Collection, f"{_COLLECTION}: navn", DCT.title),
    _must(SKOS.Collection, f"{_COLLECTION}: publisert av", DCT.publisher, code="publisher-missing"),
    _must(SKOS.Collection, f"{_COLLECTION}: identifikator", DCT.identifier),
    _must(SKOS.Collection, f"{_COLLECTION}: kontaktpunkt", DCAT.contactPoint),
    _must(EUVOC.XlNote, f"{_DEFINITION}: tekst", RDF.value),
    _once(EUVOC.XlNote, f"{_DEFINITION}: forhold til kilde", SKOSNO.relationshipWithSource),
    _once(EUVOC.XlNote, f"{_DEFINITION}: målgruppe", DCT.audience),
    _must(DCAT.Dataset, f"{_DATASET}: tittel", DCT.title),
    _must(DCAT.Dataset, f"{_DATASET}: beskrivelse", DCT.description),
    _must(DCAT.Dataset, f"{_DATASET}: tema", DCAT.theme),
    _must(DCAT.Dataset, f"{_DATASET}: kontaktpunkt", DCAT.contactPoint),
    _must(DCAT.Dataset, f"{_DATASET}: utgiver", DCT.publisher, code="publisher-missing"),
    _must(DCAT.DatasetSeries, f"{_SERIES}: tittel", DCT.title),
    _must(DCAT.DatasetSeries, f"{_SERIES}: beskrivelse", DCT.description),
    _must(DCAT.DatasetSeries, f"{_SERIES}: tema", DCAT.theme),
    _must(DCAT.DatasetSeries, f"{_SERIES}: kontaktpunkt", DCAT.contactPoint),
    _must(DCAT.DatasetSeries, f"{_SERIES}: utgiver", DCT.publisher, code="publisher-missing"),
    _must(DCAT.Catalog, f"{_CATALOGUE}: tittel", DCT.title),
    _must(DCAT.Catalog, f"{_CATALOGUE}: beskrivelse", DCT.description),
    _must(DCAT.Catalog, f"{_CATALOGUE}: kontaktpunkt", DCAT.contactPoint, CV.contactPoint),
    _must(DCAT.Catalog, f"{_CATALOGUE}: utgiver", DCT.publisher, code="publisher-missing"),
    _must(DCAT.DataService, f"{_SERVICE}: tittel", DCT.title),
    _must(DCAT.DataService, f"{_SERVICE}: endepunkts-URL", DCAT.endpointURL),
    _must(DCAT.DataService, f"{_SERVICE}: kontaktpunkt", DCAT.contactPoint),
    _must(DCAT.DataService, f"{_SERVICE}: utgiver", DCT.publisher, code="publisher-missing"),
    _once(DCAT.DataService, f"{_SERVICE}: endepunkts-URL", DCAT.endpointURL),
    _must(MODELLDCATNO.InformationModel, f"{_INFORMATION_MODEL}: tittel", DCT.title),
    _must(MODELLDCATNO.InformationModel, f"{_INFORMATION_MODEL}: utgiver", DCT.publisher, code="publisher-missing"),
    _must(CPSV.PublicService, f"{_PUBLIC_SERVICE}: tittel", DCT.title),
    _must(CPSV.PublicService, f"{_PUBLIC_SERVICE}: beskrivelse", DCT.description),
    _must(CPSV.PublicService, f"{_PUBLIC_SERVICE}: identifikator", DCT.identifier),
    _must(CPSV.PublicService, f"{_PUBLIC_SERVICE}: har ansvarlig myndighet", CV.hasCompetentAuthority),
    _must(CPSV.PublicService, f"{_PUBLIC_SERVICE}: kontaktpunkt", CV.contactPoint),
    _must(CPSV.PublicService, f"{_PUBLIC_SERVICE}: har mulig tjenesteresultat", CPSVNO.hasPossibleOutput),
    _must(CPSVNO.Service, f"{_SERVICE_OF_ANYBODY}: tittel", DCT.title),
    _must(CPSVNO.Service, f"{_SERVICE_OF_ANYBODY}: beskrivelse", DCT.description),
    _must(CPSVNO.Service, f"{_SERVICE_OF_ANYBODY}: identifikator", DCT.identifier),
    _must(CPSVNO.Service, f"{_SERVICE_OF_ANYBODY}: eies av", CV.ownedBy),
    _must(CPSVNO.Service, f"{_SERVICE_OF_ANYBODY}: kontaktpunkt", CV.contactPoint),
    _must(CPSVNO.Service, f"{_SERVICE_OF_ANYBODY}: har mulig tjenesteresultat", CPSVNO.hasPossibleOutput),
    *(
        _must(kind, f"{_CPSV}, {name}: {heading}", wanted)
        for kind, name in (
            (CV.Event, "Hendelse"),
            (CV.LifeEvent, "Livshendelse"),
            (CV.BusinessEvent, "Virksomhetshendelse"),
        )
        for heading, wanted in (_TITLE, _IDENTIFIER)
    ),
    *(_must(kind, f"{clause}: {heading}", wanted) for kind, clause, asked in _OF_PARTS for heading, wanted in asked),
)
"""Mandatory properties and those that may stand once, by class."""


def broken(kind: NamedNode, count: Callable[[NamedNode], int]) -> tuple[Requirement, ...]:
    """The requirements of a class that a resource does not meet; `count` says how many values a property has."""
    return _broken(kind, tuple(map(count, _PROPERTIES.get(kind, ()))))


@lru_cache(maxsize=10_000)
def _broken(kind: NamedNode, counts: tuple[int, ...]) -> tuple[Requirement, ...]:
    """The same for numbers of values, which most resources of a file share."""
    number = dict(zip(_PROPERTIES.get(kind, ()), counts, strict=True))
    return tuple(one for one in _BY_KIND.get(kind, ()) if not one.allows(sum(number[each] for each in one.properties)))


@lru_cache(maxsize=10_000)
def prefixed(term: NamedNode) -> str:
    """The term with its usual prefix, or its whole IRI."""
    for prefix, namespace in PREFIXES.items():
        if term.value.startswith(namespace):
            return f"{prefix}:{term.value.removeprefix(namespace)}"
    return term.value


_BY_KIND: dict[NamedNode, tuple[Requirement, ...]] = {
    kind: tuple(one for one in REQUIREMENTS if one.kind == kind) for kind in {one.kind for one in REQUIREMENTS}
}
_PROPERTIES: dict[NamedNode, tuple[NamedNode, ...]] = {
    kind: tuple(dict.fromkeys(each for one in requirements for each in one.properties))
    for kind, requirements in _BY_KIND.items()
}
