"""The elements of an information model with their properties and codes.

Elements are those that the model lists, and those that they lead to by the types of their properties: many models list
their root alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from ontologies.namespaces import DCT, MODELLDCATNO, RDF, RDFS, SKOS, XSD
from registry.catalogue.collation import collation_key
from registry.catalogue.definitions import code_of
from registry.catalogue.labels import labelled
from registry.catalogue.texts import Language, Reference, Texts, shown, texts_as_json, texts_of
from registry.catalogue.things import references_as_json
from sparql.store import Reader, Term

MOST = 1000
"""Elements that one model has at most on a page."""
_TYPES = tuple(
    MODELLDCATNO[name]
    for name in (
        *("hasType", "hasSimpleType", "hasDataType", "hasValueFrom", "hasObjectType", "refersTo", "contains"),
        *("hasMember", "hasGeneralConcept", "hasSupplier", "hasSome", "isAbstractionOf"),
    )
)
_ORDER = ("RootObjectType", "ObjectType", "DataType", "CodeList", "SimpleType")


@dataclass(frozen=True, slots=True)
class Part:
    """A property of an element or a code of a list. `kind` is the class's name, such as ``Attribute``."""

    uri: str
    kind: str
    title: Texts
    notation: str
    minimum: str
    maximum: str
    order: str
    value_types: tuple[Reference, ...]
    concepts: tuple[Reference, ...]

    @property
    def reference(self) -> Reference:
        """The part as others refer to it."""
        return Reference(self.uri, self.title)

    @property
    def multiplicity(self) -> str:
        """How many values: ``0..1``; "" where nothing is said."""
        return f"{self.minimum or '0'}..{self.maximum or '*'}" if self.minimum or self.maximum else ""

    def as_json(self) -> dict[str, Any]:
        """The property or code; ``minOccurs`` and ``maxOccurs`` as written."""
        document = {"uri": self.uri, "kind": self.kind, "title": texts_as_json(self.title), "notation": self.notation}
        document |= {"minOccurs": self.minimum, "maxOccurs": self.maximum}
        types = references_as_json(self.value_types)
        return {**document, "types": types, "concepts": references_as_json(self.concepts)}


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a model: object type, data type, code list ...; `listed` if the model itself lists it."""

    uri: str
    kind: str
    title: Texts
    description: Texts
    listed: bool
    concepts: tuple[Reference, ...]
    parts: tuple[Part, ...]

    @property
    def reference(self) -> Reference:
        """The element as others refer to it."""
        return Reference(self.uri, self.title)

    def as_json(self) -> dict[str, Any]:
        """The element and its parts."""
        return {
            "uri": self.uri,
            "kind": self.kind,
            "title": texts_as_json(self.title),
            "description": texts_as_json(self.description),
            "listed": self.listed,
            "concepts": references_as_json(self.concepts),
            "parts": [part.as_json() for part in self.parts],
        }


def elements_of(reader: Reader, model: str, language: Language) -> tuple[Element, ...]:
    """The elements of a model, object types first, sorted for the language; properties in their own order."""
    said = _Said(reader)
    listed = said.links(model, MODELLDCATNO.containsModelElement)
    waiting, found = list(listed), dict.fromkeys(listed)
    while waiting and len(found) < MOST:
        for part in said.links(waiting.pop(0), MODELLDCATNO.hasProperty):
            new = [each for each in said.links(part, *_TYPES) if each not in found and said.kind(each)]
            found |= dict.fromkeys(new)
            waiting += new
    elements = [_element(said, uri, uri in listed, language) for uri in found]
    return tuple(sorted(elements, key=lambda one: (_place(one.kind), collation_key(shown(one.title, language)))))


class _Said:
    """What is said of each thing, read once."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._read: dict[str, dict[str, dict[Term, None]]] = {}
        self._references: dict[str, Reference] = {}

    def values(self, uri: str, *predicates: NamedNode) -> list[Term]:
        """The values of these properties, each once."""
        said = self._of(uri)
        return list(dict.fromkeys(value for each in predicates for value in said.get(each.value, ())))

    def links(self, uri: str, *predicates: NamedNode) -> list[str]:
        """The things that these properties lead to, in order."""
        return sorted(value.value for value in self.values(uri, *predicates) if isinstance(value, NamedNode))

    def texts(self, uri: str, *predicates: NamedNode) -> Texts:
        """The texts of the first of these properties that has any."""
        return next((texts_of(values) for each in predicates if (values := self.values(uri, each))), ())

    def text(self, uri: str, *predicates: NamedNode) -> str:
        """One value as it is written, "" for none."""
        return min((getattr(value, "value", "") for value in self.values(uri, *predicates)), default="")

    def kind(self, uri: str) -> str:
        """The class of the national vocabulary, the most special one; "" for what is none of its things."""
        kinds = {code_of(each) for each in self.links(uri, RDF.type) if each in MODELLDCATNO}
        return min(kinds - {"ModelElement", "Property"}, default=min(kinds, default=""))

    def references(self, uris: Iterable[str]) -> tuple[Reference, ...]:
        """Other things by their names."""
        for uri in uris:
            if uri not in self._references:
                title = self.texts(uri, DCT.title) if uri in self._read else ()
                self._references[uri] = Reference(uri, title) if title else labelled(self.reader, uri)
        return tuple(self._references[uri] for uri in uris)

    def codes(self, uri: str) -> list[str]:
        """The codes of a list."""
        found = self.reader.quads(predicate=SKOS.inScheme, object=NamedNode(uri))
        return sorted({quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)})

    def _of(self, uri: str) -> dict[str, dict[Term, None]]:
        if uri not in self._read:
            said: dict[str, dict[Term, None]] = {}
            for quad in self.reader.quads(NamedNode(uri)):
                said.setdefault(quad.predicate.value, {})[quad.object] = None
            self._read[uri] = said
        return self._read[uri]


def _element(said: _Said, uri: str, listed: bool, language: Language) -> Element:
    kind = said.kind(uri)
    held = [*said.links(uri, MODELLDCATNO.hasProperty), *(said.codes(uri) if kind == "CodeList" else ())]
    parts = [_part(said, part) for part in held]
    return Element(
        uri=uri,
        kind=kind,
        title=said.texts(uri, DCT.title, RDFS.label, SKOS.prefLabel),
        description=said.texts(uri, DCT.description),
        listed=listed,
        concepts=said.references(said.links(uri, DCT.subject)),
        parts=tuple(sorted(parts, key=lambda part: _part_key(part, language))),
    )


def _part(said: _Said, uri: str) -> Part:
    notation = said.text(uri, SKOS.notation)
    return Part(
        uri=uri,
        kind=said.kind(uri) or ("CodeElement" if notation else ""),
        title=said.texts(uri, DCT.title, SKOS.prefLabel, RDFS.label),
        notation=notation,
        minimum=said.text(uri, MODELLDCATNO.minOccurs, XSD.minOccurs),
        maximum=said.text(uri, MODELLDCATNO.maxOccurs, XSD.maxOccurs),
        order=said.text(uri, MODELLDCATNO.sequenceNumber),
        value_types=said.references(said.links(uri, *_TYPES)),
        concepts=said.references(said.links(uri, DCT.subject)),
    )


def _part_key(part: Part, language: Language) -> tuple[int, str, str]:
    order = int(part.order) if part.order.isdecimal() else 0
    return order, part.notation, collation_key(shown(part.title, language))


def _place(kind: str) -> int:
    """Object types come first, what they are made of after them."""
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
