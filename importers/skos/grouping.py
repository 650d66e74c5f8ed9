"""One file to one or several catalogues: by the collection that lists a record, else by its publisher, else the file.

What is no record of its own goes wherever a record needs it; what nothing needs goes with the first catalogue.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from pyoxigraph import BlankNode, NamedNode, Triple

from importers.base import ImportOptions
from importers.minting import file_stem, organisation_number, slug
from importers.rdf.triples import Node, Term, TripleIndex
from importers.skos.things import ORGANISATIONS, Things
from ontologies.namespaces import CPSV, CPSVNO, CV, DCAT, DCATNO, DCT, MODELLDCATNO, ORGANISATION, SKOS, UNESKOS

_LISTS = (
    SKOS.member,
    DCAT.dataset,
    DCAT.service,
    MODELLDCATNO.model,
    DCATNO.containsService,
    DCATNO.containsEvent,
    DCT.hasPart,
)
_LISTED_IN = (UNESKOS.memberOf, DCT.isPartOf)
_ENDINGS = (
    (MODELLDCATNO.InformationModel, "-models"),
    (DCAT.Dataset, "-datasets"),
    (DCAT.DatasetSeries, "-datasets"),
    (DCAT.DataService, "-data-services"),
    (CPSV.PublicService, "-services"),
    (CPSVNO.Service, "-services"),
    (CV.Event, "-events"),
    (CV.LifeEvent, "-events"),
    (CV.BusinessEvent, "-events"),
    *((kind, "-organisations") for kind in ORGANISATIONS),
)
_LONGEST_ID = 80
_LANGUAGES = ("nb", "nn", "en", None)


@dataclass(slots=True)
class Group:
    """One catalogue of the file: its id, title, publisher's IRI, records, and all its triples."""

    catalogue: str
    title: str = ""
    publisher: str = ""
    records: list[Node] = field(default_factory=list)
    triples: list[Triple] = field(default_factory=list)


def group(index: TripleIndex, things: Things, options: ImportOptions, file: str) -> list[Group]:
    """The catalogues of a file without blank nodes, in the order in which the file names them."""
    holders = [holder for holder in things.holders if isinstance(holder, NamedNode)]
    by_key: dict[NamedNode | None, list[Node]]
    if options.catalogue or things.plain or len(holders) == 1:
        by_key = {holders[0] if len(holders) == 1 else None: list(things.records)}
    else:
        by_key = {holder: [] for holder in holders}
        for record, key in _keys(index, things, holders).items():
            by_key.setdefault(key, []).append(record)
    groups = {key: _group(index, key, records, options, file) for key, records in (by_key or {None: []}).items()}
    _deal(index, groups, things)
    return _united(groups.values())


def _keys(index: TripleIndex, things: Things, holders: list[NamedNode]) -> dict[Node, NamedNode | None]:
    """Each record with the holder that lists it, else its publisher's holder, else its publisher, else None."""
    listed = {member: holder for holder in reversed(holders) for link in _LISTS for member in index.nodes(holder, link)}
    own: dict[NamedNode, NamedNode] = {}
    for holder in holders:
        if (publisher := publisher_of(index, holder)) is not None:
            own[publisher] = holder
    keys: dict[Node, NamedNode | None] = {}
    for record in things.records:
        key = listed.get(record) or _named_holder(index, record, holders)
        publisher = publisher_of(index, record)
        keys[record] = key or (own.get(publisher, publisher) if publisher else None)
    return keys


def _named_holder(index: TripleIndex, record: Node, holders: list[NamedNode]) -> NamedNode | None:
    for link in _LISTED_IN:
        for value in index.nodes(record, link):
            if isinstance(value, NamedNode) and value in holders:
                return value
    return None


def publisher_of(index: TripleIndex, subject: Node) -> NamedNode | None:
    """The organisation that publishes the subject, as far as it has an IRI."""
    for predicate in (DCT.publisher, CV.hasCompetentAuthority, CV.ownedBy):
        for value in index.nodes(subject, predicate):
            if isinstance(value, NamedNode):
                return value
    return None


def _group(index: TripleIndex, key: NamedNode | None, records: list[Node], options: ImportOptions, file: str) -> Group:
    publisher = _publisher(index, key, records, options)
    kinds = (
        "" if not records or any(index.has_type(record, SKOS.Concept) for record in records) else _kind(index, records)
    )
    catalogue = options.catalogue or _catalogue_id(key, publisher, kinds, file, f"{options.uri_base}/nodes/")
    title = _title(index, key) if key is not None else ""
    return Group(catalogue, title, publisher, records)


def _publisher(index: TripleIndex, key: NamedNode | None, records: list[Node], options: ImportOptions) -> str:
    if options.publisher:
        return ORGANISATION[organisation_number(options.publisher) or options.publisher].value
    if key is not None and (own := publisher_of(index, key)) is not None:
        return own.value
    publishers = {found.value for record in records if (found := publisher_of(index, record)) is not None}
    return publishers.pop() if len(publishers) == 1 else ""


def _kind(index: TripleIndex, records: list[Node]) -> str:
    """What the first record is, as the end of an id."""
    return next((ending for kind, ending in _ENDINGS if index.has_type(records[0], kind)), "")


def _catalogue_id(key: NamedNode | None, publisher: str, kinds: str, file: str, minted: str) -> str:
    """The catalogue's id: from the collection's IRI, else the publisher, else the file's name.

    `kinds` is put behind a publisher's number where the catalogue has no concepts, so that an organisation's services
    do not replace its concepts; a publisher whose IRI begins with `minted` has no name of its own.
    """
    if key is not None and key.value != publisher:
        return id_of_iri(key.value)
    if publisher and not publisher.startswith(minted):
        return (organisation_number(publisher) or id_of_iri(publisher)) + kinds
    return slug(file_stem(file)) or "catalogue"


def id_of_iri(iri: str) -> str:
    """A readable id: host without ``www`` and the path, as a slug; a long one is cut and ends with its hash."""
    parts = urlsplit(iri)
    host = (parts.hostname or "").removeprefix("www.")
    whole = slug(unquote(f"{host}/{parts.path}/{parts.query}/{parts.fragment}")) or slug(iri) or "catalogue"
    if len(whole) <= _LONGEST_ID:
        return whole
    return f"{whole[: _LONGEST_ID - 9].rstrip('-')}-{hashlib.sha256(iri.encode()).hexdigest()[:8]}"


def _title(index: TripleIndex, holder: NamedNode) -> str:
    for predicate in (DCT.title, SKOS.prefLabel):
        titles = {text.language: text.value for text in index.literals(holder, predicate)}
        for language in (*_LANGUAGES, *titles):
            if language in titles:
                return titles[language]
    return ""


def _deal(index: TripleIndex, groups: dict[NamedNode | None, Group], things: Things) -> None:
    """Gives each group the triples of its records, its holder and of all that these need."""
    if len(groups) == 1:
        next(iter(groups.values())).triples = [_triple(*triple) for triple in index]
        return
    roots = {*things.records, *groups}
    dealt: set[Node] = set()
    for key, one in groups.items():
        mine = _needed(index, [*one.records, *([key] if key is not None else [])], roots)
        one.triples = [_triple(*triple) for node in mine for triple in _about(index, node)]
        dealt.update(mine)
    _deal_the_rest(index, groups, dealt)


def _needed(index: TripleIndex, start: Iterable[Node], roots: set[Node | None]) -> dict[Node, None]:
    found = {node: None for node in start if node in index}
    waiting = list(found)
    while waiting:
        for values in index.about(waiting.pop()).values():
            for value in values:
                if (
                    isinstance(value, NamedNode | BlankNode)
                    and value in index
                    and value not in found
                    and value not in roots
                ):
                    found[value] = None
                    waiting.append(value)
    return found


def _deal_the_rest(index: TripleIndex, groups: dict[NamedNode | None, Group], dealt: set[Node]) -> None:
    """What no record needs goes with the group of a thing that it speaks of, else with the first group."""
    group_of: dict[object, Group] = {triple.subject: one for one in groups.values() for triple in one.triples}
    first = next(iter(groups.values()))
    for node in index.subjects():
        if node in dealt:
            continue
        values = (value for about in index.about(node).values() for value in about)
        spoken_of = (group_of.get(value) for value in values if isinstance(value, NamedNode | BlankNode))
        one = next((found for found in spoken_of if found is not None), first)
        one.triples += [_triple(*triple) for triple in _about(index, node)]


def _about(index: TripleIndex, node: Node) -> Iterable[tuple[Node, NamedNode, Term]]:
    for predicate, values in index.about(node).items():
        for value in values:
            yield node, predicate, value


def _triple(subject: Node, predicate: NamedNode, value: Term) -> Triple:
    return Triple(subject, predicate, value)


def _united(groups: Iterable[Group]) -> list[Group]:
    """Groups that come out with one id are one catalogue."""
    united: dict[str, Group] = {}
    for one in groups:
        kept = united.setdefault(one.catalogue, one)
        if kept is not one:
            kept.records += one.records
            kept.triples = list(dict.fromkeys(kept.triples + one.triples))
            kept.title = kept.title or one.title
            kept.publisher = kept.publisher or one.publisher
    return list(united.values())
