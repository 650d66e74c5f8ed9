"""The things that imports changed, in the order in which that happened, from wherever a client stopped reading."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from ontologies.namespaces import DCT, PROV, RDF, XSD
from registry.catalogue.imports import ImportInfo
from registry.errors import BadRequestError
from registry.feeds.following import Concerned, imports_of
from registry.history.changes import past_import
from registry.previews.difference import OTHER, ThingChange
from registry.services import Services
from sparql.store import Reader

_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})-(\d{1,9})")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a client stopped: the generation, the import within it and the things of that it has read."""

    generation: int = 0
    within: int = 0
    things: int = 0

    def __str__(self) -> str:
        return f"{self.generation}-{self.within}-{self.things}"


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that an import made new, changed or retired. `place` is just behind it."""

    thing: ThingChange
    by: ImportInfo
    place: Place

    def as_json(self) -> dict[str, Any]:
        """The thing with what changed, and which import did it when."""
        return {**self.thing.as_json(), "at": self.by.ended, "import": self.by.uri, "graph": self.by.graph}


def place_of(text: str) -> Place:
    """A place as clients send it back; the beginning for "".

    Raises:
        BadRequestError: the register never said such a place.
    """
    found = _PLACE.fullmatch(text or str(Place()))
    if found is None:
        raise BadRequestError("The parameter after is what the answer before said as next.")
    return Place(*map(int, found.groups()))


def moment_of(text: str) -> datetime:
    """An ISO 8601 date or time; in UTC where it names no zone.

    Raises:
        ValueError: it is none.
    """
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def changed(services: Services, reader: Reader, concern: Concerned, since: datetime, after: Place) -> Iterator[Changed]:
    """The changes of imports that ended at or after a time, oldest first, behind a place."""
    within: dict[int, int] = {}
    for info in sorted(imports_of(reader, concern), key=lambda one: (one.generation, one.uri)):
        number = within[info.generation] = within.get(info.generation, -1) + 1
        place = Place(info.generation, number, 0)
        if moment_of(info.ended) < since or (place.generation, place.within) < (after.generation, after.within):
            continue
        read = after.things if (place.generation, place.within) == (after.generation, after.within) else 0
        for position, thing in islice(enumerate(things_of(services, reader, info, concern), 1), read, None):
            yield Changed(thing, info, Place(info.generation, number, position))


def things_of(services: Services, reader: Reader, info: ImportInfo, concern: Concerned) -> Iterator[ThingChange]:
    """The things of interest that one import changed; none where that is not known any longer."""
    difference = past_import(services, reader, info).difference
    if difference is None or difference.tell is None:
        return
    for head in difference.heads:
        if head.kind != OTHER and (concern.things is None or head.uri in concern.things):
            yield difference.tell(head)


def as_triples(changes: Iterable[Changed]) -> Iterator[Triple]:
    """The changes as provenance: each import generated what is new or changed, and invalidated what is gone."""
    for each in changes:
        activity = NamedNode(each.by.uri)
        relation = PROV.invalidated if each.thing.change == "gone" else PROV.generated
        yield Triple(activity, RDF.type, PROV.Activity)
        yield Triple(activity, PROV.endedAtTime, Literal(each.by.ended, datatype=XSD.dateTime))
        yield Triple(activity, relation, NamedNode(each.thing.uri))
        if each.thing.change != "gone":
            yield Triple(NamedNode(each.thing.uri), DCT.modified, Literal(each.by.ended, datatype=XSD.dateTime))
