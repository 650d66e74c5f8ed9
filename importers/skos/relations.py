"""Concept relations of version 1 brought to version 2.

A relation with a role or a criterion of subdivision becomes a relation object; one without says no more than a
direct relation does and becomes that.
"""

from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode

from importers.rdf.journal import Journal
from importers.rdf.triples import Node, Term, TripleIndex
from ontologies.namespaces import DCT, RDF, SKOS, SKOSNO, XKOS


@dataclass(frozen=True, slots=True)
class _Form:
    """How one kind of relation is written in version 1 and in version 2.

    `ends` are properties in version 1 that lead to the other concept, with the property of the relation object and
    the direct one in version 2; `texts` are where version 1 keeps the role or criterion, `text` where version 2 does.
    """

    link: NamedNode
    kind: NamedNode
    text: NamedNode
    ends: tuple[tuple[NamedNode, NamedNode, NamedNode], ...]


_FORMS: dict[NamedNode, _Form] = {
    SKOSNO.assosiativRelasjon: _Form(
        SKOSNO.isFromConceptIn,
        SKOSNO.AssociativeConceptRelation,
        SKOSNO.relationRole,
        ((SKOS.related, SKOSNO.hasToConcept, SKOS.related),),
    ),
    SKOSNO.generiskRelasjon: _Form(
        SKOSNO.hasGenericConceptRelation,
        SKOSNO.GenericConceptRelation,
        DCT.description,
        (
            (XKOS.specializes, SKOSNO.hasGenericConcept, XKOS.specializes),
            (XKOS.generalizes, SKOSNO.hasSpecificConcept, XKOS.generalizes),
        ),
    ),
    SKOSNO.partitivRelasjon: _Form(
        SKOSNO.hasPartitiveConceptRelation,
        SKOSNO.PartitiveConceptRelation,
        DCT.description,
        tuple(
            (written, target, direct)
            for namespace in (DCT, XKOS)
            for written, target, direct in (
                (namespace.isPartOf, SKOSNO.hasComprehensiveConcept, XKOS.isPartOf),
                (namespace.hasPart, SKOSNO.hasPartitiveConcept, XKOS.hasPart),
            )
        ),
    ),
}
OLD_RELATIONS = tuple(_FORMS)
"""Without any of these in a file there is nothing to do."""
_TEXTS = (DCT.description, SKOSNO.inndelingskriterium)
_OLD_TYPES = (SKOSNO.AssosiativRelasjon, SKOSNO.GeneriskRelasjon, SKOSNO.PartitivRelasjon)


def normalise_relations(index: TripleIndex, concept: Node, journal: Journal) -> None:
    """Rewrites the version 1 relations of a concept."""
    for written, form in _FORMS.items():
        for value in index.take(concept, written):
            if not _normalise(index, concept, value, form):
                index.add(concept, written, value)
                journal.note(concept, "relation-incomplete", written.value)


def _normalise(index: TripleIndex, concept: Node, value: Term, form: _Form) -> bool:
    """Adds the relation in its new form; False if it leads nowhere."""
    if isinstance(value, NamedNode) and value not in index:
        index.add(concept, form.ends[0][2], value)
        return True
    if not isinstance(value, NamedNode | BlankNode):
        return False
    ends = [(direct, other) for old, _, direct in form.ends for other in index.values(value, old)]
    if any(index.values(value, text) for text in _TEXTS) or _says_more(index, value, form):
        if ends:
            _rewrite(index, concept, value, form)
    else:
        for direct, other in ends:
            index.add(concept, direct, other)
    return bool(ends)


def _says_more(index: TripleIndex, relation: Node, form: _Form) -> bool:
    known = {RDF.type, *(old for old, _, _ in form.ends)}
    return isinstance(relation, NamedNode) or not known.issuperset(index.about(relation))


def _rewrite(index: TripleIndex, concept: Node, relation: Node, form: _Form) -> None:
    index.add(concept, form.link, relation)
    for old in _OLD_TYPES:
        index.remove(relation, RDF.type, old)
    index.add(relation, RDF.type, form.kind)
    for written, target, _ in form.ends:
        for other in index.take(relation, written):
            index.add(relation, target, other)
    for written in _TEXTS:
        for text in index.take(relation, written):
            index.add(relation, form.text, text)
