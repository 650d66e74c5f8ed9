"""Triples as the engine gives them back: it rewrites numbers, dates and booleans to their canonical form."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, Quad, Store, Triple

from ontologies.namespaces import RDF
from sparql.store import Term

_FEW: Final = 100
"""Literals that are looked at one by one: the same come again with every small session."""
_PLAIN = {"http://www.w3.org/2001/XMLSchema#string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"}


def as_stored(triples: Iterable[Triple]) -> set[Triple]:
    """The triples as the store gives them back: it rewrites numbers, dates and booleans to their canonical form."""
    plain: set[Triple] = set()
    odd: list[Triple] = []
    nested: list[Triple] = []
    for triple in triples:
        if isinstance(triple.object, Triple):
            nested.append(triple)
        elif isinstance(triple.object, Literal) and triple.object.datatype.value not in _PLAIN:
            odd.append(triple)
        else:
            plain.add(triple)
    if len(odd) < _FEW:
        plain.update(Triple(each.subject, each.predicate, _canonical(each.object)) for each in odd)
    else:
        nested += odd
    return plain.union(_kept(nested)) if nested else plain


@lru_cache(maxsize=4_096)
def _canonical(literal: Term) -> Term:
    (triple,) = _kept([Triple(RDF.value, RDF.value, literal)])
    return triple.object


def _kept(triples: Iterable[Triple]) -> Iterator[Triple]:
    """The triples from a store in memory."""
    memory = Store()
    memory.extend(Quad(each.subject, each.predicate, each.object) for each in triples)
    return (quad.triple for quad in memory)
