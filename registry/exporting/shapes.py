"""An information model as SHACL: a node shape for each object type, whose instances are of that class."""

from collections.abc import Iterator, Sequence
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ontologies.namespaces import MODELLDCATNO, RDF, RDFS, SH, XSD
from registry.exporting.models import ExportedElement, ExportedModel, ExportedProperty

_OBJECTS: Final = frozenset(
    MODELLDCATNO[name].value for name in ("ObjectType", "RootObjectType", "DataType", "ModelElement")
)
_FACETS: Final = {
    "length": (SH.minLength, SH.maxLength),
    "minLength": (SH.minLength,),
    "maxLength": (SH.maxLength,),
    "pattern": (SH.pattern,),
    "minInclusive": (SH.minInclusive,),
    "maxInclusive": (SH.maxInclusive,),
    "minExclusive": (SH.minExclusive,),
    "maxExclusive": (SH.maxExclusive,),
}
_APART: Final = {MODELLDCATNO.Specialization.value: SH.node, MODELLDCATNO.Choice.value: SH.xone}


def shapes(model: ExportedModel) -> list[Triple]:
    """The shapes of a model. The path of a property is its IRI, or that of the ontology's property it comes from."""
    writer = _Writer(model)
    for element in model.elements.values():
        if element.kinds & _OBJECTS:
            writer.node_shape(element)
    return writer.triples


class _Writer:
    """Collects triples; blank nodes are numbered in their order."""

    def __init__(self, model: ExportedModel) -> None:
        self._elements = model.elements
        self.triples: list[Triple] = []
        self._blank = 0

    def _add(
        self, subject: NamedNode | BlankNode, predicate: NamedNode, value: NamedNode | BlankNode | Literal
    ) -> None:
        self.triples.append(Triple(subject, predicate, value))

    def _node(self) -> BlankNode:
        self._blank += 1
        return BlankNode(f"b{self._blank}")

    def node_shape(self, element: ExportedElement) -> None:
        """The shape of one object type, which is the class of its instances too."""
        shape = NamedNode(element.iri)
        self._add(shape, RDF.type, SH.NodeShape)
        self._add(shape, RDF.type, RDFS.Class)
        self._add(shape, SH.name, Literal(element.name))
        for one in element.properties:
            if one.kind not in _APART:
                self._property(shape, one)
            elif one.kind == MODELLDCATNO.Specialization.value:
                for target in self._known(one):
                    self._add(shape, SH.node, NamedNode(target))
            elif options := list(self._known(one)):
                self._add(shape, SH.xone, self._list([self._option(target) for target in options]))

    def _known(self, one: ExportedProperty) -> Iterator[str]:
        return (target for target in one.targets if target in self._elements)

    def _option(self, target: str) -> BlankNode:
        node = self._node()
        self._add(node, SH.node, NamedNode(target))
        return node

    def _property(self, shape: NamedNode, one: ExportedProperty) -> None:
        node = self._node()
        self._add(shape, SH.property, node)
        self._add(node, SH.path, NamedNode(one.path))
        self._add(node, SH.name, Literal(one.name))
        if one.least:
            self._add(node, SH.minCount, Literal(one.least))
        if one.most.isdecimal():
            self._add(node, SH.maxCount, Literal(int(one.most)))
        targets = [self._elements[target] for target in self._known(one)]
        if len(targets) == 1:
            self._values(node, targets[0])

    def _values(self, node: BlankNode, target: ExportedElement) -> None:
        """What the values of a property must be."""
        if target.codes:
            self._add(node, SH["in"], self._list([Literal(code) for code in target.codes]))
        elif target.kinds & _OBJECTS:
            self._add(node, SH["class"], NamedNode(target.iri))
        elif target.definition in XSD:
            self._add(node, SH.datatype, NamedNode(target.definition))
        for facet, value in target.facets:
            for constraint in _FACETS.get(facet.removeprefix(XSD.iri), ()):
                self._add(node, constraint, _facet(constraint, value, target.definition))

    def _list(self, members: Sequence[BlankNode | Literal]) -> BlankNode | NamedNode:
        rest: BlankNode | NamedNode = RDF.nil
        for member in reversed(members):
            node = self._node()
            self._add(node, RDF.first, member)
            self._add(node, RDF.rest, rest)
            rest = node
        return rest


def _facet(constraint: NamedNode, value: str, definition: str) -> Literal:
    if constraint == SH.pattern:
        return Literal(value)
    if constraint in {SH.minLength, SH.maxLength}:
        return Literal(value, datatype=XSD.integer)
    return Literal(value, datatype=NamedNode(definition) if definition in XSD else XSD.decimal)
