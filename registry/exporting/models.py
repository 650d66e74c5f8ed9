"""A model as its exports need it: every element that it contains or that its properties lead to, by IRI.

Reads: the store, by the terms of ModellDCAT-AP-NO. Writes: nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from ontologies.namespaces import DCT, MODELLDCATNO, PROV, RDF, SKOS, XSD
from sparql.store import Reader

TARGETS: Final = (
    MODELLDCATNO.hasSimpleType, MODELLDCATNO.hasDataType, MODELLDCATNO.hasObjectType, MODELLDCATNO.hasValueFrom,
    MODELLDCATNO.contains, MODELLDCATNO.hasType, MODELLDCATNO.refersTo, MODELLDCATNO.hasMember,
    MODELLDCATNO.containsObjectType, MODELLDCATNO.hasGeneralConcept, MODELLDCATNO.hasSome,
)  # fmt: skip
"""From a property to what its values are."""
_FACETS: Final = frozenset(
    XSD[name]
    for name in (
        "length",
        "minLength",
        "maxLength",
        "pattern",
        "minInclusive",
        "maxInclusive",
        "minExclusive",
        "maxExclusive",
    )
)
MOST_ELEMENTS: Final = 20_000


@dataclass(frozen=True, slots=True)
class ExportedProperty:
    """A property: `path` is the IRI that data uses; `most` is "" or ``*`` where there is no limit."""

    path: str
    name: str
    kind: str
    least: int
    most: str
    targets: tuple[str, ...]
    concept: str


@dataclass(frozen=True, slots=True)
class ExportedElement:
    """An element; `definition` is the IRI of the type that defines a simple type, `facets` what restricts it."""

    iri: str
    name: str
    kinds: frozenset[str]
    description: str
    concept: str
    properties: tuple[ExportedProperty, ...]
    codes: tuple[str, ...]
    definition: str
    facets: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ExportedModel:
    """A model and its elements by IRI, in the order in which they are met."""

    iri: str
    title: str
    description: str
    elements: dict[str, ExportedElement]


def exported_model(reader: Reader, uri: str) -> ExportedModel | None:
    """The model with this IRI; None where there is none."""
    model = _Said(reader, uri)
    if MODELLDCATNO.InformationModel.value not in model.iris(RDF.type):
        return None
    waiting, elements = sorted(model.iris(MODELLDCATNO.containsModelElement)), dict[str, ExportedElement]()
    while waiting and len(elements) < MOST_ELEMENTS:
        one = waiting.pop(0)
        if one not in elements and (element := _element(reader, one)) is not None:
            elements[one] = element
            waiting += [target for each in element.properties for target in each.targets]
    return ExportedModel(uri, model.text(DCT.title), model.text(DCT.description), elements)


class _Said:
    """What the store says of one thing."""

    def __init__(self, reader: Reader, uri: str) -> None:
        quads = reader.quads(subject=NamedNode(uri))
        self.uri = uri
        self.triples: Iterable[Triple] = list(dict.fromkeys(quad.triple for quad in quads))

    def iris(self, predicate: NamedNode) -> list[str]:
        """The IRIs that a property points at."""
        found = (one.object for one in self.triples if one.predicate == predicate)
        return [value.value for value in found if isinstance(value, NamedNode)]

    def text(self, *predicates: NamedNode) -> str:
        """A text of the first of the properties that has any, Norwegian before others; "" where there is none."""
        for predicate in predicates:
            found = [one.object for one in self.triples if one.predicate == predicate]
            texts = {value.language: value.value for value in found if isinstance(value, Literal)}
            if texts:
                return next(
                    (texts[language] for language in ("nb", "nn", None) if language in texts), min(texts.values())
                )
        return ""

    @property
    def name(self) -> str:
        """What data calls the thing: its identifier, unless that is a URI, else its title."""
        identifier = self.text(DCT.identifier)
        return identifier if identifier and ":" not in identifier else self.text(DCT.title) or _local(self.uri)


def _element(reader: Reader, uri: str) -> ExportedElement | None:
    said = _Said(reader, uri)
    kinds = frozenset(kind for kind in said.iris(RDF.type) if kind in MODELLDCATNO)
    if not kinds:
        return None
    properties = [_Said(reader, one) for one in said.iris(MODELLDCATNO.hasProperty)]
    ordered = sorted(properties, key=lambda one: (int(one.text(MODELLDCATNO.sequenceNumber) or 0), one.uri))
    codes = [quad.subject for quad in reader.quads(predicate=SKOS.inScheme, object=NamedNode(uri))]
    named = {_Said(reader, code.value) for code in codes if isinstance(code, NamedNode)}
    facets = sorted(
        (one.predicate.value, one.object.value)
        for one in said.triples
        if one.predicate in _FACETS and isinstance(one.object, Literal)
    )
    return ExportedElement(
        uri,
        said.name,
        kinds,
        said.text(DCT.description),
        next(iter(said.iris(DCT.subject)), ""),
        tuple(_property(one) for one in ordered),
        tuple(sorted({code.text(SKOS.notation, SKOS.prefLabel) or _local(code.uri) for code in named})),
        next(iter(said.iris(MODELLDCATNO.typeDefinitionReference)), ""),
        tuple(facets),
    )


def _property(said: _Said) -> ExportedProperty:
    kinds = sorted(kind for kind in said.iris(RDF.type) if kind in MODELLDCATNO)
    least = said.text(MODELLDCATNO.minOccurs)
    return ExportedProperty(
        next(iter(said.iris(PROV.wasDerivedFrom)), said.uri),
        said.name,
        kinds[0] if kinds else "",
        int(least) if least.isdecimal() else 0,
        said.text(MODELLDCATNO.maxOccurs).replace("n", "*"),
        tuple(sorted({target for link in TARGETS for target in said.iris(link)})),
        next(iter(said.iris(DCT.subject)), ""),
    )


def _local(iri: str) -> str:
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri
