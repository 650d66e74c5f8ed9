"""Which imports concern whom: everybody, those who follow a catalogue, an act, an organisation or a word."""

from collections.abc import Iterable
from dataclasses import dataclass

from registry.catalogue.graphs import GraphInfo, graphs
from registry.catalogue.imports import ImportInfo, last_imports
from registry.catalogue.organisations import organisation_number
from registry.catalogue.terms import concepts_of, keys_of
from registry.catalogue.texts import Texts
from registry.catalogue.things import Said
from sparql.store import Reader

_ALL = 1 << 31


@dataclass(frozen=True, slots=True)
class Followed:
    """What somebody follows; everything where all is "".

    `catalogue` is the id of a catalogue, an act or a regulation, `organisation` nine digits, `term` a word in any form.
    """

    catalogue: str = ""
    organisation: str = ""
    term: str = ""


@dataclass(frozen=True, slots=True)
class Concerned:
    """The graphs whose imports concern a follower, by IRI; `things` are the only ones of interest, None for all."""

    graphs: frozenset[str]
    things: frozenset[str] | None
    name: Texts


def concerned(reader: Reader, followed: Followed) -> Concerned | None:
    """What concerns the follower; None where the register knows nothing of the kind."""
    known = graphs(reader)
    chosen = [one for one in known.values() if _is_followed(one, followed)]
    named = bool(followed.catalogue or followed.organisation)
    if named and not chosen:
        return None
    if not followed.term:
        return Concerned(frozenset(one.uri for one in chosen), None, _name(chosen, followed))
    things = frozenset(concepts_of(reader, keys_of(followed.term)))
    if not things:
        return None
    holding = {graph for thing in things for graph in Said(reader, thing).graphs}
    return Concerned(frozenset(one.uri for one in chosen if one.uri in holding), things, ())


def imports_of(reader: Reader, concern: Concerned) -> list[ImportInfo]:
    """The imports that concern somebody, newest first."""
    return [one for one in last_imports(reader, _ALL) if one.graph in concern.graphs]


def _is_followed(one: GraphInfo, followed: Followed) -> bool:
    number = organisation_number(one.publisher.uri) if one.publisher else ""
    return followed.catalogue in ("", one.identifier) and followed.organisation in ("", number)


def _name(chosen: Iterable[GraphInfo], followed: Followed) -> Texts:
    """What to call it: the catalogue, or the publisher of all of them."""
    first = next(iter(chosen), None)
    if first is None or not (followed.catalogue or followed.organisation):
        return ()
    return first.name if followed.catalogue else first.publisher.label if first.publisher else ()
