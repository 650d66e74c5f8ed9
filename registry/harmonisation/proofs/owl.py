"""Proofs in OWL 2: each limit is a class, restricted by facets on the values of one functional property.

    <{evidence}> samsvar:proves "narrower" ; samsvar:proofExtent "characteristic" ;
        samsvar:characteristic <.../characteristic> ;
        samsvar:firstLimit <.../first-limit> ; samsvar:secondLimit <.../second-limit> .
    <.../characteristic> a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:range xsd:integer ;
        rdfs:label "alder"@nb, "alder"@nn, "age"@en ; samsvar:quantityFamily "age" ; samsvar:unit "year" .
    <.../first-limit> a owl:Class ; rdfs:subClassOf <.../second-limit> ;
        owl:equivalentClass <.../first-limit/restriction> .
    <.../first-limit/restriction> a owl:Restriction ; owl:onProperty <.../characteristic> ;
        owl:someValuesFrom <.../first-limit/values> .
    <.../first-limit/values> a rdfs:Datatype ; owl:onDatatype xsd:integer ;
        owl:withRestrictions <.../first-limit/facets/1> .
    <.../first-limit/facets/1> rdf:first <.../first-limit/facet/1> ; rdf:rest rdf:nil .
    <.../first-limit/facet/1> xsd:maxInclusive 17 .

What OWL writes with blank nodes has URIs below the class, as everywhere in the register. A reasoner given all but the
conclusion (rdfs:subClassOf, owl:disjointWith) draws it.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import get_args

from pyoxigraph import Literal, NamedNode, Triple

from ontologies.namespaces import OWL, RDF, RDFS, SAMSVAR, XSD
from registry.harmonisation.facts import Facts
from registry.harmonisation.proofs.bounds import Bounds, of_facets, plain
from registry.harmonisation.proofs.phrasing import characteristic
from registry.harmonisation.proofs.proof import Conclusion, Proof

_FACETS = ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")
_CONCLUSIONS: tuple[Conclusion, ...] = get_args(Conclusion)
_SUPERORDINATE = {"narrower": (0, 1), "broader": (1, 0)}


def proof_triples(evidence: NamedNode, proof: Proof) -> Iterator[Triple]:
    """A proof below the evidence that it is."""
    measured = NamedNode(f"{evidence.value}/characteristic")
    limits = [NamedNode(f"{evidence.value}/{which}-limit") for which in ("first", "second")]
    yield Triple(evidence, SAMSVAR.proves, Literal(proof.conclusion))
    yield Triple(evidence, SAMSVAR.proofExtent, Literal(proof.extent))
    yield Triple(evidence, SAMSVAR.characteristic, measured)
    yield Triple(evidence, SAMSVAR.firstLimit, limits[0])
    yield Triple(evidence, SAMSVAR.secondLimit, limits[1])
    yield from _property(measured, proof)
    for limit, bounds in zip(limits, (proof.first, proof.second), strict=True):
        yield from _limit(limit, measured, bounds)
    if proof.conclusion == "disjoint":
        yield Triple(limits[0], OWL.disjointWith, limits[1])
    else:
        inner, outer = _SUPERORDINATE[proof.conclusion]
        yield Triple(limits[inner], RDFS.subClassOf, limits[outer])


def _property(node: NamedNode, proof: Proof) -> Iterator[Triple]:
    """What is limited: a thing has one value of it."""
    yield Triple(node, RDF.type, OWL.DatatypeProperty)
    yield Triple(node, RDF.type, OWL.FunctionalProperty)
    yield Triple(node, RDFS.range, XSD[proof.datatype])
    yield Triple(node, SAMSVAR.quantityFamily, Literal(proof.characteristic))
    yield Triple(node, SAMSVAR.unit, Literal(proof.unit))
    for language in ("nb", "nn", "en"):
        name = characteristic(proof.characteristic, proof.unit, language)
        yield Triple(node, RDFS.label, Literal(name, language=language))


def _limit(limit: NamedNode, measured: NamedNode, bounds: Bounds) -> Iterator[Triple]:
    """The class of things whose value lies within bounds."""
    restriction, values = NamedNode(f"{limit.value}/restriction"), NamedNode(f"{limit.value}/values")
    datatype = XSD.integer if bounds.whole else XSD.decimal
    yield Triple(limit, RDF.type, OWL.Class)
    yield Triple(limit, OWL.equivalentClass, restriction)
    yield Triple(restriction, RDF.type, OWL.Restriction)
    yield Triple(restriction, OWL.onProperty, measured)
    yield Triple(restriction, OWL.someValuesFrom, values)
    yield Triple(values, RDF.type, RDFS.Datatype)
    yield Triple(values, OWL.onDatatype, datatype)
    before, link = values, OWL.withRestrictions
    for number, (facet, value) in enumerate(bounds.facets(), 1):
        cell, node = (NamedNode(f"{limit.value}/{name}/{number}") for name in ("facets", "facet"))
        yield Triple(before, link, cell)
        yield Triple(cell, RDF.first, node)
        yield Triple(node, XSD[facet], Literal(plain(value), datatype=datatype))
        before, link = cell, RDF.rest
    yield Triple(before, link, RDF.nil)


def read_proof(facts_of: Callable[[NamedNode], Facts], evidence: Facts) -> Proof | None:
    """The proof that evidence is; None where it is none."""
    conclusion = next((one for one in _CONCLUSIONS if one == _text(evidence, SAMSVAR.proves)), None)
    measured = _node(evidence, SAMSVAR.characteristic)
    limits = [_node(evidence, each) for each in (SAMSVAR.firstLimit, SAMSVAR.secondLimit)]
    if conclusion is None or measured is None:
        return None
    first, second = (_bounds(facts_of, limit) if limit else Bounds() for limit in limits)
    said = facts_of(measured)
    return Proof(
        conclusion,
        "concept" if _text(evidence, SAMSVAR.proofExtent) == "concept" else "characteristic",
        _text(said, SAMSVAR.quantityFamily),
        _text(said, SAMSVAR.unit),
        first,
        second,
    )


def _bounds(facts_of: Callable[[NamedNode], Facts], limit: NamedNode) -> Bounds:
    values = facts_of(NamedNode(f"{limit.value}/values"))
    cell, facets = _node(values, OWL.withRestrictions), dict[str, Decimal]()
    while cell is not None and cell != RDF.nil:
        facts = facts_of(cell)
        node = _node(facts, RDF.first)
        said = facts_of(node) if node else {}
        facets |= {name: Decimal(text) for name in _FACETS if (text := _text(said, XSD[name]))}
        cell = _node(facts, RDF.rest)
    return of_facets(facets, whole=_node(values, OWL.onDatatype) == XSD.integer)


def _node(facts: Facts, predicate: NamedNode) -> NamedNode | None:
    return next((value for value in facts.get(predicate, ()) if isinstance(value, NamedNode)), None)


def _text(facts: Facts, predicate: NamedNode) -> str:
    return next((value.value for value in facts.get(predicate, ()) if isinstance(value, Literal)), "")
