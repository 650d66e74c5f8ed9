"""Organisations under one name: every spelling of an organisation's IRI that has its number becomes the same IRI."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from pyoxigraph import BlankNode, Literal, NamedNode

from importers.rdf.journal import Journal
from importers.rdf.triples import Node, Term, TripleIndex
from ontologies.namespaces import CV, DCT, ORGANISATION, OWL

PUBLISHING = (DCT.publisher, DCT.creator, CV.hasCompetentAuthority, CV.ownedBy)
"""Properties whose value is an organisation."""

NONE: Mapping[NamedNode, NamedNode] = MappingProxyType({})
_NUMBER = re.compile(r"(?<![0-9A-Za-z-])(\d{9})(?![0-9A-Za-z-])")


def organisation_of(text: str) -> NamedNode | None:
    """The organisation whose nine-digit number stands by itself in an IRI or a text; None if there is none."""
    numbers = set(_NUMBER.findall(text))
    return ORGANISATION[numbers.pop()] if len(numbers) == 1 else None


def normalise_publishers(index: TripleIndex, journal: Journal, elsewhere: Mapping[NamedNode, NamedNode] = NONE) -> None:
    """Gives organisations their one IRI, wherever they stand; the IRIs that were written are kept as aliases.

    `elsewhere` are organisations of which other records of the file speak, as written and under their one IRI.
    """
    names: dict[Node, NamedNode] = {written: one for written, one in elsewhere.items()}  # noqa: C416 - wider keys
    for subject in index.subjects():
        for predicate in PUBLISHING:
            for value in index.values(subject, predicate):
                _note(index, (subject, predicate, value), names, journal)
    index.rename(names)
    for written, one in names.items():
        if isinstance(written, NamedNode):
            index.add(one, OWL.sameAs, written)


def _note(
    index: TripleIndex, triple: tuple[Node, NamedNode, Term], names: dict[Node, NamedNode], journal: Journal
) -> None:
    subject, predicate, value = triple
    one = _organisation(index, value)
    if one == value:
        return
    if one is None:
        if predicate != DCT.creator:
            journal.note(subject, "publisher-unknown", getattr(value, "value", ""))
        return
    written = value.value if isinstance(value, NamedNode | Literal) else "[]"
    journal.note(subject, "publisher-normalised", written)
    if isinstance(value, Literal):
        index.remove(subject, predicate, value)
        index.add(subject, predicate, one)
    elif isinstance(value, NamedNode | BlankNode):
        names[value] = one


def _organisation(index: TripleIndex, value: Term) -> NamedNode | None:
    """By the value itself, else by the identifier that the file gives for it."""
    if isinstance(value, NamedNode | Literal) and (found := organisation_of(value.value)):
        return found
    if isinstance(value, NamedNode | BlankNode):
        for identifier in index.literals(value, DCT.identifier):
            if _NUMBER.fullmatch(identifier.value):
                return ORGANISATION[identifier.value]
    return None
