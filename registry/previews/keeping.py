"""Previews that wait for somebody to accept them: folders beside the generations, and in none of them.

``previews/{id}/`` holds ``preview.json`` and, for each graph, its triples and the files that they were read from.
"""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from importers.base import Batch
from importers.child_reports import report_from_json, report_json
from registry.access.tokens import Token
from registry.arrivals import Arrival, Spool
from registry.previews.plans import GraphPlan, Plan
from registry.previews.shelf import Kept, Owned, Shelf
from sparql.changes import lines
from sparql.changes import triples as read_triples

MOST = 20
"""Previews of one token that are kept; with one more the oldest goes."""
_UNKNOWN = "There is no preview {}: it was accepted, discarded or is too old. Upload the file again."


@dataclass(frozen=True, slots=True)
class Preview(Owned):
    """A preview that is kept, with the document that was shown."""

    document: dict[str, Any]
    graphs: tuple[dict[str, Any], ...]

    def as_json(self) -> dict[str, Any]:
        """What was shown, with the id and the time until which it can be accepted."""
        return {"preview": self.id, "created": self.created, "expires": self.expires, **self.document}


class PreviewStore:
    """The previews of one register."""

    def __init__(self, directory: Path, hours: float) -> None:
        self.directory = directory
        self._shelf = Shelf(directory, hours, MOST, "preview.json", _UNKNOWN)

    def put(self, plan: Plan, document: dict[str, Any], token: Token) -> Preview:
        """Keeps a preview.

        Raises:
            StoreError: no space left, or no right to write.
        """

        def write(folder: Path) -> dict[str, Any]:
            graphs = [_written(folder, number, graph) for number, graph in enumerate(plan.graphs)]
            return {"document": document, "graphs": graphs}

        return _preview(self._shelf.put(token, write))

    def get(self, name: str) -> Preview:
        """The preview of this id.

        Raises:
            NotFoundError: there is none, or its time is up.
        """
        return _preview(self._shelf.get(name))

    def arrivals(self, preview: Preview, spool: Spool) -> Iterator[tuple[Arrival, str]]:
        """What each graph is to hold, and the state that it must be in; graphs of which nothing is stored left out.

        Raises:
            NotFoundError: somebody else has accepted or discarded it meanwhile, or it is broken.
        """
        for number, graph in enumerate(preview.graphs):
            if not graph["stored"]:
                continue
            triples = tuple(read_triples(self._shelf.unpacked(preview.id, f"{number}.nt.gz")))
            names = (graph["catalogue"], graph["kind"], graph["title"], graph["publisher"])
            batch = Batch(*names, triples, report_from_json(graph["report"]))
            files = tuple(
                spool.keep([self._shelf.unpacked(preview.id, f"{number}-{each}.gz")]) for each in range(graph["files"])
            )
            yield Arrival(batch, graph["source"], files), graph["state"]

    def discard(self, name: str) -> None:
        """From now on there is no such preview."""
        self._shelf.discard(name)

    def sweep(self) -> None:
        """Removes those whose time is up, and what is left of broken ones."""
        self._shelf.sweep()


def _preview(kept: Kept) -> Preview:
    return Preview(*kept.about, kept.content["document"], tuple(kept.content["graphs"]))


def _written(folder: Path, number: int, plan: GraphPlan) -> dict[str, Any]:
    """Writes a graph's triples and files; returns what is to be known of it."""
    arrival, batch = plan.arrival, plan.arrival.batch
    (folder / f"{number}.nt.gz").write_bytes(gzip.compress(lines(arrival.triples()), 1))
    for each, file in enumerate(arrival.files):
        with gzip.open(folder / f"{number}-{each}.gz", "wb", 1) as packed:
            packed.writelines(file.pieces())
    return {
        "catalogue": batch.catalogue,
        "kind": batch.kind,
        "title": batch.title,
        "publisher": batch.publisher,
        "source": arrival.source,
        "files": len(arrival.files),
        "report": report_json(batch.report),
        "state": plan.state,
        "stored": plan.stored,
    }
