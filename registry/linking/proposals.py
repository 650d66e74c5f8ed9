"""Proposals: things without a concept, with candidates for each; and how many of its things each owner has linked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from registry.catalogue.graphs import graphs
from registry.catalogue.per_generation import per_generation
from registry.catalogue.texts import lists_as_json
from registry.linking.candidates import Candidate, Linker
from registry.linking.decisions import refused
from registry.linking.things import Thing, things
from registry.urls import Urls
from sparql.store import Reader


@dataclass(frozen=True, slots=True)
class Proposal:
    """A thing and the concepts that it may mean, the likeliest first."""

    thing: Thing
    candidates: tuple[Candidate, ...]

    def as_json(self) -> dict[str, Any]:
        """The thing and its candidates."""
        return {
            "uri": self.thing.uri,
            "kind": self.thing.kind,
            "words": lists_as_json(self.thing.words),
            "holder": self.thing.holder or None,
            "model": self.thing.model or None,
            "owner": self.thing.owner or None,
            "candidates": [candidate.as_json() for candidate in self.candidates],
        }


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of the things of one owner ("" for nobody): how many there are, say their concept, and have a candidate."""

    owner: str
    things: int
    linked: int
    proposed: int

    def as_json(self) -> dict[str, Any]:
        """Its members."""
        return {"owner": self.owner or None, "things": self.things, "linked": self.linked, "proposed": self.proposed}


@per_generation
def open_things(reader: Reader, urls: Urls) -> tuple[Thing, ...]:
    """The things without a concept of which some concept goes by the name, in the order of `things`."""
    linker = Linker(reader, urls)
    return tuple(thing for thing in things(reader).values() if not thing.linked and linker.may_have(thing))


def chosen(reader: Reader, urls: Urls, catalogue: str = "", kind: str = "", owner: str = "") -> list[Thing]:
    """Those of one catalogue (its id), kind or owner (nine digits); "" for all."""
    known = graphs(reader)
    return [
        thing
        for thing in open_things(reader, urls)
        if (not catalogue or known[thing.graph].identifier == catalogue)
        and (not kind or thing.kind == kind)
        and (not owner or thing.owner_number == owner)
    ]


def proposals(reader: Reader, urls: Urls, wanted: Iterable[Thing]) -> list[Proposal]:
    """The things with their candidates; those that have none are left out."""
    linker = Linker(reader, urls)
    made = (Proposal(thing, tuple(linker.candidates(thing, refused(reader, thing.uri)))) for thing in wanted)
    return [proposal for proposal in made if proposal.candidates]


@per_generation
def coverage(reader: Reader, urls: Urls) -> tuple[Coverage, ...]:
    """Every owner, those with the most things first."""
    counted: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for thing in things(reader).values():
        counted[thing.owner][0] += 1
        counted[thing.owner][1] += thing.linked
    for thing in open_things(reader, urls):
        counted[thing.owner][2] += 1
    found = [Coverage(owner, *numbers) for owner, numbers in counted.items()]
    return tuple(sorted(found, key=lambda each: (-each.things, each.owner)))
