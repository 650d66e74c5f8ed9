"""A model as HermiT reads it, and what HermiT finds.

An ontology is given as it came, without what it imports; a model of the national profile as its object types, what they
specialise, and how many values their properties must and may have.
"""

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ontologies import hermit
from ontologies.namespaces import MODELLDCATNO, OWL, RDF, RDFS, XSD
from registry.closures import is_minted
from registry.exporting.models import ExportedModel
from registry.reasoning.contradictions import Contradiction
from sparql.store import Reader, Term

_SCHEMA = (OWL.iri, RDF.iri, RDFS.iri, XSD.iri)
"""Where the words of an ontology come from that say anything of its classes."""
_UNREAD = frozenset({OWL.imports, RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, OWL.versionInfo})


def unsatisfiable(reader: Reader, model: ExportedModel) -> tuple[Contradiction, ...]:
    """The classes of a model that nothing can be in.

    Raises:
        ReasonerError: HermiT gave no answer.
    """
    found = hermit.classify("\n".join(f"{triple} ." for triple in axioms(reader, model)).encode())
    classes = set(model.elements) if not found.consistent else found.unsatisfiable & set(model.elements)
    return tuple(Contradiction("unsatisfiable", iri) for iri in sorted(classes))


def axioms(reader: Reader, model: ExportedModel) -> Iterator[Triple]:
    """What the model says of its classes, in OWL."""
    graphs = {
        quad.graph_name
        for iri in model.elements
        for quad in reader.quads(NamedNode(iri), RDF.type)
        if quad.object in {OWL.Class, RDFS.Class}
    }
    yield Triple(NamedNode(f"{model.iri.partition('#')[0]}#axioms"), RDF.type, OWL.Ontology)
    if not graphs:
        yield from _of_profile(model)
    for graph in graphs:
        for quad in reader.quads(graph=graph) if isinstance(graph, NamedNode) else ():
            yield from _of_ontology(quad.triple)


def _of_ontology(triple: Triple) -> Iterator[Triple]:
    """A statement with blank nodes where OWL wants them; nothing where it says nothing of classes."""
    predicate, value = triple.predicate, triple.object
    if not predicate.value.startswith(_SCHEMA) or predicate in _UNREAD:
        return
    if predicate == RDF.type:
        if not isinstance(value, NamedNode) or not value.value.startswith(_SCHEMA) or value == OWL.Ontology:
            return
        value = OWL.Class if value == RDFS.Class else value
    subject = _node(triple.subject)
    if isinstance(subject, NamedNode | BlankNode):
        yield Triple(subject, predicate, _node(value))


def _node(term: Term) -> Term:
    """What was a blank node as one again."""
    if isinstance(term, NamedNode) and is_minted(term.value):
        return BlankNode(f"n{term.value.rpartition('/')[2].replace('-', '')}")
    return term


def _of_profile(model: ExportedModel) -> Iterator[Triple]:
    """Object types as classes, properties as limits to how many values there are."""
    for iri, element in model.elements.items():
        node = NamedNode(iri)
        yield Triple(node, RDF.type, OWL.Class)
        for each in element.properties:
            if each.kind == MODELLDCATNO.Specialization.value:
                yield from (Triple(node, RDFS.subClassOf, NamedNode(target)) for target in each.targets)
                continue
            path = NamedNode(each.path)
            yield Triple(path, RDF.type, OWL.ObjectProperty)
            yield from _limit(node, path, OWL.minCardinality, each.least)
            if each.most.isdecimal():
                yield from _limit(node, path, OWL.maxCardinality, int(each.most))


def _limit(element: NamedNode, path: NamedNode, limit: NamedNode, number: int) -> Iterator[Triple]:
    """The class has so many values of a property, at least or at most."""
    node = BlankNode()
    yield Triple(element, RDFS.subClassOf, node)
    yield Triple(node, RDF.type, OWL.Restriction)
    yield Triple(node, OWL.onProperty, path)
    yield Triple(node, limit, Literal(str(number), datatype=XSD.nonNegativeInteger))
