"""The search index brought up to date with graphs that a session has written: texts to find, and things to list.

Reads: graphs. Writes: the search index.
"""

from collections.abc import Iterable

from pyoxigraph import NamedNode

from registry.search.entries import entries, entries_of
from registry.search.index import IndexWriter
from registry.search.traits import some_things_of, things_of, with_wholes
from registry.upkeep import searchable
from registry.urls import Urls
from sparql.store import WriteSession


def fill(index: IndexWriter, session: WriteSession, urls: Urls, graph: NamedNode, generation: int) -> None:
    """From `generation` on, the index has what the graph holds."""
    index.replace_graph(graph.value, entries_of(session, graph), generation)
    fill_lists(index, session, urls, graph, generation)


def fill_lists(index: IndexWriter, session: WriteSession, urls: Urls, graph: NamedNode, generation: int) -> None:
    """From `generation` on, lists have the things of the graph; the topics of a vocabulary are none."""
    things = () if urls.place(graph.value).kind == "vocabulary" else things_of(session, graph)
    index.describe(graph.value, things, generation)


def refill(index: IndexWriter, session: WriteSession, urls: Urls, graph: NamedNode, things: Iterable[str]) -> None:
    """From the session's generation on, the index has what the graph holds of some things."""
    named = frozenset(things)
    found = entries(searchable(session, graph, named))
    index.replace_things(graph.value, named, found, session.next_generation)
    if urls.place(graph.value).kind != "vocabulary":
        wholes = with_wholes(session, graph, named)
        index.describe(graph.value, some_things_of(session, graph, wholes), session.next_generation, wholes)
