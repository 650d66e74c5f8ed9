"""Previews that wait for somebody to accept them: folders beside the generations, and in none of them.

``previews/{id}/`` holds ``preview.json``, the rows of its long lists and, for each graph, its triples and the files
that they were read from. None of them is read whole but the first.
"""

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, cast

from importers.base import Batch
from importers.child_reports import packed_report, unpacked_report
from registry.access.tokens import Token
from registry.arrivals import Arrival, Spool
from registry.documents import KeptRows, Rows, kept, restored
from registry.previews.plans import GraphPlan, Plan
from registry.previews.shelf import Kept, Owned, Shelf

MOST = 20
"""Previews of one token that are kept; with one more the oldest goes."""
_LARGE = 1 << 17
"""Bytes of packed N-Triples of what takes long to store: some ten thousand triples."""
_UNKNOWN = "There is no preview {}: it was accepted, discarded or is too old. Upload the file again."


@dataclass(frozen=True, slots=True)
class Preview(Owned):
    """A preview that is kept, with the document that was shown; its long lists are `KeptRows`.

    `issues` are those of its files that are worth a person's eye: each with `subject`, `where` and `issue`.
    """

    document: dict[str, Any]
    graphs: tuple[dict[str, Any], ...]
    issues: KeptRows

    def as_json(self) -> dict[str, Any]:
        """What was shown, with the id and the time until which it can be accepted."""
        return {"preview": self.id, "created": self.created, "expires": self.expires, **self.document}


class PreviewStore:
    """The previews of one register."""

    def __init__(self, directory: Path, hours: float) -> None:
        self.directory = directory
        self._shelf = Shelf(directory, hours, MOST, "preview.json", _UNKNOWN)

    def put(self, plan: Plan, document: dict[str, Any], token: Token, key: str = "") -> Preview:
        """Keeps a preview; under the same `key` the same would be seen again, "" where that is not known.

        Raises:
            StoreError: no space left, or no right to write.
        """

        def write(folder: Path) -> dict[str, Any]:
            graphs = [_written(folder, number, graph) for number, graph in enumerate(plan.graphs)]
            content = {"key": key, "document": document, "graphs": graphs, "issues": Rows(lambda: _issues(document))}
            return cast("dict[str, Any]", kept(folder, content))

        return self._preview(self._shelf.put(token, write))

    def again(self, key: str, token: Token) -> Preview | None:
        """A preview like the newest that this token has under this key; None where it has none.

        Raises:
            StoreError: as `put`.
        """
        found = self._shelf.newest(token, lambda kept: kept.content.get("key") == key)
        return self._preview(self._shelf.again(found, token)) if found else None

    def is_large(self, preview: Preview) -> bool:
        """Whether accepting it may take long, or much memory."""
        texts = (self._shelf.directory / preview.id).glob("*.nt.gz")
        return sum(path.stat().st_size for path in texts) > _LARGE

    def get(self, name: str) -> Preview:
        """The preview of this id.

        Raises:
            NotFoundError: there is none, or its time is up.
        """
        return self._preview(self._shelf.get(name))

    def arrivals(self, preview: Preview, spool: Spool) -> Iterator[tuple[Arrival, str]]:
        """What each graph is to hold, and the state that it must be in; graphs of which nothing is stored left out.

        Raises:
            NotFoundError: somebody else has accepted or discarded it meanwhile, or it is broken.
        """
        for number, graph in enumerate(preview.graphs):
            if not graph["stored"]:
                continue
            [report] = graph["report"]
            batch = Batch(
                graph["catalogue"], graph["kind"], graph["title"], graph["publisher"], (), unpacked_report(report)
            )
            content = spool.keep(self._shelf.pieces(preview.id, f"{number}.nt.gz"))
            files = tuple(
                spool.keep(self._shelf.pieces(preview.id, f"{number}-{each}.gz")) for each in range(graph["files"])
            )
            yield Arrival(batch, graph["source"], files, (content,)), graph["state"]

    def discard(self, name: str) -> None:
        """From now on there is no such preview."""
        self._shelf.discard(name)

    def sweep(self) -> None:
        """Removes those whose time is up, and what is left of broken ones."""
        self._shelf.sweep()

    def _preview(self, found: Kept) -> Preview:
        content = restored(self.directory / found.id, found.content)
        return Preview(*found.about, content["document"], tuple(content["graphs"]), content["issues"])


def _issues(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for report in document["reports"]:
        of_all = {"subject": "", "where": {}, "issues": report["issues"]}
        for record in chain((of_all,), report["records"]):
            for issue in record["issues"]:
                if issue["severity"] != "information":
                    about = record["subject"] or report["source"]
                    yield {"subject": about, "where": record["where"], "issue": issue}


def _written(folder: Path, number: int, plan: GraphPlan) -> dict[str, Any]:
    """Writes a graph's triples and files; returns what is to be known of it."""
    arrival, batch = plan.arrival, plan.arrival.batch
    with gzip.open(folder / f"{number}.nt.gz", "wb", 1) as packed:
        packed.writelines(arrival.portions())
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
        "report": Rows(lambda: [packed_report(batch.report)]),
        "state": plan.state,
        "stored": plan.stored,
    }
