"""The types and properties by which clients of reconciliation narrow a query and fetch values."""

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from ontologies.namespaces import CPSV, DCAT, DCT, ELI, EUVOC, MODELLDCATNO, OWL, RDFS, SAMSVAR, SKOS
from registry.catalogue.texts import Language


@dataclass(frozen=True, slots=True)
class Named:
    """A type or a property: `identifier` is what clients send, `names` what people read."""

    identifier: str
    names: Mapping[Language, str]

    def as_json(self, language: Language) -> dict[str, str]:
        """``{"id", "name"}``."""
        return {"id": self.identifier, "name": self.names[language]}


@dataclass(frozen=True, slots=True)
class EntityType(Named):
    """A type of thing; `kind` is what the search index calls it."""

    kind: str


@dataclass(frozen=True, slots=True)
class Property(Named):
    """A property of a concept; `predicates` say where its values are, the first that has any decides."""

    predicates: tuple[NamedNode, ...]


def _names(nb: str, nn: str, en: str) -> dict[Language, str]:
    return {"nb": nb, "nn": nn, "en": en}


TYPES: tuple[EntityType, ...] = (
    EntityType(SKOS.Concept.value, _names("Begrep", "Omgrep", "Concept"), "concept"),
    EntityType(SAMSVAR.StatutoryConcept.value, _names("Lovbegrep", "Lovomgrep", "Statutory concept"), "law-concept"),
    EntityType(ELI.LegalResource.value, _names("Regelverk", "Regelverk", "Legislation"), "legislation"),
    EntityType(
        MODELLDCATNO.InformationModel.value,
        _names("Informasjonsmodell", "Informasjonsmodell", "Information model"),
        "information-model",
    ),
    EntityType(DCAT.Dataset.value, _names("Datasett", "Datasett", "Dataset"), "dataset"),
    EntityType(DCAT.DataService.value, _names("API", "API", "API"), "data-service"),
    EntityType(CPSV.PublicService.value, _names("Tjeneste", "Teneste", "Service"), "service"),
)
"""What can be matched; the first two are what is meant where a query names no type."""
USUAL = TYPES[:2]
BY_KIND: Mapping[str, EntityType] = {each.kind: each for each in TYPES}
BY_TYPE: Mapping[str, EntityType] = {each.identifier: each for each in TYPES}

PROPERTIES: tuple[Property, ...] = (
    Property("definition", _names("definisjon", "definisjon", "definition"), (SKOS.definition, DCT.description)),
    Property(
        "prefLabel",
        _names("anbefalt term", "tilrådd term", "recommended term"),
        (SKOS.prefLabel, DCT.title, ELI.title),
    ),
    Property("altLabel", _names("tillatt term", "tillaten term", "admitted term"), (SKOS.altLabel,)),
    Property("publisher", _names("utgiver", "utgjevar", "publisher"), (DCT.publisher,)),
    Property("subject", _names("fagområde", "fagområde", "subject"), (DCT.subject,)),
    Property("act", _names("lov eller forskrift", "lov eller forskrift", "act or regulation"), (SAMSVAR.act,)),
    Property("cites", _names("viser til regelverk", "viser til regelverk", "law cited"), (SAMSVAR.cites,)),
    Property("identifier", _names("identifikator", "identifikator", "identifier"), (DCT.identifier,)),
    Property("status", _names("status", "status", "status"), (EUVOC.status,)),
    Property("version", _names("versjon", "versjon", "version"), (OWL.versionInfo,)),
    Property("validFrom", _names("gyldig fra", "gyldig frå", "valid from"), (EUVOC.startDate,)),
    Property("validTo", _names("gyldig til", "gyldig til", "valid to"), (EUVOC.endDate,)),
    Property("exactMatch", _names("samme begrep", "same omgrep", "same concept"), (SKOS.exactMatch,)),
    Property("seeAlso", _names("se også", "sjå også", "see also"), (RDFS.seeAlso,)),
    Property("replacedBy", _names("erstattet av", "erstatta av", "replaced by"), (DCT.isReplacedBy,)),
)
BY_PROPERTY: Mapping[str, Property] = {each.identifier: each for each in PROPERTIES}
