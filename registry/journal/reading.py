"""What the journal says: the writes, newest first, with what each removed and added."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from pyoxigraph import Literal, NamedNode, Quad

from registry.journal.entries import Entry, unpack
from sparql.embedded.blobs import BlobStore
from sparql.store import Reader

_WRITES, _OF_GRAPH = (
    files(__package__).joinpath(f"{name}.rq").read_text(encoding="utf-8") for name in ("writes", "writes_of_graph")
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which writes: those of a graph, or that changed what is said of a thing; everything that is empty is all."""

    write: str = ""
    graph: str = ""
    thing: str = ""

    def has(self, entry: Entry) -> bool:
        """Whether the entry is one of them."""
        return (
            self.write in ("", entry.write)
            and (not self.graph or self.graph in entry.graphs)
            and (not self.thing or any(_is_of(quad, self.thing) for quad in (*entry.removed, *entry.added)))
        )


def writes(reader: Reader, blobs: BlobStore, wanted: Wanted) -> Iterator[Entry]:
    """The writes that are wanted, newest first; those whose journal somebody deleted are left out.

    Raises:
        StoreDamagedError: a journal is not what its name says.
    """
    rows = reader.select(_WRITES)
    found: dict[str, list[str]] = {}
    for row in rows:
        write, journal = row["write"], row["journal"]
        if isinstance(write, NamedNode) and isinstance(journal, Literal) and wanted.write in ("", write.value):
            found.setdefault(journal.value, []).append(write.value)
    for digest, named in found.items():
        try:
            entries = {entry.write: entry for entry in unpack(blobs.get(digest))}
        except KeyError:
            continue
        yield from (entries[iri] for iri in named if iri in entries and wanted.has(entries[iri]))


def writes_since(reader: Reader, blobs: BlobStore, graph: str, generation: int) -> list[Entry]:
    """What changed a graph from a generation on, that one included, in the opposite order in which it was done.

    Raises:
        KeyError: somebody deleted a journal.
        StoreDamagedError: a journal is not what its name says.
    """
    journals: dict[str, set[str]] = {}
    for row in reader.select(_OF_GRAPH, graph=NamedNode(graph)):
        write, journal, number = (getattr(row.get(name), "value", "") for name in ("write", "journal", "generation"))
        if int(number) >= generation:
            journals.setdefault(journal, set()).add(write)
    found: list[Entry] = []
    for digest, named in journals.items():
        entries = [entry for entry in unpack(blobs.get(digest)) if entry.write in named]
        found += reversed(entries)
    return found


def _is_of(quad: Quad, thing: str) -> bool:
    return any(isinstance(term, NamedNode) and term.value == thing for term in (quad.subject, quad.object))
