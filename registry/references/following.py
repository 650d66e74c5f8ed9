"""What concepts cite kept up to date inside a write session: links to the law, and findings about sources.

A concept is looked at again when it changes; when an act that it cites changes; and, as long as it names law that the
register does not hold, whenever law changes.

Reads: graphs of catalogues and law, derived, findings. Writes: derived (samsvar:cites ...), findings.
"""

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Triple

from importers.law.identifiers import parse_refid
from ontologies.namespaces import RDF, SAMSVAR, SKOS
from registry.derived import MANY
from registry.harmonisation import rdf
from registry.harmonisation.reader import DefinitionSource
from registry.harmonisation.source_findings import evidence_of, finding_about
from registry.references.held_acts import HeldActs, held_acts, read_acts
from registry.references.resolving import ResolvedReference, cited_sections, resolve_text
from registry.references.sources import NamedSource, sources_of, sources_of_many
from registry.urls import Urls
from sparql.store import Reader, WriteSession

_DERIVED = (SAMSVAR.cites, SAMSVAR.citesAct, SAMSVAR.openReference)


@dataclass(slots=True)
class _Citations:
    """What one concept cites: IRIs of provisions and acts, references left open, and all references by definition."""

    provisions: set[str] = field(default_factory=set)
    acts: set[str] = field(default_factory=set)
    open: set[str] = field(default_factory=set)
    references: dict[str, list[ResolvedReference]] = field(default_factory=dict)

    def triples(self, concept: NamedNode) -> Iterator[Triple]:
        """As they stand in the graph of derived things."""
        for iri in self.provisions:
            yield Triple(concept, SAMSVAR.cites, NamedNode(iri))
        for iri in self.acts:
            yield Triple(concept, SAMSVAR.citesAct, NamedNode(iri))
        for written in self.open:
            yield Triple(concept, SAMSVAR.openReference, Literal(written))


def follow(session: WriteSession, urls: Urls, concepts: Iterable[str], laws: Iterable[str]) -> None:
    """Brings citations and findings about sources up to date after changes of `concepts` and of the graphs `laws`."""
    changed = list(laws)
    touched = set(concepts)
    if changed:
        touched |= _citing(session, urls, changed)
    if touched:
        _renew(session, urls, touched, read_acts if changed else held_acts)


def follow_all(session: WriteSession, urls: Urls) -> None:
    """Computes them anew for every concept of a catalogue."""
    found = session.quads(predicate=RDF.type, object=SKOS.Concept)
    _renew(session, urls, {quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)}, read_acts)


def _citing(session: WriteSession, urls: Urls, laws: Iterable[str]) -> set[str]:
    """The concepts that cite one of these laws, and those that cite what was not held so far."""
    quads = list(session.quads(predicate=SAMSVAR.openReference, graph=urls.derived))
    for law in laws:
        if refid := parse_refid(urls.place(law).identifier):
            act = urls.mint("legislation", refid.path)
            quads += session.quads(predicate=SAMSVAR.citesAct, object=act, graph=urls.derived)
    return {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}


def _renew(session: WriteSession, urls: Urls, concepts: set[str], acts_of: Callable[[Reader], HeldActs]) -> None:
    """Computes the citations of these concepts anew; `acts_of` gives the acts, which takes a while to read."""
    named = _sources(session, concepts)
    acts = acts_of(session) if any(source.text for sources in named.values() for source in sources) else HeldActs()
    old, new = _derived(session, urls, concepts), set[Triple]()
    findings: list[Triple] = []
    records = DefinitionSource(session)
    resolved = lru_cache(10_000)(lambda text: resolve_text(session, text, acts))  # many concepts name one source
    for concept, sources in named.items():
        citations = _citations(session, urls, sources, resolved)
        new.update(citations.triples(NamedNode(concept)))
        findings += _findings(urls, records, concept, citations, acts)
    session.delete(urls.derived, old - new)
    session.insert(urls.derived, new - old)
    held = _held_findings(session, urls, concepts)
    session.delete(urls.findings, held - set(findings))
    session.insert(urls.findings, set(findings) - held)


def _sources(reader: Reader, concepts: set[str]) -> dict[str, list[NamedSource]]:
    """What those of the concepts name that stand in a catalogue and name anything."""
    found = _of_catalogues(reader, concepts)
    if len(found) > MANY:
        return sources_of_many(reader, found)
    return {concept: sources for concept in found if (sources := list(sources_of(reader, concept)))}


def _of_catalogues(reader: Reader, concepts: set[str]) -> set[str]:
    """Those that catalogues have: what a law defines has the law itself as its source."""
    if len(concepts) <= MANY:
        return {each for each in concepts if any(reader.quads(NamedNode(each), RDF.type, SKOS.Concept))}
    quads = reader.quads(None, RDF.type, SKOS.Concept)
    return concepts & {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}


def _citations(
    reader: Reader, urls: Urls, sources: Iterable[NamedSource], resolved: Callable[[str], list[ResolvedReference]]
) -> _Citations:
    found = _Citations()
    for source in sources:
        if source.provision:
            found.provisions.add(source.provision)
            found.acts.add(_act_of(urls, source.provision))
            continue
        references = resolved(source.text)
        found.provisions |= cited_sections(reader, references)
        found.acts |= {reference.act for reference in references if reference.act}
        found.open |= {one.found.written for one in references if not one.uri and one.found.standing != "eu"}
        found.references.setdefault(source.definition, []).extend(references)
    return found


def _act_of(urls: Urls, provision: str) -> str:
    """The act that a provision stands in, told from its IRI."""
    start = urls.mint("legislation", "").value
    parts = provision.removeprefix(start).split("/")
    return start + "/".join(parts[:5]) if provision.startswith(start) else provision


def _derived(session: WriteSession, urls: Urls, concepts: AbstractSet[str]) -> set[Triple]:
    if len(concepts) > MANY:
        quads = (quad for each in _DERIVED for quad in session.quads(None, each, None, urls.derived))
        return {quad.triple for quad in quads if isinstance(quad.subject, NamedNode) and quad.subject.value in concepts}
    return {
        quad.triple
        for concept in concepts
        for predicate in _DERIVED
        for quad in session.quads(NamedNode(concept), predicate, None, urls.derived)
    }


def _findings(
    urls: Urls, records: DefinitionSource, concept: str, citations: _Citations, acts: HeldActs
) -> Iterator[Triple]:
    """The findings about the concept's sources: one for each definition, in the language that it was read in first."""
    wrong = {
        definition: evidence
        for definition, references in citations.references.items()
        if (evidence := evidence_of((one, acts.are_complete(one.found)) for one in references))
    }
    done: set[str] = set()
    for record in records.records(concept) if wrong else ():
        if record.definition in wrong and record.definition not in done:
            done.add(record.definition)
            yield from rdf.to_triples(finding_about(record, wrong[record.definition]), urls)


def _held_findings(session: WriteSession, urls: Urls, concepts: AbstractSet[str]) -> set[Triple]:
    """The triples of all findings about the sources of these concepts."""
    if len(concepts) > MANY:
        quads = session.quads(None, SAMSVAR.firstConcept, None, urls.findings)
        found = {quad.subject for quad in quads if isinstance(quad.object, NamedNode) and quad.object.value in concepts}
    else:
        found = {
            quad.subject
            for concept in concepts
            for quad in session.quads(None, SAMSVAR.firstConcept, NamedNode(concept), urls.findings)
        }
    nodes = {node for node in found if isinstance(node, NamedNode)}
    about_sources = {node for node in nodes if any(session.quads(node, RDF.type, SAMSVAR.SourceFinding, urls.findings))}
    return {triple for node in about_sources for triple in rdf.triples_of(session, urls, node)}
