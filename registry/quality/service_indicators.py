"""The register's own indicators of APIs: 300 points, of which 30 are not tested (docs/quality.md)."""

from pyoxigraph import NamedNode

from ontologies.namespaces import ADMS, DCAT, DCATAP, DCT, FOAF
from registry.quality import common_indicators as common
from registry.quality.facts import Facts, has, iris
from registry.quality.file_formats import is_structured
from registry.quality.indicators import Indicator, not_tested, says, words


def parts(_facts: Facts, service: NamedNode) -> list[NamedNode]:
    """What is judged with an API: itself."""
    return [service]


def _structured(facts: Facts, service: NamedNode) -> float:
    return float(any(map(is_structured, facts.values(service, DCT["format"], DCAT.mediaType))))


def _linked(facts: Facts, service: NamedNode) -> float:
    """A concept of its own, or of a dataset that it serves."""
    served = iris(facts, service, DCAT.servesDataset)
    return float(any(has(facts, each, DCT.subject) for each in (service, *served)))


INDICATORS: tuple[Indicator, ...] = (
    common.title(10),
    common.description(20),
    common.theme(20),
    common.keyword(20),
    Indicator(
        "endpointUrl",
        "accessibility",
        20,
        words("Endepunkts-URL", "Endepunkts-URL", "Endpoint URL"),
        says(DCAT.endpointURL),
    ),
    Indicator(
        "endpointUrlStatus",
        "accessibility",
        30,
        words("Endepunktet svarer", "Endepunktet svarar", "The endpoint answers"),
        not_tested,
    ),
    Indicator(
        "documentation",
        "accessibility",
        10,
        words("Dokumentasjon", "Dokumentasjon", "Documentation"),
        says(FOAF.page, DCAT.landingPage),
    ),
    Indicator(
        "endpointDescription",
        "interoperability",
        30,
        words(
            "Maskinlesbar beskrivelse, som OpenAPI",
            "Maskinlesbar skildring, som OpenAPI",
            "Machine-readable description, such as OpenAPI",
        ),
        says(DCAT.endpointDescription),
    ),
    Indicator(
        "format",
        "interoperability",
        10,
        words("Format", "Format", "Format"),
        says(DCT["format"], DCAT.mediaType),
    ),
    Indicator(
        "machineInterpretable",
        "interoperability",
        10,
        words("Maskinlesbart format", "Maskinlesbart format", "Machine-readable format"),
        _structured,
    ),
    common.dcat_ap(30),
    Indicator(
        "servesDataset",
        "interoperability",
        20,
        words("Datasett som tilgjengeliggjøres", "Datasett som blir gjort tilgjengelege", "Datasets that it serves"),
        says(DCAT.servesDataset),
    ),
    Indicator(
        "concept",
        "interoperability",
        10,
        words(
            "Begrep, selv eller gjennom datasett",
            "Omgrep, sjølv eller gjennom datasett",
            "Concept, itself or by a dataset",
        ),
        _linked,
    ),
    common.licence(15),
    common.access_rights(10),
    common.contact_point(15, "reusability"),
    common.publisher(10),
    Indicator(
        "statusOrVersion",
        "contextuality",
        5,
        words("Status eller versjon", "Status eller versjon", "Status or version"),
        says(ADMS.status, DCAT.version),
    ),
    Indicator(
        "availability",
        "contextuality",
        5,
        words("Tilgjengelighet", "Tilgjenge", "Availability"),
        says(DCATAP.availability),
    ),
)
