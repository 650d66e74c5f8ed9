"""Names of agencies that publish most, for catalogues that give their publisher only as an organisation number.

A name in a catalogue wins over these. Source of the numbers: the Central Coordinating Register for Legal Entities.
"""

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
