"""Proposed and accepted links as tables and RDF: what goes to the owner of a catalogue."""

from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import NamedNode, Triple

from ontologies.namespaces import DCT
from registry.catalogue.labels import labelled
from registry.catalogue.texts import shown
from registry.linking.decisions import Decision
from registry.linking.proposals import Proposal
from registry.linking.things import Thing
from registry.tables import csv_text
from registry.views.context import reader, register
from registry.views.languages import language
from registry.views.rendering import CSV
from sparql.formats import RDF_FORMATS, RdfSyntax, serialise

_PROPOSED = (
    "uri",
    "kind",
    "name",
    "holder",
    "owner",
    "rank",
    "score",
    "concept",
    "term",
    "definition",
    "concept_owner",
)
_DECIDED = ("uri", "kind", "name", "concept", "term", "decision", "time", "organisation", "reason")
Decided = tuple[Decision, Thing | None]


def tables(listed: list[Proposal], decided: list[Decided], state: str) -> dict[str, Callable[[], str | bytes]]:
    """CSV of what the page lists; in RDF the links that are decided, with who decided."""
    syntaxes = {syntax.media_type: _in(syntax, decided) for syntax in RDF_FORMATS}
    return {CSV: lambda: decided_as_csv(decided) if state else proposed_as_csv(listed), **syntaxes}


def proposed_as_csv(listed: Iterable[Proposal]) -> str:
    """One line a candidate."""
    return csv_text(_PROPOSED, (line for proposal in listed for line in _candidates(proposal)))


def decided_as_csv(decided: Iterable[Decided]) -> str:
    """One line a decision."""
    return csv_text(_DECIDED, (_line(each, thing) for each, thing in decided))


def _candidates(proposal: Proposal) -> Iterator[dict[str, str]]:
    thing = proposal.thing
    for rank, candidate in enumerate(proposal.candidates, 1):
        yield {
            "uri": thing.uri,
            "kind": thing.kind,
            "name": shown(thing.words, language()),
            "holder": thing.holder,
            "owner": thing.owner,
            "rank": str(rank),
            "score": f"{candidate.score:.3f}",
            "concept": candidate.concept.uri,
            "term": candidate.concept.name(language()),
            "definition": shown(candidate.definition, language()),
            "concept_owner": candidate.owner,
        }


def _line(each: Decision, thing: Thing | None) -> dict[str, str]:
    return {
        "uri": each.thing,
        "kind": thing.kind if thing else "",
        "name": shown(thing.words, language()) if thing else "",
        "concept": each.concept,
        "term": labelled(reader(), each.concept).name(language()),
        "decision": each.outcome,
        "time": each.time,
        "organisation": each.organisation,
        "reason": each.reason,
    }


def _in(syntax: RdfSyntax, decided: list[Decided]) -> Callable[[], bytes]:
    return lambda: serialise(_triples(decided), syntax)


def _triples(decided: Iterable[Decided]) -> Iterator[Triple]:
    graph = register().urls.graph("decisions")
    for each, _ in decided:
        yield from (quad.triple for quad in reader().quads(NamedNode(each.uri), graph=graph))
        if each.outcome == "accepted":
            yield Triple(NamedNode(each.thing), DCT.subject, NamedNode(each.concept))
