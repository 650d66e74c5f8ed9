"""Where a concept is used: models and their parts, datasets, services, and the sections of law behind it."""

from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from ontologies.namespaces import CPSV, CPSVNO, CV, DCAT, MODELLDCATNO, SAMSVAR, SKOS
from registry.catalogue.citations import act_name
from registry.catalogue.collation import collation_key
from registry.catalogue.labels import labelled
from registry.catalogue.queries import ask, grouped, iri
from registry.catalogue.texts import Reference, texts_of
from sparql.store import Reader, Row

_KINDS = {
    MODELLDCATNO.InformationModel.value: "informationModel",
    DCAT.Dataset.value: "dataset",
    DCAT.DataService.value: "dataService",
    CPSV.PublicService.value: "service",
    CPSVNO.Service.value: "service",
    CV.Event.value: "event",
    CV.LifeEvent.value: "event",
    CV.BusinessEvent.value: "event",
    MODELLDCATNO.CodeElement.value: "codeElement",
}
KINDS = ("informationModel", "modelElement", "codeElement", "dataset", "dataService", "service", "event", "other")
"""Every kind of use, in the order in which a concept page shows them."""


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that has the concept as its subject; a part of a model says which element and model it stands in."""

    kind: str
    thing: Reference
    holder: Reference | None = None
    model: Reference | None = None

    def as_json(self) -> dict[str, Any]:
        """Kind, thing and what holds it."""
        document: dict[str, Any] = {"kind": self.kind, "thing": self.thing.as_json()}
        for name, reference in (("holder", self.holder), ("model", self.model)):
            if reference is not None:
                document[name] = reference.as_json()
        return document


@dataclass(frozen=True, slots=True)
class SectionReference:
    """A section of an act that points to the concept, or that its definition cites (`cited`)."""

    section: Reference
    number: str
    act: Reference
    cited: bool

    def as_json(self) -> dict[str, Any]:
        """The section, its number and act."""
        document = {"section": self.section.as_json(), "number": self.number, "act": self.act.as_json()}
        return {**document, "cited": self.cited}


def uses_of(reader: Reader, concept: NamedNode) -> tuple[Use, ...]:
    """What has the concept as its subject, by kind and name."""
    groups = grouped(ask(reader, "concept_uses", concept=concept), "thing")
    uses = [_use(reader, thing, rows) for thing, rows in groups.items() if not _is_concept(rows)]
    return tuple(
        sorted(uses, key=lambda use: (KINDS.index(use.kind), collation_key(use.thing.name("nb")), use.thing.uri))
    )


def sections_of(reader: Reader, concept: NamedNode) -> tuple[SectionReference, ...]:
    """The sections behind the concept, in the order of their addresses."""
    groups = grouped(ask(reader, "concept_sections", concept=concept), "section")
    return tuple(
        SectionReference(
            section=_reference(uri, rows, "title"),
            number=iri(rows[0], "number"),
            act=act_name(reader, iri(rows[0], "act")),
            cited=all(iri(row, "cited") == "true" for row in rows),
        )
        for uri, rows in sorted(groups.items())
    )


def _use(reader: Reader, thing: str, rows: list[Row]) -> Use:
    kind = _kind(rows)
    places = ask(reader, "use_holders", thing=NamedNode(thing)) if kind in {"modelElement", "codeElement"} else []
    return Use(
        kind=kind,
        thing=labelled(reader, thing),
        holder=_optional(places, "holder", "holderLabel"),
        model=_optional(places, "model", "modelLabel"),
    )


def _kind(rows: list[Row]) -> str:
    types = {iri(row, "type") for row in rows}
    known = [_KINDS[name] for name in sorted(types) if name in _KINDS]
    if known:
        return known[0]
    return "modelElement" if any(name in MODELLDCATNO for name in types) else "other"


def _is_concept(rows: list[Row]) -> bool:
    concepts = {SKOS.Concept.value, SAMSVAR.StatutoryConcept.value}
    types = {iri(row, "type") for row in rows}
    return bool(types & concepts) and not types & _KINDS.keys()


def _reference(uri: str, rows: list[Row], label: str) -> Reference:
    return Reference(uri, texts_of(row[label] for row in rows if label in row))


def _optional(rows: list[Row], thing: str, label: str) -> Reference | None:
    found = next((iri(row, thing) for row in rows if thing in row), "")
    return _reference(found, [row for row in rows if iri(row, thing) == found], label) if found else None
