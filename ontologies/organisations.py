"""Organisations by number: how their IRIs are written, and the names of agencies that publish most.

A name in a catalogue wins over these. Source of the numbers: the Central Coordinating Register for Legal Entities.
"""

import re

from ontologies.namespaces import ORGANISATION

_NAMES: dict[str, tuple[str, str, str]] = {
    "961181399": ("Arkivverket", "Arkivverket", "National Archives of Norway"),
    "889640782": ("Nav", "Nav", "Norwegian Labour and Welfare Administration"),
    "970018131": ("Utdanningsdirektoratet", "Utdanningsdirektoratet", "Directorate for Education and Training"),
    "971040238": ("Kartverket", "Kartverket", "Norwegian Mapping Authority"),
    "971526920": ("Statistisk sentralbyrå", "Statistisk sentralbyrå", "Statistics Norway"),
    "974760673": ("Brønnøysundregistrene", "Brønnøysundregistra", "Brønnøysund Register Centre"),
    "974761076": ("Skatteetaten", "Skatteetaten", "Norwegian Tax Administration"),
    "985399077": ("Mattilsynet", "Mattilsynet", "Norwegian Food Safety Authority"),
    "991825827": ("Digitaliseringsdirektoratet", "Digitaliseringsdirektoratet", "Norwegian Digitalisation Agency"),
}
_LANGUAGES = ("nb", "nn", "en")


_WRITTEN = re.compile(
    r"""(?: https?://data\.brreg\.no/enhetsregisteret/(?:enhet|(?:api|oppslag)/(?:under)?enheter)/
          | https?://organization-catalog(?:ue)?(?:\.[a-z]+)?\.fellesdatakatalog\.(?:digdir|brreg)\.no/organizations/
          | https?://data\.norge\.no/(?:[a-z]{2}/)?organizations/
          | urn:orgnr: )
        (?P<number>\d{9})(?:\.json)?/?""",
    re.VERBOSE,
)


def organisation_written(iri: str) -> str:
    """The number of the organisation that an IRI names, in any form that catalogues write; empty for any other IRI."""
    found = _WRITTEN.fullmatch(iri)
    return found["number"] if found else ""


def organisation_number(iri: str) -> str:
    """The nine digits of a normalised publisher IRI; empty for any other."""
    number = iri.removeprefix(ORGANISATION.iri) if iri in ORGANISATION else ""
    return number if number.isdigit() else ""


def organisation_name(iri: str, language: str = "nb") -> str:
    """The name of a well-known agency in nb, nn or en; empty for others."""
    names = _NAMES.get(organisation_number(iri))
    if names is None:
        return ""
    return names[_LANGUAGES.index(language) if language in _LANGUAGES else 0]
