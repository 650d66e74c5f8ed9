"""The words of the chain: its kinds and directions, and how one thing rests on another. Marked for translation."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from registry.catalogue.thing_tables import short_name

CHAIN_KINDS: Mapping[str, object] = {
    "provision": _("Acts and sections"),
    "statutoryConcept": _("Statutory concepts"),
    "concept": _("Concepts"),
    "modelElement": _("Parts of information models"),
    "informationModel": _("Information models"),
    "dataset": _("Datasets"),
    "dataService": _("APIs"),
    "service": _("Services"),
    "event": _("Events"),
}
CHAIN_KIND: Mapping[str, object] = {
    "provision": _("Act or section"),
    "statutoryConcept": _("Statutory concept"),
    "concept": _("Concept"),
    "modelElement": _("Part of an information model"),
    "informationModel": _("Information model"),
    "dataset": _("Dataset"),
    "dataService": _("API"),
    "service": _("Service"),
    "event": _("Event"),
    "between": _("Link between others"),
}
"""One of each."""
SERVICE_KINDS: Mapping[str, object] = {
    "PublicService": _("Public service"),
    "Service": _("Service"),
    "Event": _("Event"),
    "LifeEvent": _("Life event"),
    "BusinessEvent": _("Business event"),
}
VERDICTS: Mapping[str, object] = {
    "disagreeing": _("Defined differently"),
    "same": _("The same concept"),
    "mapped": _("Mapped to each other"),
    "agreeing": _("Defined alike"),
    "sameWord": _("The same word, with nothing found that differs"),
    "onlyFirst": _("Only in the first"),
    "onlySecond": _("Only in the second"),
}
"""What can be said of a concept of one thing and a concept of another."""
VERDICT_COLORS: Mapping[str, str] = {
    "disagreeing": "danger",
    "same": "success",
    "mapped": "success",
    "agreeing": "success",
    "sameWord": "info",
    "onlyFirst": "neutral",
    "onlySecond": "neutral",
}
CHAIN_SIDES: Mapping[str, object] = {
    "foundations": _("What it rests on"),
    "dependants": _("What rests on it"),
}
_PARTS_OF_API = ("Operation", "Parameter", "Request", "Response")
_WORDS: tuple[tuple[object, tuple[str, ...]], ...] = (
    (_("stands in"), ("eli:is_part_of", "dct:isPartOf", "samsvar:act")),
    (_("is given under"), ("eli:based_on",)),
    (_("cites"), ("samsvar:cites", "dct:references")),
    (_("is the word defined in what it cites:"), ("samsvar:termKey",)),
    (_("corresponds to"), tuple(f"skos:{name}Match" for name in ("exact", "close", "broad", "narrow", "related"))),
    (_("refers to the concept"), ("dct:subject", "cv:isClassifiedBy", "cv:hasConcept")),
    (
        _("contains"),
        (
            *(f"modelldcatno:{name}" for name in ("containsModelElement", "hasProperty", "contains")),
            *("skos:inScheme", "dcat:distribution"),
        ),
    ),
    (_("has the type"), tuple(f"modelldcatno:has{name}" for name in ("Type", "DataType", "SimpleType", "ValueFrom"))),
    (_("specialises"), ("modelldcatno:hasGeneralConcept",)),
    (_("conforms to"), ("dct:conformsTo", "dcatno:informationModel")),
    (_("serves"), ("dcat:servesDataset", "dcat:accessService")),
    (
        _("has its legal basis in"),
        (
            *("dcatap:applicableLegislation", "cv:hasLegalResource", "cpsv:follows", "cpsv:implements"),
            *(f"cpsvno:ruleFor{name}" for name in ("Disclosure", "NonDisclosure", "DataProcessing")),
            "rdfs:seeAlso",
        ),
    ),
    (_("needs"), ("cpsv:hasInput", "cpsvno:hasRequiredEvidence", "cv:holdsRequirement", "dct:requires")),
    (_("produces"), ("cpsv:produces", "cpsvno:hasPossibleOutput")),
    (_("is described by"), ("cv:isDescribedAt",)),
    (_("uses"), ("cv:hasChannel", "cpsvno:dataService", *(f"samsvar:has{name}" for name in _PARTS_OF_API))),
    (_("leads to"), ("cv:isGroupedBy", "cpsvno:mayTrigger", "cpsvno:mayTriggerNeedFor", "dct:relation")),
)
"""How one thing rests on another, by the property that says so, short."""
_BY_PROPERTY = {name: words for words, names in _WORDS for name in names}


def chain_words(uri: str) -> object:
    """How a thing rests on another by this property, as the words between the two."""
    name = short_name(uri)
    return _BY_PROPERTY.get(name, name)
