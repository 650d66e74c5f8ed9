"""What there is to dump, and its bytes: read from one generation, a piece at a time, however large it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files

from pyoxigraph import NamedNode, Triple

from registry.catalogue.graphs import GraphInfo, graphs
from registry.catalogue.per_generation import per_generation
from registry.catalogue.queries import iri
from registry.urls import Urls
from sparql.formats import DATASET_FORMATS, RDF_FORMATS, RdfSyntax
from sparql.store import Reader
from sparql.streaming import document
from sparql.updating.own_graphs import own_graphs

WHOLE = "register"
"""The name of the dump of everything but the register's own graphs."""
SYNTAXES: dict[str, RdfSyntax] = {syntax.suffix: syntax for syntax in (*RDF_FORMATS, *DATASET_FORMATS)}
"""By suffix."""
_LAST_WRITES = files(__package__).joinpath("last_writes.rq").read_text(encoding="utf-8")
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Dump:
    """One thing to dump: the graphs by IRI, and what was written in them last.

    `generation` is that of the last write, `modified` its time; while both are the same, so is the content. `about` is
    the catalogue's graph, None of the whole.
    """

    name: str
    graphs: tuple[str, ...]
    triples: int
    generation: int
    modified: datetime
    about: GraphInfo | None = None

    @property
    def state(self) -> str:
        """What tells one content of this dump from another."""
        return f"{self.generation}-{self.triples}"


@per_generation
def dumps(reader: Reader, urls: Urls) -> dict[str, Dump]:
    """What there is to dump, by name: the whole, then each catalogue by its id."""
    sizes = reader.graphs()
    public = tuple(sorted(sizes.keys() - own_graphs(urls.base)))
    known = sorted(graphs(reader).values(), key=lambda info: info.identifier)
    catalogues = {each.identifier: _dump(reader, each.identifier, (each.uri,), each) for each in known if _is_one(each)}
    return {WHOLE: _dump(reader, WHOLE, public, None), **catalogues}


def pieces(reader: Reader, dump: Dump, syntax: RdfSyntax) -> Iterator[bytes]:
    """The document; what says in which graph a statement stands is made of the lines of each graph."""
    if syntax in DATASET_FORMATS:
        for graph in dump.graphs:
            yield from _in_graph(reader.n_triples(NamedNode(graph)), graph, syntax)
        return
    content = document(_triples(reader, dump), syntax)
    yield from (content,) if isinstance(content, bytes) else content


def _is_one(info: GraphInfo) -> bool:
    return info.kind == "catalogue" and info.identifier != WHOLE


def _in_graph(lines: bytes, graph: str, syntax: RdfSyntax) -> Iterator[bytes]:
    name = f"<{graph}>".encode()
    if syntax.suffix == "trig":
        yield from (name, b" {\n", lines, b"}\n")
        return
    for line in lines.splitlines():
        yield line.removesuffix(b".") + name + b" .\n"


def _triples(reader: Reader, dump: Dump) -> Iterator[Triple]:
    for graph in dump.graphs:
        for quad in reader.quads(graph=NamedNode(graph)):
            yield quad.triple


def _dump(reader: Reader, name: str, of: tuple[str, ...], about: GraphInfo | None) -> Dump:
    sizes, written = reader.graphs(), _written(reader)
    last = max((written[graph] for graph in of if graph in written), default=(0, _BEGINNING))
    return Dump(name, of, sum(sizes.get(graph, 0) for graph in of), last[0], last[1], about)


@per_generation
def _written(reader: Reader) -> dict[str, tuple[int, datetime]]:
    found = {}
    for row in reader.select(_LAST_WRITES):
        time = datetime.fromisoformat(iri(row, "time"))
        time = (time if time.tzinfo else time.replace(tzinfo=UTC)).replace(microsecond=0)
        found[iri(row, "graph")] = (int(iri(row, "generation")), time)
    return found
