"""Models in the vocabulary that was before ModellDCAT-AP-NO, ``http://data.norge.no/informationmodel/``.

Elements, properties and codes become those of today; what the vocabulary says of no class stays as it is written.
"""

from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from importers.rdf.journal import Journal
from importers.rdf.triples import Node, TripleIndex
from ontologies.namespaces import DCT, MODELLDCATNO, RDF, RDFS, SKOS, Namespace

FIRST: Final = Namespace("http://data.norge.no/informationmodel/")
_CLASSES: Final = {
    FIRST.InformationModel: MODELLDCATNO.InformationModel,
    FIRST.ModelElement: MODELLDCATNO.ObjectType,
    FIRST.CodeList: MODELLDCATNO.CodeList,
    FIRST.Codename: MODELLDCATNO.CodeElement,
    FIRST.Property: MODELLDCATNO.Attribute,
}
_ELEMENT_TYPES: Final = {"objekttype": MODELLDCATNO.ObjectType, "datatype": MODELLDCATNO.DataType}
_PROPERTY_TYPES: Final = {
    "attributt": MODELLDCATNO.Attribute,
    "assosiasjon": MODELLDCATNO.Association,
    "rolle": MODELLDCATNO.Role,
    "komposisjon": MODELLDCATNO.Composition,
}
_PLAIN: Final = {
    FIRST.description: DCT.description,
    FIRST.hasProperty: MODELLDCATNO.hasProperty,
    FIRST.contains: MODELLDCATNO.containsModelElement,
    FIRST.isDescribedBy: RDFS.seeAlso,
    FIRST.type: MODELLDCATNO.hasType,
}


def modernise_first_models(index: TripleIndex, journal: Journal) -> None:
    """Brings everything of that vocabulary to today's."""
    found = index.of_type(*_CLASSES)
    if not found:
        return
    journal.note_file("profile-normalised", FIRST.iri)
    for node in found:
        _modernise(index, node)
    for node in found:
        for code in index.nodes(node, FIRST.containsCodename):
            index.add(code, SKOS.inScheme, node)
        index.take(node, FIRST.containsCodename)


def _modernise(index: TripleIndex, node: Node) -> None:
    kinds = [kind for kind in _CLASSES if index.has_type(node, kind)]
    is_code = FIRST.Codename in kinds
    for kind in kinds:
        index.remove(node, RDF.type, kind)
        index.add(node, RDF.type, _kind(index, node, _CLASSES[kind]))
    for name in index.take(node, FIRST.name):
        index.add(node, SKOS.prefLabel if is_code else DCT.title, name)
        if is_code and isinstance(name, Literal):
            index.add(node, SKOS.notation, Literal(name.value))
    for general in index.take(node, FIRST.isSubtypeOf):
        specialization = BlankNode()
        index.add(node, MODELLDCATNO.hasProperty, specialization)
        index.add(specialization, RDF.type, MODELLDCATNO.Specialization)
        index.add(specialization, MODELLDCATNO.hasGeneralConcept, general)
    for old, today in _PLAIN.items():
        for value in index.take(node, old):
            index.add(node, SKOS.definition if is_code and old == FIRST.description else today, value)


def _kind(index: TripleIndex, node: Node, usual: NamedNode) -> NamedNode:
    """The class that the node's own word for its kind says; that word is kept where it says none."""
    for said, known in ((FIRST.modelElementType, _ELEMENT_TYPES), (FIRST.propertyType, _PROPERTY_TYPES)):
        for word in index.literals(node, said):
            if (kind := known.get(word.value.strip().lower())) is not None:
                index.remove(node, said, word)
                return kind
    return usual
