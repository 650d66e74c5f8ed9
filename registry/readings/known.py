"""What reading a source led to the last time, as long as it is true: then the same bytes are not read again.

Why this is safe. An import that changes nothing depends on what is read and on what is held. What is read follows from
the source's name and bytes, the options, the title given, and the code and libraries that read: a reading is kept under
the one part of these and compares the other. What is held are the graphs that came of it. Every write to a graph, be it
an import, an undo, an update over SPARQL or a removal, is an activity in the provenance graph, with its time, the
hashes of its sources and that of its journal; these and the number of the graph's triples are its state. Where all of
that is the same, reading would find the same records unchanged, with the issues that are kept here. Bytes that differ
are read; what they say need not be compared with the graph if it is, in whatever order, the lines that made it.

Not kept is what depends on more: acts, which read as the amendments of the day say; sources that are a part only, which
leave what they lack as it is; files that became one catalogue together; tables that are read as somebody has explained
others with the same headers. In all these cases, and where nothing is kept,
the source is read.

Reads: sources, the provenance graph. Writes: `readings/` in the data directory.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any, Final

from pyoxigraph import NamedNode

import importers
import ontologies
import registry
from importers.base import Batch, ImportOptions, Source
from importers.child_reports import packed_report, unpacked_report
from importers.report import ImportReport, RecordReport
from importers.table_mapping import mapping_as_toml
from ontologies.namespaces import PROV
from registry.arrivals import Arrival, HeldContent, Kept
from registry.readings.shelf import ReadingShelf
from registry.urls import Urls
from sparql.embedded.blobs import digest_of
from sparql.store import Reader

_LIBRARIES: Final = ("pyoxigraph", "lxml", "openpyxl", "python-calamine")
EXPLAINED: Final = "table-known"
"""The issue of a table that is read as another was."""
_PACKAGES: Final = (ontologies, importers, registry)
_CODE: Final = frozenset({".py", ".tsv", ".ttl", ".toml", ".rq"})


@dataclass(frozen=True, slots=True)
class Manner:
    """How sources are read: the options, the name of an importer, the title of what carries none."""

    options: ImportOptions
    format: str | None
    title: str

    def name(self, source: str) -> str:
        """What a reading of a source of this name is kept under."""
        options = self.options
        mapping = mapping_as_toml(options.mapping) if options.mapping else None
        given = (options.uri_base, options.catalogue, options.publisher, options.strict, mapping)
        return sha256(json.dumps([source, *given, self.format, self.title]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of one register. `reader` is the newest generation."""

    shelf: ReadingShelf
    reader: Reader
    urls: Urls
    manner: Manner

    def recall(self, sources: Iterator[Source]) -> tuple[list[Arrival], Iterator[Source]]:
        """What all of the sources together would bring, if it is known; and the sources, to be read if it is not."""
        seen: list[Source] = []
        found: list[Arrival] = []
        for source in sources:
            seen.append(source)
            known = self._known(source)
            if not known:
                return [], chain(seen, sources)
            found += known
        graphs = {(each.batch.kind, each.batch.catalogue) for each in found}
        return (found if len(graphs) == len(found) else []), iter(seen)

    def are_held(self, arrivals: Sequence[Arrival]) -> bool:
        """Whether their graphs hold just what has arrived, in whatever order; then the reports say so.

        That is known where the source of each was imported before, under the same name and in the same manner.
        """
        kept = {
            (each["kind"], each["catalogue"]): each
            for arrival in arrivals
            for each in (self.shelf.get(self.manner.name(arrival.source)) or {}).get("batches", ())
        }
        if not all(self._is_as_kept(arrival, kept.get(_names(arrival))) for arrival in arrivals):
            return False
        for arrival in arrivals:
            report, graph = arrival.batch.report, self._graph(arrival.batch)
            report.generation = self.reader.generation
            report.records = [self._record(each, graph) for each in report.records]
        return True

    def keep(self, read: "Sequence[Read]") -> None:
        """Keeps what was read and is held now, for the next time."""
        if not read or self.reader.generation != max(each.report.generation or 0 for each in read):
            return  # somebody has written meanwhile
        by_file: dict[Kept, list[Read]] = {}
        for each in read:
            for file in each.arrival.files:
                by_file.setdefault(file, []).append(each)
        for file, of_file in by_file.items():
            batches = [self._batch(each) for each in of_file]
            if all(batches):
                name = self.manner.name(of_file[0].arrival.source)
                self.shelf.put(name, {"key": _key(file.digest()), "batches": batches})

    def _known(self, source: Source) -> list[Arrival]:
        kept = self.shelf.get(self.manner.name(source.name))
        if kept is None or kept.get("key") != _key(digest_of(source)):
            return []
        found: list[Arrival] = []
        for each in kept["batches"]:
            graph = self.urls.graph(each["kind"], each["catalogue"])
            if state(self.reader, self.urls, graph) != each["state"]:
                return []
            report = unpacked_report(each["report"])
            report.generation = self.reader.generation
            batch = Batch(each["catalogue"], each["kind"], each["title"], each["publisher"], (), report)
            found.append(Arrival(batch, source.name, content=(HeldContent(self.reader, graph),)))
        return found

    def _is_as_kept(self, arrival: Arrival, kept: dict[str, Any] | None) -> bool:
        if kept is None or not _is_whole(arrival):
            return False
        if kept["state"] != state(self.reader, self.urls, self._graph(arrival.batch)):
            return False
        return bool(kept["content"] == arrival.fingerprint())

    def _batch(self, read: "Read") -> dict[str, Any] | None:
        """What is kept of a batch; None where it depends on more than its source."""
        batch = read.arrival.batch
        graph = self._graph(batch)
        if graph.value not in self.reader.graphs() or not _is_whole(read.arrival) or not read.records:
            return None
        return {
            "catalogue": batch.catalogue,
            "kind": batch.kind,
            "title": batch.title,
            "publisher": batch.publisher,
            "state": state(self.reader, self.urls, graph),
            "content": read.arrival.fingerprint(),
            "report": packed_report(self._as_unchanged(read, graph)),
        }

    def _as_unchanged(self, read: "Read", graph: NamedNode) -> ImportReport:
        """The report of the same source when it is imported again."""
        report = read.report
        records = [self._record(each, graph) for each in report.records]
        return ImportReport(
            report.catalogue, report.source, report.format, records, issues=report.issues[: read.issues]
        )

    def _record(self, record: RecordReport, graph: NamedNode) -> RecordReport:
        if record.status == "stored" and self._is_held(record.subject, graph):
            return replace(record, status="unchanged")
        return record

    def _graph(self, batch: Batch) -> NamedNode:
        return self.urls.graph(batch.kind, batch.catalogue)

    def _is_held(self, subject: str, graph: NamedNode) -> bool:
        try:
            node = NamedNode(subject)
        except ValueError:
            return False
        return next(self.reader.quads(node, None, None, graph), None) is not None


@dataclass(frozen=True, slots=True)
class Read:
    """An arrival as it came, before anything was stored of it: how many records and issues its report had."""

    arrival: Arrival
    records: int
    issues: int

    @property
    def report(self) -> ImportReport:
        """The report, which goes on to say what became of it."""
        return self.arrival.batch.report


def as_read(arrivals: Iterable[Arrival]) -> list[Read]:
    """Takes note of arrivals before they are stored."""
    return [Read(each, len(each.batch.report.records), len(each.batch.report.issues)) for each in arrivals]


def _names(arrival: Arrival) -> tuple[str, str]:
    """What its graph is called."""
    return arrival.batch.kind, arrival.batch.catalogue


def _is_whole(arrival: Arrival) -> bool:
    """Whether its graph is to hold this and nothing else, and its source alone says so."""
    report = arrival.batch.report
    explained = any(issue.code == EXPLAINED for issue in report.issues)
    return arrival.batch.kind != "law" and len(arrival.files) == 1 and not report.partial and not explained


def state(reader: Reader, urls: Urls, graph: NamedNode) -> str:
    """What tells the content of a graph from any other that it had or will have: all writes to it, and its size."""
    writes = {quad.subject for quad in reader.quads(None, PROV.generated, graph, urls.provenance)}
    said = sorted(
        str(quad.triple)
        for write in writes
        if isinstance(write, NamedNode)
        for quad in reader.quads(write, None, None, urls.provenance)
    )
    return sha256("\n".join([str(reader.graphs().get(graph.value, 0)), *said]).encode()).hexdigest()


def _key(content: str) -> str:
    """The bytes of a source, by their hash, and what reads them."""
    return f"{content} {reading_code()}"


@cache
def reading_code() -> str:
    """A hash of this program and of the versions of the libraries that it reads with."""
    digest = sha256(json.dumps([sys.version, *map(version, _LIBRARIES)]).encode())
    for package in _PACKAGES:
        root = Path(package.__path__[0])
        for path in sorted(each for each in root.rglob("*") if each.suffix in _CODE):
            digest.update(f"{path.relative_to(root)} {sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()
