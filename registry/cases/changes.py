"""What a case asks the owners of the originals to change, and whether their catalogue says so by now.

Reads: the case, concepts. Writes: nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from ontologies.namespaces import DCT, EUVOC, RDF, RDFS, SKOS
from registry.cases.case import Case
from registry.cases.closing import tie_of
from registry.cases.keeping import common_concept
from registry.catalogue.concepts import Concept, concept
from registry.catalogue.texts import Text, Texts
from registry.services import Services
from registry.urls import Urls
from sparql.store import Reader

_WRITTEN = {"new-term": "term", "new-definition": "definition", "new-note": "note", "new-subject": "subject"}
_PREDICATES = {"term": SKOS.prefLabel, "note": SKOS.scopeNote, "subject": DCT.subject}
_LINKS = {"isReplacedBy": DCT.isReplacedBy, "seeAlso": RDFS.seeAlso}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a case asks an owner to change.

    `what` is term, definition, note, subject, or a link: isReplacedBy, seeAlso or a mapping property of SKOS. `before`
    are the values that the concept has, `after` the one proposed. `adopted`: the catalogue says so now.
    """

    concept: Concept
    what: str
    before: Texts
    after: Text
    adopted: bool

    def as_json(self) -> dict[str, Any]:
        """Its members."""
        return {
            "concept": self.concept.uri,
            "property": self.what,
            "language": self.after.language or None,
            "before": [text.value for text in self.before],
            "after": self.after.value,
            "adopted": self.adopted,
        }


def changes(services: Services, found: Case) -> list[Change]:
    """What the case proposes, concept by concept; concepts of law are asked for nothing (see letters.py)."""
    reader = services.store.reader()
    known = [each for uri in found.concepts if (each := concept(reader, uri)) is not None and not each.statutory]
    return [change for each in known for change in _changes(services, found, each)]


def _changes(services: Services, found: Case, each: Concept) -> Iterator[Change]:
    reader = services.store.reader()
    chosen = found.get(f"outcome:{each.uri}")
    common = common_concept(services.urls, found)
    if chosen == "harmonise" and common and common != each.uri:
        tie = tie_of(services, found, each.uri)
        yield Change(each, tie, (), Text(common), _is_linked(reader, services.urls, each.uri, tie, common))
        if tie == "exactMatch" and (whole := concept(reader, common)) is not None:
            yield from _as_common(each, whole)
    if chosen == "differentiate":
        for field, what in _WRITTEN.items():
            if wanted := found.get(f"{field}:{each.uri}"):
                held = _texts(each, what)
                language = next((text.language for text in held if text.primary == "nb"), "nb")
                before = tuple(text for text in held if text.language == language)
                yield Change(each, what, before, Text(wanted, language), _says(held, wanted))
        for other in found.get(f"see-also:{each.uri}").split():
            yield Change(
                each, "seeAlso", (), Text(other), _is_linked(reader, services.urls, each.uri, "seeAlso", other)
            )


def _as_common(each: Concept, common: Concept) -> Iterator[Change]:
    """Term and definition of the common concept, where the original stays and has others."""
    for what in ("term", "definition"):
        held = _texts(each, what)
        for wanted in _texts(common, what):
            before = tuple(text for text in held if text.primary == wanted.primary)
            if before and not _says(before, wanted.value):
                yield Change(each, what, before, wanted, adopted=False)


def _texts(each: Concept, what: str) -> Texts:
    if what == "term":
        return each.terms
    if what == "definition":
        return tuple(text for definition in each.definitions for text in definition.texts)
    return each.notes if what == "note" else tuple(text for subject in each.subjects for text in subject.label)


def _says(held: Texts, wanted: str) -> bool:
    return any(" ".join(text.value.split()) == " ".join(wanted.split()) for text in held)


def _is_linked(reader: Reader, urls: Urls, first: str, what: str, second: str) -> bool:
    """Whether a catalogue itself says so; what was decided here is no news."""
    predicate = _LINKS.get(what, SKOS[what])
    graphs = {quad.graph_name for quad in reader.quads(NamedNode(first), predicate, NamedNode(second))}
    return bool(graphs - {urls.graph("mappings"), urls.graph("links")})


def as_triples(services: Services, proposed: list[Change]) -> Iterator[Triple]:
    """The concepts as they would read: what their catalogue says, with the changes made. For their own tools."""
    reader = services.store.reader()
    for uri in dict.fromkeys(each.concept.uri for each in proposed):
        own = [each for each in proposed if each.concept.uri == uri]
        graphs = [NamedNode(graph.uri) for graph in own[0].concept.catalogues]
        held = {quad.triple for graph in graphs for quad in reader.quads(NamedNode(uri), graph=graph)}
        held |= {
            quad.triple
            for each in held
            if each.predicate == EUVOC.xlDefinition and isinstance(each.object, NamedNode)
            for graph in graphs
            for quad in reader.quads(each.object, graph=graph)
        }
        for change in own:
            held = _changed(NamedNode(uri), held, change)
        yield from sorted(held, key=str)


def _changed(node: NamedNode, held: set[Triple], change: Change) -> set[Triple]:
    if change.what in {*_LINKS, "exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"}:
        return held | {Triple(node, _LINKS.get(change.what, SKOS[change.what]), NamedNode(change.after.value))}
    new = Literal(change.after.value, language=change.after.language or "nb")
    predicate = _PREDICATES.get(change.what, RDF.value)
    old = {(text.value, text.language) for text in change.before}
    gone = {
        each
        for each in held
        if each.predicate == predicate
        and isinstance(each.object, Literal)
        and (each.object.value, (each.object.language or "").lower()) in old
    }
    stays = held - gone if change.what in {"term", "definition"} else held
    subjects = {each.subject for each in gone} if predicate == RDF.value else {node}
    return stays | {Triple(subject, predicate, new) for subject in subjects}
