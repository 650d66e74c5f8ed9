"""The register's own indicators of public services (300 points) and events (150 points): docs/quality.md.

They ask for what CPSV-AP-NO makes mandatory and recommends, in today's terms and in those that descriptions still have.
"""

from pyoxigraph import NamedNode

from ontologies.namespaces import ADMS, CPSV, CPSVNO, CV, DCAT, DCT, FOAF
from registry.quality import common_indicators as common
from registry.quality.facts import Facts
from registry.quality.indicators import Dimension, Indicator, mandatory, says, words


def parts(_facts: Facts, thing: NamedNode) -> list[NamedNode]:
    """What is judged with a service or an event: itself."""
    return [thing]


def _profile(points: int) -> Indicator:
    name = words(
        "Det obligatoriske i CPSV-AP-NO er med",
        "Det obligatoriske i CPSV-AP-NO er med",
        "What CPSV-AP-NO makes mandatory is there",
    )
    return Indicator("cpsvApCompliance", "interoperability", points, name, mandatory)


def _said(
    code: str, dimension: Dimension, points: int, name: tuple[str, str, str], *properties: NamedNode
) -> Indicator:
    return Indicator(code, dimension, points, words(*name), says(*properties))


def _identifier(points: int) -> Indicator:
    name = ("Identifikator", "Identifikator", "Identifier")
    return _said("identifier", "interoperability", points, name, DCT.identifier)


def _concept(points: int) -> Indicator:
    return _said("concept", "interoperability", points, ("Begrep", "Omgrep", "Concept"), DCT.subject)


OF_SERVICES: tuple[Indicator, ...] = (
    common.title(10),
    common.description(20),
    _said("category", "findability", 20, ("Temaområde", "Temaområde", "Thematic area"), CV.thematicArea, DCAT.theme),
    common.keyword(15),
    _said("spatial", "findability", 10, ("Dekningsområde", "Dekningsområde", "Area covered"), DCT.spatial),
    _said("type", "findability", 10, ("Hovedformål", "Hovudføremål", "Main purpose"), DCT.type),
    _said(
        "contactPoint", "accessibility", 30, ("Kontaktpunkt", "Kontaktpunkt", "Contact point"),
        CV.contactPoint, CV.hasContactPoint, DCAT.contactPoint,
    ),
    _said("homepage", "accessibility", 15, ("Hjemmeside", "Heimeside", "Home page"), FOAF.homepage),
    _said("channel", "accessibility", 20, ("Tjenestekanal", "Tenestekanal", "Channel"), CV.hasChannel),
    _identifier(10),
    _profile(30),
    _concept(20),
    _said("event", "interoperability", 10, ("Hendelse", "Hending", "Event"), CV.isGroupedBy),
    _said(
        "competentAuthority", "reusability", 20,
        ("Ansvarlig virksomhet", "Ansvarleg verksemd", "Responsible authority"),
        CV.hasCompetentAuthority, CV.ownedBy,
    ),
    _said(
        "output", "reusability", 20, ("Tjenesteresultat", "Tenesteresultat", "Output"),
        CPSVNO.hasPossibleOutput, CPSV.produces,
    ),
    _said(
        "requiredEvidence", "reusability", 10, ("Påkrevd dokumentasjon", "Påkravd dokumentasjon", "Required evidence"),
        CPSVNO.hasRequiredEvidence, CPSV.hasInput, CV.hasInputType,
    ),
    _said(
        "rule", "contextuality", 15, ("Regel eller regelverk", "Regel eller regelverk", "Rule or legislation"),
        CPSV.follows, CV.hasLegalResource,
    ),
    _said("status", "contextuality", 10, ("Status", "Status", "Status"), ADMS.status),
    _said(
        "processingTime", "contextuality", 5, ("Behandlingstid", "Behandlingstid", "Processing time"),
        CV.processingTime,
    ),
)  # fmt: skip

OF_EVENTS: tuple[Indicator, ...] = (
    common.title(15),
    common.description(25),
    _said("type", "findability", 10, ("Type hendelse", "Type hending", "Type of event"), DCT.type),
    _identifier(15),
    _profile(30),
    _concept(20),
    _said(
        "triggers", "contextuality", 25,
        ("Tjenester den setter i gang", "Tenester ho set i gang", "Services that it starts"),
        CPSVNO.mayTrigger, CPSVNO.mayInitiate, CPSVNO.mayTriggerNeedFor,
    ),
    _said(
        "describedAt", "contextuality", 10,
        ("Beskrivende datasett", "Skildrande datasett", "Dataset that describes it"),
        CV.isDescribedAt,
    ),
)  # fmt: skip
