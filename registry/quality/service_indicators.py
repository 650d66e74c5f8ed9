"""The register's own indicators of APIs: 300 points, of which 30 are not tested (docs/quality.md)."""

from pyoxigraph import NamedNode

from ontologies.namespaces import ADMS, DCAT, DCATAP, DCT, FOAF
from registry.quality.facts import Facts, has, iris
from registry.quality.file_formats import is_structured
from registry.quality.indicators import Indicator, mandatory, not_tested, says, words


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
    Indicator("title", "findability", 10, words("Tittel", "Tittel", "Title"), says(DCT.title)),
    Indicator(
        "description", "findability", 20, words("Beskrivelse", "Skildring", "Description"), says(DCT.description)
    ),
    Indicator("category", "findability", 20, words("Tema", "Tema", "Theme"), says(DCAT.theme)),
    Indicator("keyword", "findability", 20, words("Emneord", "Emneord", "Keywords"), says(DCAT.keyword)),
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
    Indicator(
        "dcatApCompliance",
        "interoperability",
        30,
        words(
            "Det obligatoriske i DCAT-AP-NO er med",
            "Det obligatoriske i DCAT-AP-NO er med",
            "What DCAT-AP-NO makes mandatory is there",
        ),
        mandatory,
    ),
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
    Indicator("licence", "reusability", 15, words("Lisens", "Lisens", "Licence"), says(DCT.license)),
    Indicator(
        "accessRights", "reusability", 10, words("Tilgangsnivå", "Tilgangsnivå", "Access level"), says(DCT.accessRights)
    ),
    Indicator(
        "contactPoint",
        "reusability",
        15,
        words("Kontaktpunkt", "Kontaktpunkt", "Contact point"),
        says(DCAT.contactPoint),
    ),
    Indicator("publisher", "reusability", 10, words("Utgiver", "Utgjevar", "Publisher"), says(DCT.publisher)),
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
