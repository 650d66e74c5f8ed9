"""What a case asks the owners of the originals to change, and whether their catalogue says so by now.

Reads: the case, concepts. Writes: nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ontologies.namespaces import DCT, EUVOC, RDF, RDFS, SKOS
from registry.cases.case import Case
from registry.cases.closing import tie_of
from registry.cases.keeping import common_concept
from registry.catalogue.concepts import Concept, concept
from registry.catalogue.documents import described_quads
from registry.catalogue.organisations import organisation_number
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

    @property
    def owner(self) -> str:
        """The nine digits of the organisation that is asked, "" where the concept names none."""
        return (organisation_number(self.concept.publisher.uri) or "") if self.concept.publisher else ""

    def as_json(self) -> dict[str, Any]:
        """Its members."""
        return {
            "owner": self.owner or None,
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


def as_triples(services: Services, proposed: Sequence[Change]) -> Iterator[Triple]:
    """The concepts as they would read: what their catalogue says, with the changes made. For their own tools."""
    for uri in dict.fromkeys(each.concept.uri for each in proposed):
        own = [each for each in proposed if each.concept.uri == uri]
        graphs = {graph.uri for graph in own[0].concept.catalogues}
        about = described_quads(services.store.reader(), services.urls, uri)
        held = {quad.triple for quad in about if getattr(quad.graph_name, "value", "") in graphs}
        for change in own:
            held = _changed(services.urls, NamedNode(uri), held, change)
        yield from sorted(held, key=str)


def _changed(urls: Urls, node: NamedNode, held: set[Triple], change: Change) -> set[Triple]:
    if change.what in {*_LINKS, "exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"}:
        return held | {Triple(node, _LINKS.get(change.what, SKOS[change.what]), NamedNode(change.after.value))}
    new = Literal(change.after.value, language=change.after.language or "nb")
    predicate = _PREDICATES.get(change.what, RDF.value)
    if change.what in {"note", "subject"}:
        return held | {Triple(node, predicate, new)}
    old = {(text.value, text.language) for text in change.before}
    gone = {
        each
        for each in held
        if each.predicate == predicate
        and isinstance(each.object, Literal)
        and (each.object.value, (each.object.language or "").lower()) in old
    }
    if predicate != RDF.value:
        return held - gone | {Triple(node, predicate, new)}
    return held - gone | _defined(urls, node, held, {each.subject for each in gone}, new)


def _defined(
    urls: Urls, node: NamedNode, held: set[Triple], where: set[NamedNode | BlankNode | Triple], new: Literal
) -> set[Triple]:
    """The new definition where the old one stood; else with those in other languages; else as the concept's first."""
    own = {each.object for each in held if each.subject == node and each.predicate == EUVOC.xlDefinition}
    places = where or {each.subject for each in held if each.subject in own}
    if places:
        return {Triple(place, RDF.value, new) for place in places}
    minted = urls.mint("definitions", sha256(f"{node.value} {new}".encode()).hexdigest()[:32])
    return {
        Triple(node, EUVOC.xlDefinition, minted),
        Triple(minted, RDF.type, EUVOC.XlNote),
        Triple(minted, RDF.value, new),
    }
