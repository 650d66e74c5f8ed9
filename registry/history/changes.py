"""What an import changed, told after it happened as its preview told it before.

Reads: what the import kept (registry/history/recording.py), else the journal. Writes: nothing.
"""

from dataclasses import dataclass, replace
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from ontologies.namespaces import SAMSVAR
from registry import closures
from registry.catalogue.import_reports import Report, read_report
from registry.catalogue.imports import ImportInfo
from registry.errors import CannotUndoError
from registry.history.recording import AFTER, BEFORE
from registry.history.states import states
from registry.previews.difference import Difference, difference
from registry.services import Services
from registry.urls import Place
from sparql.store import Reader

MOST = 500_000
"""Triples of a graph up to which the things of a first import are listed; beyond that the report's counts must do."""


@dataclass(frozen=True, slots=True)
class PastImport:
    """An import that happened: its report and its difference, each None where it is not known any longer."""

    info: ImportInfo
    place: Place
    report: Report | None
    difference: Difference | None

    def as_json(self) -> dict[str, Any]:
        """The import with `difference`, `reports` and `unreadable`, as `samsvar import --json` prints them."""
        graph = {
            "graph": self.info.graph,
            "kind": self.place.kind,
            "catalogue": self.place.identifier,
            "title": self.info.title,
        }
        found = self.difference
        told = (
            [
                {
                    **graph,
                    "counts": found.counts,
                    "others": found.others,
                    "things": [each.as_json() for each in found.things],
                }
            ]
            if found
            else []
        )
        return {
            **self.info.as_json(),
            "difference": {"graphs": told} if found else None,
            "reports": [self.report.document] if self.report else [],
            "unreadable": [],
        }


def past_import(services: Services, reader: Reader, info: ImportInfo) -> PastImport:
    """The import with what is kept of it."""
    try:
        report = read_report(services.blobs.get(info.report))
    except KeyError:
        report = None
    return PastImport(info, services.urls.place(info.graph), report, _difference(services, reader, info))


def _difference(services: Services, reader: Reader, info: ImportInfo) -> Difference | None:
    named = reader.quads(NamedNode(info.uri), SAMSVAR.difference, None, services.urls.provenance)
    digests = sorted(getattr(quad.object, "value", "") for quad in named)
    try:
        before, after = _kept(services, digests) if digests else _around(services, reader, info)
    except (KeyError, CannotUndoError):
        return None
    found = difference(before, after, closures.affected(before, after))
    return replace(found, unchanged=info.unchanged) if digests else found


def _kept(services: Services, digests: list[str]) -> tuple[set[Triple], set[Triple]]:
    """The things that differ, as they were and as they became."""
    sides: dict[object, set[Triple]] = {BEFORE: set(), AFTER: set()}
    for digest in digests:
        for quad in parse(services.blobs.get(digest), RdfFormat.N_QUADS, lenient=True):
            if isinstance(quad, Quad):
                sides[quad.graph_name].add(quad.triple)
    return sides[BEFORE], sides[AFTER]


def _around(services: Services, reader: Reader, info: ImportInfo) -> tuple[set[Triple], set[Triple]]:
    """The graph before and after: of its first import, and of a vocabulary, nothing else is kept."""
    if reader.graphs().get(info.graph, 0) > MOST:
        raise KeyError(info.graph)
    found = states(reader, services.blobs, NamedNode(info.graph), info.uri, info.generation)
    return set(found.before), set(found.after)
