"""Terms of a concept: SKOS-XL labels become plain ones, data structure terms get today's property.

A SKOS-XL label that says more than its literal form (a date, an audience) is kept beside the plain label.
"""

from pyoxigraph import BlankNode, Literal, NamedNode

from importers.rdf.triples import Node, TripleIndex
from ontologies.namespaces import RDF, RDFS, SKOS, SKOSNO, SKOSXL

_LABELS = (
    (SKOSXL.prefLabel, SKOS.prefLabel),
    (SKOSXL.altLabel, SKOS.altLabel),
    (SKOSXL.hiddenLabel, SKOS.hiddenLabel),
    (SKOSNO.datastrukturterm, SKOSNO.dataStructureLabel),
)
OLD_LABELS = tuple(written for written, _ in _LABELS)
"""Without any of these in a file there is nothing to do."""
_FORMS = frozenset({RDF.type, SKOSXL.literalForm, RDFS.label})


def normalise_labels(index: TripleIndex, concept: Node) -> None:
    """Gives the concept plain labels; a label node that nothing points at any more is left for the caller to drop."""
    for written, stored in _LABELS:
        for value in index.take(concept, written):
            if isinstance(value, Literal):
                index.add(concept, stored, value)
            elif isinstance(value, NamedNode | BlankNode) and not _plain(index, concept, stored, value):
                index.add(concept, written, value)


def _plain(index: TripleIndex, concept: Node, stored: NamedNode, label: Node) -> bool:
    """Adds the label's texts to the concept; whether the label node is not needed any more."""
    texts = index.literals(label, SKOSXL.literalForm) or index.literals(label, RDFS.label)
    for text in texts:
        index.add(concept, stored, text)
    return bool(texts) and isinstance(label, BlankNode) and _FORMS.issuperset(index.about(label))
