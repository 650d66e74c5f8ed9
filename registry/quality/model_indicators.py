"""The register's own indicators of information models: 300 points (docs/quality.md). Of elements the share counts."""

from collections.abc import Callable

from pyoxigraph import NamedNode

from ontologies.namespaces import ADMS, DCT, FOAF, MODELLDCATNO, OWL, RDF, SKOS, XSD
from registry.quality import common_indicators as common
from registry.quality.facts import Facts, has, iris
from registry.quality.indicators import Indicator, Test, mandatory, says, words

_KINDS_OF_TYPE = (
    *(MODELLDCATNO.hasType, MODELLDCATNO.hasSimpleType, MODELLDCATNO.hasDataType, MODELLDCATNO.hasValueFrom),
    *(MODELLDCATNO.hasObjectType, MODELLDCATNO.refersTo, MODELLDCATNO.contains, MODELLDCATNO.hasMember),
    *(MODELLDCATNO.hasGeneralConcept, MODELLDCATNO.hasSupplier, MODELLDCATNO.hasSome, MODELLDCATNO.dependentOn),
    MODELLDCATNO.isAbstractionOf,
)
_MEANINGFUL = frozenset({MODELLDCATNO.ObjectType, MODELLDCATNO.RootObjectType, MODELLDCATNO.CodeList})


def elements(facts: Facts, model: NamedNode) -> list[NamedNode]:
    """The elements that a model contains."""
    return iris(facts, model, MODELLDCATNO.containsModelElement)


def properties(facts: Facts, model: NamedNode) -> list[NamedNode]:
    """The properties of its elements."""
    return [each for element in elements(facts, model) for each in iris(facts, element, MODELLDCATNO.hasProperty)]


def parts(facts: Facts, model: NamedNode) -> list[NamedNode]:
    """What is judged with a model: itself, its elements and their properties."""
    return [model, *elements(facts, model), *properties(facts, model)]


def _share(found: list[NamedNode], passes: Callable[[NamedNode], bool]) -> float:
    return sum(map(passes, found)) / len(found) if found else 0.0


def _share_of_elements(*wanted: NamedNode) -> Test:
    return lambda facts, thing: _share(elements(facts, thing), lambda each: has(facts, each, *wanted))


def _share_of_properties(*wanted: NamedNode) -> Test:
    return lambda facts, thing: _share(properties(facts, thing), lambda each: has(facts, each, *wanted))


def _linked_elements(facts: Facts, model: NamedNode) -> float:
    """Of object types and code lists: simple types and data types mean nothing by themselves."""
    found = [each for each in elements(facts, model) if not _MEANINGFUL.isdisjoint(facts.values(each, RDF.type))]
    return _share(found, lambda each: has(facts, each, DCT.subject))


INDICATORS: tuple[Indicator, ...] = (
    common.title(10),
    common.description(20),
    common.theme(15),
    common.keyword(15),
    common.contact_point(20, "accessibility"),
    Indicator(
        "elements",
        "accessibility",
        20,
        words("Modellelementene er med", "Modellelementa er med", "The model elements are there"),
        lambda facts, thing: float(bool(elements(facts, thing))),
    ),
    Indicator(
        "homepage",
        "accessibility",
        10,
        words("Hjemmeside eller annet format", "Heimeside eller anna format", "Home page or another format"),
        says(FOAF.homepage, DCT.hasFormat),
    ),
    Indicator(
        "modellDcatApCompliance",
        "interoperability",
        30,
        words(
            "Det obligatoriske i ModellDCAT-AP-NO er med",
            "Det obligatoriske i ModellDCAT-AP-NO er med",
            "What ModellDCAT-AP-NO makes mandatory is there",
        ),
        mandatory,
    ),
    Indicator("subject", "interoperability", 10, words("Begrep", "Omgrep", "Concept"), says(DCT.subject)),
    Indicator(
        "elementConcepts",
        "interoperability",
        30,
        words(
            "Andel objekttyper og kodelister med begrep",
            "Del objekttypar og kodelister med omgrep",
            "Share of object types and code lists with a concept",
        ),
        _linked_elements,
    ),
    Indicator(
        "propertyConcepts",
        "interoperability",
        30,
        words("Andel egenskaper med begrep", "Del eigenskapar med omgrep", "Share of properties with a concept"),
        _share_of_properties(DCT.subject),
    ),
    Indicator(
        "propertyTypes",
        "interoperability",
        20,
        words("Andel egenskaper med type", "Del eigenskapar med type", "Share of properties with a type"),
        _share_of_properties(*_KINDS_OF_TYPE),
    ),
    Indicator(
        "elementDescriptions",
        "reusability",
        20,
        words("Andel elementer med beskrivelse", "Del element med skildring", "Share of elements with a description"),
        _share_of_elements(DCT.description, SKOS.definition),
    ),
    common.publisher(10),
    common.licence(20),
    Indicator(
        "multiplicities",
        "contextuality",
        10,
        words(
            "Andel egenskaper med multiplisitet",
            "Del eigenskapar med multiplisitet",
            "Share of properties with multiplicity",
        ),
        _share_of_properties(MODELLDCATNO.minOccurs, MODELLDCATNO.maxOccurs, XSD.minOccurs, XSD.maxOccurs),
    ),
    Indicator(
        "statusOrVersion",
        "contextuality",
        5,
        words("Status eller versjon", "Status eller versjon", "Status or version"),
        says(ADMS.status, OWL.versionInfo),
    ),
    Indicator(
        "dated",
        "contextuality",
        5,
        words("Dato utgitt eller endret", "Dato gjeven ut eller endra", "Date of issue or change"),
        says(DCT.issued, DCT.modified),
    ),
)
