"""What would follow from an import: disagreements that come and go, concepts that come twice, what rests on changes.

Reads: the generation, with graphs as they would be. Writes: nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, Triple

from ontologies.namespaces import DCT, RDF, SAMSVAR, SKOS
from registry import closures
from registry.chain.resting import Resting, resting
from registry.documents import Rows
from registry.harmonisation import listing
from registry.harmonisation.candidates import keys
from registry.harmonisation.recheck import Again, belonging, comparisons, foreseen
from registry.harmonisation.records import Finding
from registry.harmonisation.relations import editorial_form
from registry.previews.difference import Difference
from registry.previews.overlay import Content, Overlay
from registry.search.entries import CONCEPTS
from registry.urls import Urls
from sparql.store import Reader

Place: TypeAlias = Literal["source", "register"]
_Likeness: TypeAlias = tuple[frozenset[str], frozenset[str]]
"""By what a disagreement is known although the texts were edited: its concepts and its kinds of evidence."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Concepts that look like one: two of the source, or one of the source and one of another catalogue."""

    term: str
    place: Place
    concepts: tuple[str, ...]
    said_by: str = ""

    def as_json(self) -> dict[str, Any]:
        """`place` is ``source`` or ``register``; `saidBy` who has the other one."""
        document: dict[str, Any] = {"term": self.term, "place": self.place, "concepts": list(self.concepts)}
        return document | ({"saidBy": self.said_by} if self.said_by else {})


@dataclass(frozen=True, slots=True)
class Settled:
    """A disagreement that the import ends."""

    uri: str
    term: str
    severity: str

    def as_json(self) -> dict[str, str]:
        """Its URI, as long as it is there."""
        return {"uri": self.uri, "term": self.term, "severity": self.severity}


@dataclass(frozen=True, slots=True)
class Planned:
    """What a graph is to hold; `touched` are the concepts that differ from what it holds now."""

    graph: NamedNode
    content: Content
    touched: frozenset[str]


def titled(graph: NamedNode, title: str) -> Triple:
    """What says, beside its content, how a graph is called."""
    return Triple(graph, DCT.title, RdfLiteral(title))


@dataclass(frozen=True, slots=True)
class Outlook:
    """What an import would bring; disagreements worst first, those for information left out.

    `touches` is what rests on things that it changes or ends.
    """

    brings: tuple[Finding, ...] = ()
    settles: tuple[Settled, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    touches: tuple[Resting, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Disagreements with the members that docs/formats.md promises."""
        return {name: list(rows) for name, rows in self.as_rows().items()}

    def as_rows(self) -> dict[str, Rows]:
        """The same, made when it is written."""
        return {
            "brings": Rows(lambda: map(listing.as_json, self.brings)),
            "settles": Rows(lambda: (each.as_json() for each in self.settles)),
            "duplicates": Rows(lambda: (each.as_json() for each in self.duplicates)),
            "touches": Rows(lambda: (each.as_json() for each in self.touches)),
        }


def outlook(reader: Reader, urls: Urls, planned: Sequence[Planned], differences: Iterable[Difference]) -> Outlook:
    """What follows when the graphs hold what is planned for them, and what rests on the things that differ."""
    changing = {head.uri: head.change for each in differences for head in each.heads if head.change != "new"}
    return replace(_compared(reader, urls, planned), touches=resting(reader, urls, changing))


def _compared(reader: Reader, urls: Urls, planned: Sequence[Planned]) -> Outlook:
    """The disagreements and duplicates."""
    touched = set[str]().union(*(each.touched for each in planned))
    if not touched:
        return Outlook()
    content = Overlay(reader, {each.graph: each.content for each in planned})
    again = foreseen(reader, content, urls, touched)
    belong = comparisons(reader, urls) if again.everything else belonging(reader, urls, again.keys, touched)
    held = _held(reader, urls, belong)
    found = [finding for finding in again.findings if finding.comparison.severity != "information"]
    likenesses = {_likeness(finding) for finding in found}
    return Outlook(
        tuple(finding for finding in found if _likeness(finding) not in held),
        tuple(settled for likeness, settled in held.items() if likeness not in likenesses),
        tuple(_duplicates(reader, planned, again)),
    )


def _likeness(finding: Finding) -> _Likeness:
    kinds = frozenset(item.kind for item in finding.comparison.evidence)
    return frozenset({finding.a.concept, finding.b.concept}), kinds


def _held(reader: Reader, urls: Urls, findings: Iterable[NamedNode]) -> dict[_Likeness, Settled]:
    """Those of the findings that are there now and are disagreements."""
    found: dict[_Likeness, Settled] = {}
    for node in sorted(findings, key=str):
        said: dict[NamedNode, list[str]] = defaultdict(list)
        for quad in reader.quads(node, None, None, urls.findings):
            said[quad.predicate].append(getattr(quad.object, "value", ""))
        severity = said[SAMSVAR.severity][0]
        if severity == "information":
            continue
        kinds = frozenset(
            getattr(quad.object, "value", "")
            for evidence in said[SAMSVAR.hasEvidence]
            for quad in reader.quads(NamedNode(evidence), SAMSVAR.evidenceKind, None, urls.findings)
        )
        concepts = frozenset(said[SAMSVAR.firstConcept] + said[SAMSVAR.secondConcept])
        found[concepts, kinds] = Settled(node.value, said[SAMSVAR.term][0], severity)
    return found


def _duplicates(reader: Reader, planned: Iterable[Planned], again: Again) -> Iterator[Duplicate]:
    for each in planned:
        typed = (triple for kind in CONCEPTS for triple in each.content.triples(None, RDF.type, kind))
        concepts = closures.concepts(typed)
        yield from _within(each.content.triples(None, SKOS.prefLabel), concepts, each.touched)
        yield from _same_uri(reader, each.graph, concepts & each.touched)
    yield from _copies(again)


def _within(labels: Iterable[Triple], concepts: Collection[str], touched: AbstractSet[str]) -> Iterator[Duplicate]:
    """Concepts of one source that have the same recommended term in the same language."""
    by_term: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for triple in labels:
        subject, label = triple.subject, triple.object
        if isinstance(subject, NamedNode) and subject.value in concepts and isinstance(label, RdfLiteral):
            by_term[label.language or "", label.value.casefold().strip()][subject.value] = label.value
    together = {
        tuple(sorted(labels)): min(labels.values()) for labels in by_term.values() if not touched.isdisjoint(labels)
    }
    yield from (Duplicate(term, "source", found) for found, term in sorted(together.items()) if len(found) > 1)


def _same_uri(reader: Reader, graph: NamedNode, concepts: Iterable[str]) -> Iterator[Duplicate]:
    """Concepts that another catalogue describes under the same URI."""
    for iri in sorted(concepts):
        others = {quad.graph_name for quad in reader.quads(NamedNode(iri), RDF.type)} - {graph}
        for other in others:
            if isinstance(other, NamedNode):
                titles = [quad.object for quad in reader.quads(other, DCT.title)]
                yield Duplicate(iri, "register", (iri,), getattr(next(iter(titles), other), "value", ""))


def _copies(again: Again) -> Iterator[Duplicate]:
    """Definitions that another catalogue has in the same words for the same term."""
    texts: dict[tuple[str, str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for other in again.others:
        for key in keys(other)[:1]:
            text = editorial_form(other.text)
            texts[key, other.language, text].append((other.concept, other.catalogue, other.said_by))
    done: set[tuple[str, str]] = set()
    for record in again.changed:
        for key in keys(record)[:1]:
            text = editorial_form(record.text)
            for concept, catalogue, said_by in texts.get((key, record.language, text), ()):
                if (
                    catalogue != record.catalogue
                    and concept != record.concept
                    and (record.concept, concept) not in done
                ):
                    done.add((record.concept, concept))
                    yield Duplicate(record.term, "register", (record.concept, concept), said_by)
