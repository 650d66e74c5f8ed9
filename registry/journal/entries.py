"""What one write removed and added, as bytes to keep.

For each write a line of JSON, then the quads that it removed and those that it added, as N-Quads: `zcat` reads it.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import NamedTuple

from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize

from registry.access.acts import operator
from sparql.changes import Made, graph_node


class Author(NamedTuple):
    """Whose write it is: the id of a token and its organisation, nine digits or empty; or what writes by itself.

    `name` is what to call the latter; where all is empty, it is who runs the command.
    """

    token: str = ""
    organisation: str = ""
    name: str = ""


COMMAND_LINE = Author()


@dataclass(frozen=True, slots=True)
class Entry:
    """One write.

    `write` is the IRI of its activity in the provenance graph, `author` the id of a token, ``harvest`` with the id of a
    source, or who ran the command, `organisation` nine digits or empty, `time` ISO 8601 in UTC, `request` what was
    asked for.
    """

    write: str
    author: str
    organisation: str
    time: str
    request: str
    graphs: tuple[str, ...]
    removed: Collection[Quad]
    added: Collection[Quad]


def entry_of(write: str, author: Author, time: str, request: str, made: Mapping[str, Made]) -> Entry:
    """The entry of a write that did this to each graph."""
    removed = [quad for graph, each in made.items() for quad in _quads(graph, each.removed)]
    added = [quad for graph, each in made.items() for quad in _quads(graph, each.added)]
    return Entry(
        write,
        author.token or author.name or operator(),
        author.organisation,
        time,
        request,
        tuple(made),
        removed,
        added,
    )


def pack(entries: Iterable[Entry]) -> bytes:
    """Entries as they are kept."""
    return b"".join(piece for entry in entries for piece in _pieces(entry))


def unpack(content: bytes) -> Iterator[Entry]:
    """What `pack` packed."""
    lines = BytesIO(content)
    while line := lines.readline():
        head = json.loads(line)
        removed, added = (b"".join(islice(lines, head.pop(name))) for name in ("removed", "added"))
        head["graphs"] = tuple(head["graphs"])
        yield Entry(**head, removed=_parsed(removed), added=_parsed(added))


def _pieces(entry: Entry) -> Iterator[bytes]:
    head = {name: getattr(entry, name) for name in ("write", "author", "organisation", "time", "request", "graphs")}
    head |= {"removed": len(entry.removed), "added": len(entry.added)}
    yield json.dumps(head, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
    for quads in (entry.removed, entry.added):
        yield serialize(quads, format=RdfFormat.N_QUADS) or b""


def _quads(graph: str, triples: Iterable[Triple]) -> Iterator[Quad]:
    node = graph_node(graph)
    return (Quad(each.subject, each.predicate, each.object, node) for each in triples)


def _parsed(content: bytes) -> list[Quad]:
    return [quad for quad in parse(content, RdfFormat.N_QUADS, lenient=True) if isinstance(quad, Quad)]
