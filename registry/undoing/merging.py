"""A graph without what one import did to it: the rest, and what others have changed since, stays as it is.

What the import changed is put back property by property, each with the parts that it leads to; a record that it brought
or removed as a whole. Where somebody has changed the same since, nothing is put back, and that is a clash. The lists of
collections follow their records one by one.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TypeAlias

from pyoxigraph import NamedNode, Triple

from registry import closures
from registry.history.states import States
from registry.partial_sources import by_subject, points_at, standing_alone, with_parts
from registry.search.entries import found_by_search

WHOLE = ""
_Unit: TypeAlias = frozenset[Triple]
"""The triples of a thing with one property, and those of the parts that they lead to."""


@dataclass(frozen=True, slots=True)
class Clash:
    """What was not put back: a property of a thing by its IRI, or the `WHOLE` thing."""

    thing: str
    property: str = WHOLE


@dataclass(frozen=True, slots=True)
class Merged:
    """What the graph is to hold, and what of it could not be put back."""

    triples: AbstractSet[Triple]
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True, slots=True)
class _Edit:
    """What goes and comes, as it is collected. What comes may include triples that are there already."""

    gone: set[Triple] = field(default_factory=set)
    came: set[Triple] = field(default_factory=set)
    clashes: list[Clash] = field(default_factory=list)


def merged(found: States) -> Merged:
    """What the graph is to hold without what the import did."""
    if found.after == found.now:
        return Merged(found.before)
    before, after, now = (_State(each) for each in (found.before, found.after, found.now))
    records = before.records | after.records
    things = {iri for iri in closures.affected(found.before, found.after) if iri in before or iri in after}
    edit = _Edit()
    for thing in sorted(things & records):
        _undo_record(thing, (before, after, now), edit)
    kept = {clash.thing for clash in edit.clashes if clash.property == WHOLE}
    for thing in sorted(things - records):
        _undo_other(thing, (before, after, now), edit, records | now.records, kept)
    result = (found.now - edit.gone) | edit.came
    return Merged(result - _orphans(result, edit.gone, now), tuple(edit.clashes))


class _State:
    """One state of a graph, by thing."""

    def __init__(self, triples: AbstractSet[Triple]) -> None:
        self._described = by_subject(triples)
        self._things = standing_alone(self._described)
        self.records = found_by_search(triples)

    def __contains__(self, iri: str) -> bool:
        return iri in self._things

    def own(self, thing: str) -> list[Triple]:
        """What is said of a thing itself."""
        return self._described.get(thing, [])

    def unit(self, triples: AbstractSet[Triple]) -> _Unit:
        """Some triples with those of the parts that they lead to."""
        parts = {
            part for each in triples if (part := points_at(each)) not in self._things and closures.leads_to_part(each)
        }
        return frozenset((*triples, *with_parts(self._described, parts)))

    def units(self, thing: str) -> Mapping[str, _Unit]:
        """Property to unit."""
        return self.units_of(self.own(thing))

    def units_of(self, triples: list[Triple]) -> Mapping[str, _Unit]:
        """Property to unit, of some triples about one thing."""
        grouped: dict[str, set[Triple]] = {}
        for each in triples:
            grouped.setdefault(each.predicate.value, set()).add(each)
        return {name: self.unit(group) for name, group in grouped.items()}

    def parts(self, triples: AbstractSet[Triple]) -> set[str]:
        """The parts that some triples lead to."""
        return {each.subject.value for each in self.unit(triples) - triples if isinstance(each.subject, NamedNode)}


_States: TypeAlias = tuple[_State, _State, _State]


def _undo_record(thing: str, states: _States, edit: _Edit) -> None:
    """Puts a record back: property by property if it was there before and after and is there now, else as a whole."""
    before, after, now = (state.units(thing) for state in states)
    if before and after and now:
        _undo_units(thing, (before, after, now), edit)
    elif now == after:
        _replace(frozenset().union(*now.values()), frozenset().union(*before.values()), thing, edit)
    elif now != before:
        edit.clashes.append(Clash(thing))


def _undo_units(thing: str, units: tuple[Mapping[str, _Unit], ...], edit: _Edit) -> None:
    before, after, now = units
    for name in sorted(before.keys() | after.keys()):
        was, became, current = (each.get(name, frozenset()) for each in (before, after, now))
        if was in {became, current}:
            continue
        if current == became:
            _replace(current, was, thing, edit)
        else:
            edit.clashes.append(Clash(thing, name))


def _undo_other(thing: str, states: _States, edit: _Edit, records: AbstractSet[str], kept: AbstractSet[str]) -> None:
    """Puts back what is no record: links to records one by one, but for those that are `kept`; the rest by property."""
    before, after, now = ({each for each in state.own(thing) if points_at(each) in records} for state in states)
    edit.gone.update(each for each in (after - before) & now if points_at(each) not in kept)
    edit.came.update(each for each in before - after if points_at(each) not in kept)
    rest = tuple(
        state.units_of([each for each in state.own(thing) if points_at(each) not in records]) for state in states
    )
    _undo_units(thing, rest, edit)


def _replace(current: _Unit, was: _Unit, thing: str, edit: _Edit) -> None:
    edit.gone.update(each for each in current - was if each.subject == NamedNode(thing))
    edit.came.update(was)


def _orphans(result: AbstractSet[Triple], gone: AbstractSet[Triple], now: _State) -> set[Triple]:
    """What is said of parts that nothing leads to any longer, once some triples are gone."""
    lost = now.parts(gone)
    if not lost:
        return set()
    above: dict[str, set[str]] = {part: set() for part in lost}
    for subject, part in _links(result):
        if part in above and subject != part:
            above[part].add(subject)
    alive = [part for part, owners in above.items() if owners - lost]
    while alive:
        part = alive.pop()
        if part in lost:
            lost.discard(part)
            alive += [below for below, owners in above.items() if part in owners and below in lost]
    return {each for each in result if isinstance(each.subject, NamedNode) and each.subject.value in lost}


def _links(triples: AbstractSet[Triple]) -> Iterator[tuple[str, str]]:
    for each in triples:
        if isinstance(each.object, NamedNode) and isinstance(each.subject, NamedNode):
            yield each.subject.value, each.object.value
