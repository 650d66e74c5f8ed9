"""Whom a case writes to: the owners of the originals, and who alone can change what is bound by law or a standard.

Reads: the case, concepts. Writes: nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from ontologies.namespaces import ELI
from registry.cases.case import Case
from registry.cases.changes import Change, changes
from registry.catalogue.concepts import Concept, concept
from registry.catalogue.texts import Reference
from registry.services import Services

__all__ = ["Letter", "letters"]


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. `kind` is owner (asks for changes), ministry or standards-body (tells of the survey).

    `to` is the organisation or the act, `who` its name where it has no IRI; `concepts` are those that it is about.
    """

    kind: str
    to: Reference | None
    who: str
    concepts: tuple[Concept, ...] = ()
    changes: tuple[Change, ...] = field(default=())


def letters(services: Services, found: Case) -> list[Letter]:
    """Owners first, then ministries, then standards bodies."""
    return [*_to_owners(changes(services, found)), *_to_the_bound(services, found)]


def _to_owners(proposed: Iterable[Change]) -> list[Letter]:
    by_owner: dict[str, list[Change]] = {}
    for each in proposed:
        by_owner.setdefault(each.concept.publisher.uri if each.concept.publisher else "", []).append(each)
    return [
        Letter(
            "owner",
            asked[0].concept.publisher,
            "",
            tuple({each.concept.uri: each.concept for each in asked}.values()),
            tuple(asked),
        )
        for asked in by_owner.values()
    ]


def _to_the_bound(services: Services, found: Case) -> list[Letter]:
    """The ministry of an act, or who owns a standard, where a concept is left as it is."""
    reader = services.store.reader()
    made: list[Letter] = []
    for uri in found.with_outcome("neither"):
        each = concept(reader, uri)
        if each is None:
            continue
        if each.statutory:
            made.append(Letter("ministry", each.act, ministry_of(services, each), (each,)))
        elif sources := [source for definition in each.definitions for source in definition.sources]:
            named = next((text.value for source in sources for text in source.text), sources[0].uri)
            made.append(Letter("standards-body", None, named, (each,)))
    return made


def ministry_of(services: Services, each: Concept) -> str:
    """The ministry that is responsible for the act of a statutory concept, "" where that is not known."""
    if each.act is None:
        return ""
    found = services.store.reader().quads(NamedNode(each.act.uri), ELI.responsibility_of)
    return next((getattr(quad.object, "value", "") for quad in found), "")
