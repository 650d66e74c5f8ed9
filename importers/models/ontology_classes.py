"""The classes of an ontology as elements of a model; an enumeration of individuals is a code list."""

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from importers.models.builder import ANY_NUMBER, Limits, ModelBuilder, Target, Words
from importers.rdf.triples import Node, TripleIndex
from ontologies.namespaces import DCT, MODELLDCATNO, OWL, PROV, RDF, RDFS, SKOS, XSD

_TITLES = (RDFS.label, SKOS.prefLabel, DCT.title)
_DESCRIPTIONS = (RDFS.comment, SKOS.definition, DCT.description)


class OntologyModel:
    """Tells what an index says of classes to a builder. The index itself is not changed."""

    def __init__(self, index: TripleIndex, builder: ModelBuilder) -> None:
        self._index = index
        self._builder = builder
        self._code_lists: set[str] = set()

    def describe(self, name: str) -> None:
        """The model, its elements and their properties. `name` is the title of one that has none."""
        from ontologies.owl_reading import read_ontology  # noqa: PLC0415 - takes half a second, which few sources need

        model = self._builder.model
        self._builder.add(model, RDF.type, MODELLDCATNO.InformationModel)
        self._words(model, name)
        found = read_ontology(_as_owl(self._index))
        self._code_lists = {one.iri for one in found if one.members}
        for one in found:
            node = NamedNode(one.iri)
            kind = MODELLDCATNO.CodeList if one.members else MODELLDCATNO.ObjectType
            self._builder.add(node, RDF.type, kind)
            self._words(node, _local(one.iri))
            self._builder.add(model, MODELLDCATNO.containsModelElement, node)
            for member in one.members:
                self._builder.code(
                    node, NamedNode(member), _local(member), Words(member, self._title(NamedNode(member)))
                )
            for parent in one.parents:
                self._property(
                    node,
                    parent,
                    MODELLDCATNO.Specialization,
                    [Target(MODELLDCATNO.hasGeneralConcept, NamedNode(parent))],
                )
            for each in one.properties:
                kind = MODELLDCATNO.Attribute if each.of_literals else MODELLDCATNO.Role
                limits = Limits(each.least, each.most if each.most >= 0 else ANY_NUMBER)
                targets = [self._target(value, of_literals=each.of_literals) for value in each.values]
                self._property(node, each.iri, kind, targets, limits)

    def _property(
        self, owner: NamedNode, iri: str, kind: NamedNode, targets: list[Target], limits: Limits | None = None
    ) -> None:
        """A property as one class has it: named by both, derived from the ontology's own."""
        node = self._builder.names.minted((_local(owner.value), _local(iri)))
        title = self._title(NamedNode(iri)) if limits is not None else ""
        self._builder.property(owner, node, kind, Words(_local(iri), title), limits=limits, targets=targets)
        if limits is not None:
            self._builder.add(node, PROV.wasDerivedFrom, NamedNode(iri))

    def _target(self, value: str, *, of_literals: bool) -> Target:
        if of_literals:
            return Target(MODELLDCATNO.hasSimpleType, self._builder.simple_type(_local(value), NamedNode(value)))
        link = MODELLDCATNO.hasValueFrom if value in self._code_lists else MODELLDCATNO.hasObjectType
        return Target(link, NamedNode(value))

    def _words(self, node: NamedNode, name: str) -> None:
        """Title and description in the profile's terms, in every language that the ontology has them in."""
        titles = self._texts(node, _TITLES)
        for title in titles or [Literal(name)]:
            self._builder.add(node, DCT.title, title)
        for description in self._texts(node, _DESCRIPTIONS):
            self._builder.add(node, DCT.description, description)

    def _title(self, node: NamedNode) -> str:
        return next((text.value for text in self._texts(node, _TITLES)), "")

    def _texts(self, node: Node, predicates: tuple[NamedNode, ...]) -> list[Literal]:
        """The texts of the first of the properties that has any."""
        return next((texts for predicate in predicates if (texts := self._index.literals(node, predicate))), [])


def _as_owl(index: TripleIndex) -> bytes:
    """The ontology as N-Triples, RDFS said as OWL, without what it imports."""
    lines = []
    for subject, predicate, value in index:
        if predicate == OWL.imports or isinstance(value, Triple):
            continue
        lines.append(f"{subject} {predicate} {value} .")
        if predicate == RDF.type and isinstance(subject, NamedNode | BlankNode):
            lines += [f"{subject} {predicate} {kind} ." for kind in _owl_kinds(index, subject, value)]
    return ("\n".join(lines) + "\n").encode()


def _owl_kinds(index: TripleIndex, subject: Node, value: object) -> list[NamedNode]:
    if value == RDFS.Class and isinstance(subject, NamedNode):
        return [OWL.Class]
    if value != RDF.Property or any(
        index.has_type(subject, kind) for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
    ):
        return []
    ranges = index.nodes(subject, RDFS.range)
    literal = any(isinstance(one, NamedNode) and (one.value in XSD or one == RDFS.Literal) for one in ranges)
    return [OWL.DatatypeProperty if literal else OWL.ObjectProperty]


def _local(iri: str) -> str:
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri
