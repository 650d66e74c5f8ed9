"""Impact: all that rests on a concept, a model element, a provision ..., with whom to ask before it is changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from registry.catalogue.collation import collation_key
from registry.catalogue.contacts import Contact
from registry.catalogue.texts import Language, Reference
from registry.chain.chain import Side, named
from registry.chain.owners import Owner, Owners
from sparql.store import Reader


@dataclass(frozen=True, slots=True)
class Touched:
    """A thing that rests on another, so many steps away, and whose it is."""

    reference: Reference
    kind: str
    distance: int
    owner: Owner

    def as_json(self) -> dict[str, Any]:
        """The thing, its kind, the number of steps, its owner and contact points."""
        document = {**self.reference.as_json(), "kind": self.kind, "distance": self.distance}
        return {**document, **self.owner.as_json()}


@dataclass(frozen=True, slots=True)
class Affected:
    """An organisation, how many of its things of each kind rest on the thing, and its contact points."""

    organisation: Reference | None
    counts: dict[str, int]
    contacts: tuple[Contact, ...]

    @property
    def total(self) -> int:
        """How many things it is in all."""
        return sum(self.counts.values())

    def as_json(self) -> dict[str, Any]:
        """The organisation, counts by kind, and contact points."""
        organisation = self.organisation.as_json() if self.organisation else None
        contacts = [one.as_json() for one in self.contacts]
        return {"owner": organisation, "counts": self.counts, "contacts": contacts}


def touched(reader: Reader, side: Side) -> tuple[Touched, ...]:
    """What rests on the thing, from law to life event, closest first; without names, which take time (`with_names`)."""
    owners = Owners(reader)
    return tuple(
        Touched(Reference(uri), level.kind, side.distance[uri], owners.of(uri))
        for level in side.levels
        for uri in level.uris
    )


def with_names(reader: Reader, things: Iterable[Touched]) -> Iterator[Touched]:
    """The things with what they are called."""
    return (replace(each, reference=named(reader, each.reference.uri)) for each in things)


def affected(things: tuple[Touched, ...], language: Language) -> tuple[Affected, ...]:
    """The organisations that own them, those with most first."""
    groups: dict[tuple[str, str], list[Touched]] = {}
    for thing in things:
        organisation = thing.owner.organisation
        key = (organisation.uri, organisation.name(language)) if organisation else ("", "")
        groups.setdefault(key, []).append(thing)
    found = [_affected(group) for group in groups.values()]
    return tuple(sorted(found, key=lambda one: (one.organisation is None, -one.total, _name(one, language))))


def _affected(things: list[Touched]) -> Affected:
    counts: dict[str, int] = {}
    for thing in things:
        counts[thing.kind] = counts.get(thing.kind, 0) + 1
    contacts = dict.fromkeys(point for thing in things for point in thing.owner.contacts)
    return Affected(things[0].owner.organisation, counts, tuple(contacts))


def _name(one: Affected, language: Language) -> str:
    return collation_key(one.organisation.name(language)) if one.organisation else ""
