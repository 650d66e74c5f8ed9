"""All things of a generation with their facets: for each value of a facet the things that have it, as a bit set.

A set of things is a whole number whose bit n is set where thing n belongs to it: a hundred thousand things are 12 KB,
and sets are combined and counted in microseconds. Made from the search index; after a write only from what changed.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from threading import Lock
from weakref import WeakKeyDictionary

from registry.search import things
from registry.search.index import SearchIndex
from registry.search.things import Thing, unpacked
from registry.search.traits import CONCEPT, FACETS, SERVICE

Sets = Mapping[str, int]
"""Sets of things by the value that they have in common."""
_KEPT = ("kind", *FACETS)
_BYTE = 8
_MANY = 2
"""Where fewer rows than one in so many are known already, all are read at once."""


def bits(numbers: Iterable[int]) -> int:
    """The set of these things."""
    found = bytearray()
    for number in numbers:
        place = number // _BYTE
        if place >= len(found):
            found.extend(bytes(place + 1 - len(found)))
        found[place] |= 1 << number % _BYTE
    return int.from_bytes(found, "little")


def members(chosen: int, order: Iterable[int]) -> Iterator[int]:
    """The things of a set, in the order given."""
    flags = chosen.to_bytes(chosen.bit_length() // _BYTE + 1, "little")
    most = len(flags) * _BYTE
    return (number for number in order if number < most and flags[number // _BYTE] >> number % _BYTE & 1)


@dataclass(frozen=True)
class Shelf:
    """The things of one generation by number. Numbers of things that are gone stay unused.

    `rows` joins the rows of the index to things; `named` are the concepts that things name, `services` those of events,
    `graphs` where things stand whose description names no organisation.
    """

    rows: Mapping[int, int] = field(default_factory=dict)
    uris: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    sets: Mapping[str, Sets] = field(default_factory=dict)
    named: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    services: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    graphs: Mapping[int, str] = field(default_factory=dict)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each thing."""
        return {uri: number for number, uri in enumerate(self.uris)}

    @cached_property
    def everything(self) -> int:
        """The set of all things."""
        found = 0
        for each in self.sets.get("kind", {}).values():
            found |= each
        return found

    @cached_property
    def newest(self) -> list[int]:
        """All numbers, the last changed first; things without a date come last."""
        return sorted(range(len(self.uris)), key=lambda number: (self.days[number], self.uris[number]), reverse=True)

    def set_of(self, uris: Iterable[str]) -> int:
        """The set of those of the things that are here."""
        return bits(number for uri in uris if (number := self.numbers.get(uri)) is not None)


@dataclass(slots=True)
class _Made:
    """The shelf that was made last of an index."""

    generation: int = -1
    mark: int = 0
    shelf: Shelf = field(default_factory=Shelf)
    lock: Lock = field(default_factory=Lock)


_made: WeakKeyDictionary[SearchIndex, _Made] = WeakKeyDictionary()


def shelf_of(index: SearchIndex, generation: int) -> Shelf:
    """The things of a generation; made once, and again from what changed."""
    made = _made.setdefault(index, _Made())
    with made.lock:
        if made.generation != generation:
            with index.connect() as connection:
                (mark,) = connection.execute("PRAGMA application_id").fetchone()
                base = made.shelf if mark == made.mark else Shelf()
                made.shelf = _followed(connection, base, generation)
            made.generation, made.mark = generation, mark
        return made.shelf


def _followed(connection: sqlite3.Connection, base: Shelf, generation: int) -> Shelf:
    """The shelf with the rows that hold now: what is gone is taken off, what is new put on."""
    held = things.held(connection, generation)
    kept = base.rows.keys() & held
    if len(kept) == len(held) == len(base.rows):
        return base
    if len(held) > _MANY * (len(kept) + 1):
        return _drafted(Shelf(), (), things.all_rows(connection, generation))
    fresh = list(things.rows(connection, sorted(held - kept)))
    touched = {base.rows[row] for row in base.rows.keys() - held}
    touched |= {base.numbers[thing.uri] for _, _, thing in fresh if thing.uri in base.numbers}
    beside = things.rows(connection, [row for row in kept if base.rows[row] in touched])
    return _drafted(base, touched, chain(fresh, beside))


def _drafted(base: Shelf, touched: Iterable[int], rows: Iterable[tuple[int, str, Thing]]) -> Shelf:
    """The shelf with the touched things as these rows say."""
    anew = set(touched)
    old = {row: number for row, number in base.rows.items() if number not in anew} if base.rows else {}
    draft = _Draft(list(base.uris), list(base.days), dict(base.numbers), old, anew)
    for row, graph, thing in rows:
        draft.put(row, graph, thing)
    return draft.shelf(base)


@dataclass(slots=True)
class _Draft:
    """A shelf that is being made. `touched` are the things that are put on anew, or taken off."""

    uris: list[str]
    days: list[str]
    numbers: dict[str, int]
    rows: dict[int, int]
    touched: set[int]
    found: defaultdict[str, defaultdict[str, set[int]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    graphs: dict[int, str] = field(default_factory=dict)

    def put(self, row: int, graph: str, thing: Thing) -> None:
        """One row of the index."""
        number = self.numbers.setdefault(thing.uri, len(self.uris))
        if number == len(self.uris):
            self.uris.append(thing.uri)
            self.days.append(thing.day)
        self.days[number] = thing.day
        self.rows[row] = number
        self.touched.add(number)
        self.found["kind"][thing.kind].add(number)
        has_owner = False
        for facet, value in unpacked(thing.traits):
            self.found[facet][value].add(number)
            has_owner |= facet == "org"
        if not has_owner:
            self.graphs[number] = graph

    def shelf(self, base: Shelf) -> Shelf:
        """The shelf: that of before, but for what was touched."""
        untouched = ~bits(self.touched)
        sets = {facet: self._sets(base.sets.get(facet, {}), facet, untouched) for facet in _KEPT}
        kept = {number: graph for number, graph in base.graphs.items() if number not in self.touched}
        named, services = (self._lists(getattr(base, name), trait) for name, trait in _LISTS)
        return Shelf(self.rows, self.uris, self.days, sets, named, services, {**kept, **self.graphs})

    def _sets(self, before: Sets, facet: str, untouched: int) -> Sets:
        new = self.found[facet]
        found = {value: (before.get(value, 0) & untouched) | bits(new.get(value, ())) for value in {*before, *new}}
        return {value: chosen for value, chosen in found.items() if chosen}

    def _lists(self, before: Mapping[int, tuple[str, ...]], trait: str) -> dict[int, tuple[str, ...]]:
        found = defaultdict[int, list[str]](list)
        for value, numbers in self.found[trait].items():
            for number in numbers:
                found[number].append(value)
        kept = {number: values for number, values in before.items() if number not in self.touched}
        return {**kept, **{number: tuple(values) for number, values in found.items()}}


_LISTS = (("named", CONCEPT), ("services", SERVICE))
