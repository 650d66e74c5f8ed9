"""What lists choose things by beside what their own graphs say: findings, events, law that is cited, the whole's owner.

Reads: every graph, through indexes of the store. Kept for a generation.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from ontologies.namespaces import ORG, SAMSVAR
from registry.browsing.shelf import Sets, Shelf, bits, members, shelf_of
from registry.catalogue.graphs import graphs
from registry.catalogue.organisations import organisation_number
from registry.catalogue.per_generation import per_generation
from registry.chain import walking
from registry.chain.neighbours import Neighbours
from registry.harmonisation.finding_table import finding_table
from registry.search.index import SearchIndex
from registry.urls import Urls
from sparql.store import Reader

FACETS = (
    *("kind", "org", "theme", "access", "licence", "file_format", "status", "area", "event"),
    *("links", "disagreement"),
)
"""In the order of the page."""
YES, NO = "yes", "no"
_LINKING = ("concept", "information-model", "dataset", "data-service", "service", "event")
"""Kinds of things that name concepts, or ought to."""
_PATHS = tuple(
    NamedNode(
        "https://raw.githubusercontent.com/Informasjonsforvaltning/"
        f"{catalogue}/{branch}/src/main/resources/ontology/{catalogue}.owl#orgPath"
    )
    for catalogue in ("organization-catalog", "organization-catalogue")
    for branch in ("main", "master")
)
"""The property by which the national directory says where an organisation stands, after every name it has had."""
_DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Facets:
    """The things of a generation and all facets; `above` has what each organisation is a part of."""

    shelf: Shelf
    sets: Mapping[str, Sets]
    above: Mapping[str, str]


@per_generation
def facets(reader: Reader, index: SearchIndex, urls: Urls) -> Facets:
    """The facets of a generation."""
    shelf = shelf_of(index, reader.generation)
    above = _above(reader)
    sets = {
        **shelf.sets,
        "org": _with_parts(_owned(reader, shelf), above),
        "area": _areas(reader, shelf),
        "event": _events(reader, shelf, urls),
        "links": _yes_or_no(bits(shelf.named), _of_kinds(shelf)),
        "disagreement": _yes_or_no(_disagreeing(reader, shelf), shelf.everything),
    }
    return Facets(shelf, sets, above)


def _of_kinds(shelf: Shelf) -> int:
    found = 0
    for kind in _LINKING:
        found |= shelf.sets.get("kind", {}).get(kind, 0)
    return found


def _yes_or_no(chosen: int, among: int) -> Sets:
    return {value: each for value, each in ((YES, chosen & among), (NO, among & ~chosen)) if each}


def _owned(reader: Reader, shelf: Shelf) -> Sets:
    """Things by organisation; what names none is the publisher's of its catalogue."""
    publishers = {uri: info.publisher.uri for uri, info in graphs(reader).items() if info.publisher}
    found = defaultdict[str, list[int]](list)
    for number, graph in shelf.graphs.items():
        if publisher := publishers.get(graph):
            found[organisation_number(publisher) or publisher].append(number)
    own = shelf.sets.get("org", {})
    return {value: own.get(value, 0) | bits(found.get(value, ())) for value in {*own, *found}}


def _above(reader: Reader) -> dict[str, str]:
    """What each organisation is a part of: numbers; the outermost are kinds of organisations such as STAT."""
    found: dict[str, str] = {}
    for quad in reader.quads(predicate=ORG.subOrganizationOf):
        part, whole = (organisation_number(str(node)) for node in (quad.subject, quad.object))
        if part and whole and part != whole:
            found.setdefault(part, whole)
    for each in _PATHS:
        for quad in reader.quads(predicate=each):
            steps = [step for step in getattr(quad.object, "value", "").split("/") if step]
            found.update(zip(steps[1:], steps, strict=False))
    return found


def _with_parts(owned: Sets, above: Mapping[str, str]) -> Sets:
    """Each organisation with what its parts own."""
    found = dict(owned)
    for value, chosen in owned.items():
        for whole in wholes(value, above):
            found[whole] = found.get(whole, 0) | chosen
    return found


def wholes(value: str, above: Mapping[str, str]) -> Iterator[str]:
    """What an organisation is a part of, the nearest first."""
    for _ in range(_DEEPEST):
        value = above.get(value, "")
        if not value:
            return
        yield value


def _areas(reader: Reader, shelf: Shelf) -> Sets:
    """Things by legal area: law, and the concepts that cite it."""
    own = shelf.sets.get("area", {})
    numbers = shelf.numbers
    citing = defaultdict[int, set[int]](set)
    for quad in reader.quads(predicate=SAMSVAR.cites):
        concept, provision = (getattr(node, "value", "") for node in (quad.subject, quad.object))
        act = numbers.get(provision, numbers.get(provision.rpartition("/")[0]))
        if act is not None and concept in numbers:
            citing[act].add(numbers[concept])
    acts = bits(citing)
    found = dict[str, int]()
    for area, chosen in own.items():
        further = (concept for act in members(chosen & acts, citing) for concept in citing[act])
        found[area] = chosen | bits(further)
    return found


def _events(reader: Reader, shelf: Shelf, urls: Urls) -> Sets:
    """Events with all that they rest on: services, what these need, the concepts of that, and the law."""
    neighbours = Neighbours(reader, urls)
    kind = shelf.sets.get("kind", {}).get("event", 0)
    events = [shelf.uris[number] for number in members(kind, range(len(shelf.uris)))]
    return {event: shelf.set_of(walking.foundations(neighbours, event).kinds) for event in events}


def _disagreeing(reader: Reader, shelf: Shelf) -> int:
    """Concepts with findings, and what names such a concept."""
    concepts = {concept for row in finding_table(reader).rows for concept in row.concepts}
    naming = (number for number, named in shelf.named.items() if not concepts.isdisjoint(named))
    return shelf.set_of(concepts) | bits(naming)
