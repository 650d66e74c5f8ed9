"""A session whose new graphs are read from the text that they were loaded from.

The engine looks up every term of every quad that it gives back, which takes five times as long as parsing the text.
"""

from collections.abc import Iterator, Mapping

from pyoxigraph import DefaultGraph, NamedNode, Quad

from registry.arrivals import Arrival
from registry.harmonisation.facts import READ, Facts, FactsOf, facts_in, read_whole
from registry.statements import Statements
from sparql.embedded.stored_form import as_stored
from sparql.store import Quads, Term


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
        """Quads that match the pattern; None matches anything."""
        return self._session.quads(subject, predicate, object, graph)

    def facts(self, graph: NamedNode) -> FactsOf:
        """What a graph says of a thing, as the store would give it back; of one that was loaded, told from its text."""
        if graph not in self._arrivals:
            return read_whole(self._session, graph)
        statements = Statements(self._arrivals[graph].portions(), READ)

        def facts_of(thing: NamedNode) -> Facts:
            return facts_in(as_stored(statements.of(thing)))

        return facts_of
