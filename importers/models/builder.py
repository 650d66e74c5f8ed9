"""A model of ModellDCAT-AP-NO as it is being made: elements, their properties, and the codes of code lists."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from importers.models.naming import Names, Pointer
from importers.texts import CONTROL
from ontologies.namespaces import DCT, MODELLDCATNO, RDF, SKOS, XSD

_COUNT = XSD.nonNegativeInteger
ANY_NUMBER = "*"


@dataclass(frozen=True, slots=True)
class Words:
    """What a thing is called in its document (`identifier`), its title (that again where "") and its description.

    `concept` is the IRI of the concept that it means, where the document says one.
    """

    identifier: str
    title: str = ""
    description: str = ""
    concept: NamedNode | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How often a property may stand: at least 0 or 1, at most a number or `ANY_NUMBER`."""

    least: int = 0
    most: int | str = 1


@dataclass(frozen=True, slots=True)
class Target:
    """What a property points at, and with which property of the profile it does."""

    predicate: NamedNode
    node: NamedNode


class ModelBuilder:
    """Collects the triples of one model. `names` says what its parts are called, `types` where simple types stand."""

    def __init__(self, model: NamedNode, names: Names, types: Names) -> None:
        self.model = model
        self.names = names
        self._types = types
        self._triples: dict[Triple, None] = {}
        self._orders: dict[NamedNode, int] = {}

    @property
    def triples(self) -> tuple[Triple, ...]:
        """All triples, in the order in which they came, none twice."""
        return tuple(self._triples)

    def add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        """Any other statement."""
        self._triples[Triple(subject, predicate, value)] = None

    def text(self, subject: NamedNode, predicate: NamedNode, text: object) -> None:
        """A text without a language, unless it is empty."""
        if cleaned := CONTROL.sub("", str(text)).strip():
            self.add(subject, predicate, Literal(cleaned))

    def describe(self, subject: NamedNode, kind: NamedNode, words: Words) -> None:
        """Class, title, description and identifier of anything."""
        self.add(subject, RDF.type, kind)
        self.text(subject, DCT.title, words.title or words.identifier)
        self.text(subject, DCT.identifier, words.identifier)
        self.text(subject, DCT.description, words.description)
        if words.concept is not None:
            self.add(subject, DCT.subject, words.concept)

    def element(self, pointer: Pointer, kind: NamedNode, words: Words) -> NamedNode:
        """An element of the model."""
        node = self.names.of(pointer)
        self.describe(node, kind, words)
        self.add(self.model, MODELLDCATNO.containsModelElement, node)
        return node

    def simple_type(self, name: str, definition: NamedNode) -> NamedNode:
        """A simple type that many properties share, such as ``date``."""
        node = self._types.minted(("types", name))
        self.describe(node, MODELLDCATNO.SimpleType, Words(name))
        self.add(node, MODELLDCATNO.typeDefinitionReference, definition)
        self.add(self.model, MODELLDCATNO.containsModelElement, node)
        return node

    def property(
        self,
        owner: NamedNode,
        node: NamedNode,
        kind: NamedNode,
        words: Words,
        *,
        limits: Limits | None = None,
        targets: Iterable[Target] = (),
    ) -> None:
        """A property of an element, in its place among the others."""
        self.describe(node, kind, words)
        self.add(owner, MODELLDCATNO.hasProperty, node)
        order = self._orders[owner] = self._orders.get(owner, 0) + 1
        self.add(node, MODELLDCATNO.sequenceNumber, Literal(str(order), datatype=XSD.positiveInteger))
        if limits is not None:
            self.add(node, MODELLDCATNO.minOccurs, Literal(str(limits.least), datatype=_COUNT))
            most = str(limits.most)
            self.add(node, MODELLDCATNO.maxOccurs, Literal(most, datatype=_COUNT) if most.isdigit() else Literal(most))
        for target in targets:
            self.add(node, target.predicate, target.node)

    def code(self, code_list: NamedNode, node: NamedNode, notation: str, words: Words) -> None:
        """A code of a code list."""
        self.add(node, RDF.type, MODELLDCATNO.CodeElement)
        self.add(node, SKOS.inScheme, code_list)
        self.add(node, SKOS.notation, Literal(notation))
        self.text(node, SKOS.prefLabel, words.title)
        self.text(node, SKOS.definition, words.description)
        if words.concept is not None:
            self.add(node, DCT.subject, words.concept)
