"""Indicators that several kinds of descriptions have, each for as many points as its kind gives it."""

from ontologies.namespaces import DCAT, DCT
from registry.quality.indicators import Dimension, Indicator, mandatory, says, words


def keyword(points: int) -> Indicator:
    """Keywords."""
    return Indicator("keyword", "findability", points, words("Emneord", "Emneord", "Keywords"), says(DCAT.keyword))


def theme(points: int) -> Indicator:
    """A theme."""
    return Indicator("category", "findability", points, words("Tema", "Tema", "Theme"), says(DCAT.theme))


def dcat_ap(points: int) -> Indicator:
    """What DCAT-AP-NO makes mandatory."""
    return Indicator(
        "dcatApCompliance",
        "interoperability",
        points,
        words(
            "Det obligatoriske i DCAT-AP-NO er med",
            "Det obligatoriske i DCAT-AP-NO er med",
            "What DCAT-AP-NO makes mandatory is there",
        ),
        mandatory,
    )


def access_rights(points: int) -> Indicator:
    """The access level."""
    return Indicator(
        "accessRights",
        "reusability",
        points,
        words("Tilgangsnivå", "Tilgangsnivå", "Access level"),
        says(DCT.accessRights),
    )


def contact_point(points: int, dimension: Dimension) -> Indicator:
    """A contact point, which is counted in one dimension or another."""
    return Indicator(
        "contactPoint",
        dimension,
        points,
        words("Kontaktpunkt", "Kontaktpunkt", "Contact point"),
        says(DCAT.contactPoint),
    )


def publisher(points: int) -> Indicator:
    """A publisher."""
    return Indicator("publisher", "reusability", points, words("Utgiver", "Utgjevar", "Publisher"), says(DCT.publisher))


def title(points: int) -> Indicator:
    """A title."""
    return Indicator("title", "findability", points, words("Tittel", "Tittel", "Title"), says(DCT.title))


def description(points: int) -> Indicator:
    """A description."""
    return Indicator(
        "description", "findability", points, words("Beskrivelse", "Skildring", "Description"), says(DCT.description)
    )


def licence(points: int) -> Indicator:
    """A licence."""
    return Indicator("licence", "reusability", points, words("Lisens", "Lisens", "Licence"), says(DCT.license))
