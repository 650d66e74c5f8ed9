"""What lists choose things by, read from the graph that describes them: organisation, theme, access, format ...

What other graphs say (findings, life events, the organisation of a whole catalogue) is added where lists are made
(`registry/browsing/`). Reads: one graph. Writes: nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import (
    ADMS,
    CPSVNO,
    CV,
    DCAT,
    DCT,
    ELI,
    EUVOC,
    MODELLDCATNO,
    RDF,
    SKOS,
)
from registry.catalogue.definitions import code_of
from registry.catalogue.organisations import organisation_number
from registry.catalogue.resources import access_code
from registry.quality.dataset_indicators import LICENCES
from registry.quality.file_formats import format_name
from registry.search.entries import KINDS
from registry.search.things import Thing, packed
from sparql.store import Quads, Term

FACETS = ("org", "theme", "access", "licence", "file_format", "status", "area", "event")
"""Facets that are kept as traits. `area` is a legal area, `org` an organisation number, a URI or a ministry's name."""
CONCEPT, SERVICE = "concept", "service"
"""Traits that are no facets: a concept that the thing names, and a service of an event."""
WIDER = " > "
"""Between a legal area and one within it."""

Values: TypeAlias = Callable[[Term, NamedNode], Sequence[Term]]
"""Gives the values of a property of a thing."""

_OWNERS = (DCT.publisher, CV.hasCompetentAuthority, CV.ownedBy, DCT.creator, ELI.responsibility_of)
_THEMES = (DCAT.theme, CV.thematicArea)
_STATUS = (EUVOC.status, ADMS.status)
_DAYS = (DCT.modified, DCT.issued, ELI.date_document)
_DAY = 10
_PARTS = (DCAT.distribution, MODELLDCATNO.containsModelElement, MODELLDCATNO.hasProperty)
"""Properties from a thing, or a part of it, to parts whose traits are the thing's."""
_RELATED = (
    *(SKOS[name] for name in ("related", "broader", "narrower")),
    *(SKOS[f"{name}Match"] for name in ("exact", "close", "broad", "narrow", "related")),
)
_TRIGGERS = (DCT.relation, CPSVNO.mayTrigger, CPSVNO.mayTriggerNeedFor)


def things_of(reader: Quads, graph: NamedNode) -> Iterator[Thing]:
    """All things of a graph, as lists need them. Each property is read whole: a million triples need not all be."""
    columns = dict[NamedNode, defaultdict[Term, list[Term]]]()

    def values(thing: Term, predicate: NamedNode) -> Sequence[Term]:
        if predicate not in columns:
            column = columns[predicate] = defaultdict[Term, list[Term]](list)
            for quad in reader.quads(None, predicate, None, graph):
                column[quad.subject].append(quad.object)
        return columns[predicate].get(thing, ())

    kinds: dict[Term, str] = {}
    for each, kind in KINDS.items():
        kinds |= dict.fromkeys((quad.subject for quad in reader.quads(None, RDF.type, each, graph)), kind)
    return _described(kinds, values)


def some_things_of(reader: Quads, graph: NamedNode, uris: Iterable[str]) -> Iterator[Thing]:
    """Some things of a graph, asked for one by one."""

    def values(thing: Term, predicate: NamedNode) -> Sequence[Term]:
        if not isinstance(thing, NamedNode):
            return ()
        return [quad.object for quad in reader.quads(thing, predicate, None, graph)]

    nodes = [NamedNode(uri) for uri in uris]
    kinds: dict[Term, str] = {
        node: KINDS[each]
        for node in nodes
        for each in values(node, RDF.type)
        if isinstance(each, NamedNode) and each in KINDS
    }
    acts: dict[Term, str] = dict.fromkeys(_acts(reader, graph), KINDS[ELI.LegalResource]) if kinds else {}
    return (thing for thing in _described({**acts, **kinds}, values) if NamedNode(thing.uri) in kinds)


def with_wholes(reader: Quads, graph: NamedNode, uris: Iterable[str]) -> set[str]:
    """The things, and those of which they are distributions, elements or properties."""
    found = set(uris)
    waiting = list(found)
    while waiting:
        part = NamedNode(waiting.pop())
        subjects = {quad.subject for each in _PARTS for quad in reader.quads(None, each, part, graph)}
        wholes = {node.value for node in subjects if isinstance(node, NamedNode)} - found
        found |= wholes
        waiting += wholes
    return found


def _is_node(thing: Term) -> bool:
    return not isinstance(thing, Literal)


@dataclass(frozen=True, slots=True)
class _Law:
    """What all definitions of an act have from the act."""

    traits: tuple[tuple[str, str], ...] = ()
    day: str = ""


def _described(kinds: Mapping[Term, str], values: Values) -> Iterator[Thing]:
    acts = [node for node, kind in kinds.items() if kind == "legislation"]
    law = _law(acts, values)
    for node, kind in kinds.items():
        if isinstance(node, NamedNode):
            own = law if kind in {"legislation", "law-concept"} else _Law()
            traits = (*_traits(node, kind, values), *own.traits)
            yield Thing(node.value, kind, _day(node, values) or own.day, packed(traits))


def _law(acts: Sequence[Term], values: Values) -> _Law:
    areas = (area for act in acts for area in _texts(act, values, DCT.subject))
    wider = ((area.split(WIDER), area.count(WIDER) + 1) for area in areas)
    found = [("area", WIDER.join(parts[:count])) for parts, most in wider for count in range(1, most + 1)]
    found += [("org", name) for act in acts for name in _owners(act, values)]
    return _Law(tuple(found), max((_day(act, values) for act in acts), default=""))


def _traits(thing: NamedNode, kind: str, values: Values) -> Iterator[tuple[str, str]]:
    yield from (("org", owner) for owner in _owners(thing, values))
    yield from (("status", code_of(value).upper()) for value in _texts(thing, values, *_STATUS)[:1])
    yield from (("theme", _theme(value)) for value in _texts(thing, values, *_THEMES))
    if kind == "concept":
        yield from (("theme", _theme(value)) for value in _subjects(thing, values))
    yield from (("access", code) for code in map(access_code, _texts(thing, values, DCT.accessRights)) if code)
    parts = [thing, *_below(thing, values)]
    licences = [value for part in parts for value in _texts(part, values, DCT.license)]
    if licences:
        yield "licence", "open" if any(value.startswith(LICENCES) for value in licences) else "other"
    for part in parts:
        yield from (("file_format", format_name(value)) for value in _forms(part, values))
    yield from ((CONCEPT, concept) for concept in _concepts(thing, kind, parts, values))
    yield from _joined(thing, kind, values)


def _concepts(thing: NamedNode, kind: str, parts: Sequence[Term], values: Values) -> Iterator[str]:
    """The concepts that a description names; those that a concept is related to."""
    if kind in {"concept", "law-concept"}:
        yield from _iris(thing, values, *_RELATED)
    elif kind != "legislation":
        yield from (concept for part in parts for concept in _iris(part, values, DCT.subject))


def _joined(thing: NamedNode, kind: str, values: Values) -> Iterator[tuple[str, str]]:
    """Which events a service is grouped by, which services an event leads to."""
    if kind == "service":
        yield from (("event", event) for event in _iris(thing, values, CV.isGroupedBy))
    if kind == "event":
        yield "event", thing.value
        yield from ((SERVICE, service) for service in _iris(thing, values, *_TRIGGERS))


def _below(thing: Term, values: Values) -> Iterator[Term]:
    """The parts of a thing: distributions; elements with their properties."""
    for predicate in _PARTS:
        for part in values(thing, predicate):
            if _is_node(part) and part != thing:
                yield part
                yield from values(part, MODELLDCATNO.hasProperty)


def _owners(thing: Term, values: Values) -> list[str]:
    """The first property that names an owner, each owner as a number where it has one."""
    for predicate in _OWNERS:
        if named := _texts(thing, values, predicate):
            return [organisation_number(one) or one for one in named]
    return []


def _forms(part: Term, values: Values) -> Iterator[Term]:
    return (value for predicate in (DCT["format"], DCAT.mediaType) for value in values(part, predicate))


def _subjects(thing: Term, values: Values) -> list[str]:
    """The subjects of a concept: IRIs, and words in one language, bokmål where it is there."""
    found = values(thing, DCT.subject)
    by_language = defaultdict[str, list[str]](list)
    for each in found:
        if isinstance(each, Literal):
            by_language[(each.language or "").partition("-")[0]].append(each.value)
    first = next((by_language[tag] for tag in ("nb", "no", "", "nn") if tag in by_language), None)
    words = first if first is not None else [word for each in by_language.values() for word in each]
    return [*words, *(each.value for each in found if isinstance(each, NamedNode))]


def _theme(value: str) -> str:
    """A theme of the EU as its authority table writes it; others are as they are."""
    return value.replace("https://publications.europa.eu/", "http://publications.europa.eu/")


def _day(thing: Term, values: Values) -> str:
    """The date of the last change, else of the first publication, of an act else its own."""
    for predicate in _DAYS:
        if days := [value[:_DAY] for value in _texts(thing, values, predicate) if value[:4].isdecimal()]:
            return max(days)
    return ""


def _texts(thing: Term, values: Values, *predicates: NamedNode) -> list[str]:
    return sorted({getattr(each, "value", "") for one in predicates for each in values(thing, one)} - {""})


def _iris(thing: Term, values: Values, *predicates: NamedNode) -> set[str]:
    found = (each for one in predicates for each in values(thing, one))
    return {each.value for each in found if isinstance(each, NamedNode)}


def _acts(reader: Quads, graph: NamedNode) -> Iterator[Term]:
    return (quad.subject for quad in reader.quads(None, RDF.type, ELI.LegalResource, graph))
