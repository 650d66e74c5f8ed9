"""The national metadata quality indicators of datasets: five dimensions, 435 points (docs/quality.md has the table).

What is said of distributions counts for the distribution that says the most. The points of what needs a link to be
followed (whether addresses answer, whether files are what they are said to be) are not tested.
"""

from collections.abc import Callable

from pyoxigraph import NamedNode

from ontologies.namespaces import ACCESS_RIGHT, DCAT, DCT
from registry.quality import common_indicators as common
from registry.quality.facts import Facts, has, iris
from registry.quality.file_formats import formats, is_from_vocabulary, is_open, is_structured
from registry.quality.indicators import Indicator, Test, not_tested, says, words
from sparql.store import Term

LICENCES = (
    "http://publications.europa.eu/resource/authority/licence/",
    "https://publications.europa.eu/resource/authority/licence/",
    "http://creativecommons.org/",
    "https://creativecommons.org/",
    "http://data.norge.no/nlod",
    "https://data.norge.no/nlod",
)


def parts(facts: Facts, dataset: NamedNode) -> list[NamedNode]:
    """What is judged with a dataset: itself and its distributions."""
    return [dataset, *iris(facts, dataset, DCAT.distribution)]


def any_distribution(test: Callable[[Facts, NamedNode], bool]) -> Test:
    """A test: whether some distribution passes."""
    return lambda facts, thing: float(any(test(facts, each) for each in iris(facts, thing, DCAT.distribution)))


def _of_format(test: Callable[[Term], bool]) -> Test:
    return any_distribution(lambda facts, each: any(map(test, formats(facts, each))))


def _distribution_says(*properties: NamedNode) -> Test:
    return any_distribution(lambda facts, each: has(facts, each, *properties))


def _aligned(facts: Facts, distribution: NamedNode) -> bool:
    """Whether everything that is said of its format is from a vocabulary."""
    found = formats(facts, distribution)
    return bool(found) and all(map(is_from_vocabulary, found))


def _known_licence(facts: Facts, distribution: NamedNode) -> bool:
    named = iris(facts, distribution, DCT.license)
    further = [link for each in named for link in iris(facts, each, DCT.source, DCT.type)]
    return any(each.value.startswith(LICENCES) for each in (*named, *further))


def _known_access(facts: Facts, dataset: NamedNode) -> float:
    return float(any(each.value in ACCESS_RIGHT for each in iris(facts, dataset, DCT.accessRights)))


def _dated(property_: NamedNode) -> Test:
    own, distributed = says(property_), _distribution_says(property_)
    return lambda facts, thing: own(facts, thing) or distributed(facts, thing)


INDICATORS: tuple[Indicator, ...] = (
    common.keyword(30),
    common.theme(30),
    Indicator(
        "spatial", "findability", 20, words("Geografisk dekning", "Geografisk dekning", "Place"), says(DCT.spatial)
    ),
    Indicator("temporal", "findability", 20, words("Tidsrom", "Tidsrom", "Period of time"), says(DCT.temporal)),
    Indicator(
        "accessUrlStatus",
        "accessibility",
        50,
        words("Tilgangs-URL svarer", "Tilgangs-URL svarar", "The access URL answers"),
        not_tested,
    ),
    Indicator(
        "downloadUrl",
        "accessibility",
        20,
        words("Nedlastings-URL", "Nedlastings-URL", "Download URL"),
        _distribution_says(DCAT.downloadURL),
    ),
    Indicator(
        "downloadUrlStatus",
        "accessibility",
        30,
        words("Nedlastings-URL svarer", "Nedlastings-URL svarar", "The download URL answers"),
        not_tested,
    ),
    Indicator("format", "interoperability", 20, words("Format", "Format", "Format"), _distribution_says(DCT["format"])),
    Indicator(
        "mediaType",
        "interoperability",
        10,
        words("Medietype", "Medietype", "Media type"),
        _distribution_says(DCAT.mediaType),
    ),
    Indicator(
        "formatMediaTypeVocabularyAlignment",
        "interoperability",
        10,
        words(
            "Format og medietype fra et kontrollert vokabular",
            "Format og medietype frå eit kontrollert vokabular",
            "Format and media type from a controlled vocabulary",
        ),
        any_distribution(_aligned),
    ),
    Indicator(
        "nonProprietary",
        "interoperability",
        20,
        words("Åpent format", "Ope format", "Open format"),
        _of_format(is_open),
    ),
    Indicator(
        "machineInterpretable",
        "interoperability",
        20,
        words("Maskinlesbart format", "Maskinlesbart format", "Machine-readable format"),
        _of_format(is_structured),
    ),
    common.dcat_ap(30),
    Indicator(
        "formatMatch",
        "interoperability",
        15,
        words("Filen har det oppgitte formatet", "Fila har det oppgitte formatet", "The file has the stated format"),
        not_tested,
    ),
    Indicator(
        "syntaxValid",
        "interoperability",
        15,
        words("Filen har gyldig syntaks", "Fila har gyldig syntaks", "The syntax of the file is valid"),
        not_tested,
    ),
    Indicator("licence", "reusability", 20, words("Lisens", "Lisens", "Licence"), _distribution_says(DCT.license)),
    Indicator(
        "knownLicence",
        "reusability",
        10,
        words("Kjent åpen lisens", "Kjend open lisens", "Known open licence"),
        any_distribution(_known_licence),
    ),
    common.access_rights(10),
    Indicator(
        "accessRightsVocab",
        "reusability",
        5,
        words(
            "Tilgangsnivå fra EUs vokabular",
            "Tilgangsnivå frå EU-vokabularet",
            "Access level from the EU's vocabulary",
        ),
        _known_access,
    ),
    common.contact_point(20, "reusability"),
    common.publisher(10),
    Indicator(
        "rights",
        "contextuality",
        5,
        words("Rettigheter", "Rettar", "Rights"),
        _distribution_says(DCT.rights),
    ),
    Indicator(
        "byteSize",
        "contextuality",
        5,
        words("Filstørrelse", "Filstorleik", "File size"),
        _distribution_says(DCAT.byteSize),
    ),
    Indicator(
        "issued", "contextuality", 5, words("Utgivelsesdato", "Utgjevingsdato", "Date of issue"), _dated(DCT.issued)
    ),
    Indicator(
        "modified", "contextuality", 5, words("Endringsdato", "Endringsdato", "Date of change"), _dated(DCT.modified)
    ),
)
