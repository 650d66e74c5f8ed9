"""What facets and their values are called, in the reader's language."""

from collections.abc import Iterable, Mapping

from flask_babel import lazy_gettext as _

from ontologies.namespaces import ORGANISATION
from registry.catalogue.labels import labelled
from registry.catalogue.per_generation import per_generation
from registry.catalogue.texts import Language
from registry.views.labels import CONCEPT_STATUSES
from sparql.store import Reader

FACET_NAMES: Mapping[str, object] = {
    "kind": _("Kind"),
    "org": _("Organisation"),
    "theme": _("Subject and theme"),
    "access": _("Access"),
    "licence": _("Licence"),
    "file_format": _("Format"),
    "status": _("Status"),
    "area": _("Legal area"),
    "event": _("Life event or business event"),
    "links": _("Links to concepts"),
    "disagreement": _("Different definitions"),
}
KINDS: Mapping[str, object] = {
    "concept": _("Concept"),
    "law-concept": _("Statutory concept"),
    "legislation": _("Legislation"),
    "information-model": _("Information model"),
    "dataset": _("Dataset"),
    "data-service": _("API"),
    "service": _("Service"),
    "event": _("Event"),
}
_ACCESS: Mapping[str, object] = {
    "PUBLIC": _("Green: public access"),
    "RESTRICTED": _("Yellow: conditional access"),
    "NON_PUBLIC": _("Red: no public access"),
}
_STATUSES: Mapping[str, object] = {
    **CONCEPT_STATUSES,
    "COMPLETED": _("Completed"),
    "UNDERDEVELOPMENT": _("Under development"),
    "WITHDRAWN": _("Withdrawn"),
    "DEVELOP": _("Under development"),
    "DISCONT": _("Discontinued"),
}
_EU_THEMES: Mapping[str, object] = {
    "AGRI": _("Agriculture, fisheries, forestry and food"),
    "ECON": _("Economy and finance"),
    "EDUC": _("Education, culture and sport"),
    "ENER": _("Energy"),
    "ENVI": _("Environment"),
    "GOVE": _("Government and public sector"),
    "HEAL": _("Health"),
    "INTR": _("International issues"),
    "JUST": _("Justice, legal system and public safety"),
    "OP_DATPRO": _("Provisional data"),
    "REGI": _("Regions and cities"),
    "SOCI": _("Population and society"),
    "TECH": _("Science and technology"),
    "TRAN": _("Transport"),
}
EU_THEME = "http://publications.europa.eu/resource/authority/data-theme/"
_FIXED: Mapping[str, Mapping[str, object]] = {
    "kind": KINDS,
    "access": _ACCESS,
    "status": _STATUSES,
    "licence": {"open": _("Open licence"), "other": _("Another licence")},
    "links": {"yes": _("Has links to concepts"), "no": _("Has none")},
    "disagreement": {"yes": _("Defined differently by somebody"), "no": _("No known difference")},
    "theme": {f"{EU_THEME}{code}": name for code, name in _EU_THEMES.items()},
    "org": {
        "STAT": _("Central government"),
        "FYLKE": _("Counties"),
        "KOMMUNE": _("Municipalities"),
        "PRIVAT": _("Private organisations"),
        "ANNET": _("Other organisations"),
    },
}
_ORGANISATION_NUMBER = 9


def value_labels(reader: Reader, facet: str, values: Iterable[str], language: Language) -> dict[str, str]:
    """What each value is called; a value that has no name is its own."""
    fixed = _FIXED.get(facet, {})
    named = {value: str(fixed[value]) if value in fixed else _name(reader, facet, value, language) for value in values}
    return {value: name or value for value, name in named.items()}


@per_generation
def _name(reader: Reader, facet: str, value: str, language: Language) -> str:
    if facet == "org" and value.isdecimal() and len(value) == _ORGANISATION_NUMBER:
        found = labelled(reader, ORGANISATION[value].value)
        return found.name(language) if found.label else value
    return labelled(reader, value).name(language) if value.startswith(("http://", "https://")) else value
