"""A session whose new graphs are read from the text that they were loaded from.

The engine looks up every term of every quad that it gives back, which takes five times as long as parsing the text.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from registry.arrivals import Arrival
from sparql.embedded.session import as_stored
from sparql.store import Quads, Term

_AT_A_TIME = 10_000


class JustLoaded:
    """The quads of a session; `arrivals` are what it has loaded, by graph."""

    def __init__(self, session: Quads, arrivals: Mapping[NamedNode, Arrival]) -> None:
        self._session = session
        self._arrivals = arrivals

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,  # noqa: A002 - RDF's own word
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """Quads that match the pattern; None matches anything. A whole graph may give a quad more than once."""
        if isinstance(graph, NamedNode) and graph in self._arrivals and (subject, predicate, object) == (None,) * 3:
            triples = _as_stored(self._arrivals[graph].triples())
            return (Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)
        return self._session.quads(subject, predicate, object, graph)


def _as_stored(triples: Iterable[Triple]) -> Iterator[Triple]:
    """The triples as the store gives them back, a few at a time."""
    rest = iter(triples)
    while some := list(islice(rest, _AT_A_TIME)):
        yield from as_stored(some)
