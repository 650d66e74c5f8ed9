"""What one session writes that is no import: SPARQL updates and uploads, one or many, followed up once for all.

A small change is followed triple by triple, a large one by comparing whole graphs. What follows from the changes
(derived things, findings, the search index, provenance, the journal) is done when the session ends, for all together.

Reads: changes (sparql/changes.py). Writes: the graphs they name, derived, findings, provenance, the index, blobs.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial

from pyoxigraph import NamedNode

from registry import provenance
from registry.journal.entries import Author, Entry, entry_of, pack
from registry.provenance import Deed
from registry.published.screening import refuse_reused
from registry.published.uris import PublishedUris
from registry.search.filling import fill, refill
from registry.search.index import IndexWriter, SearchIndex
from registry.skolem import with_random_iris
from registry.upkeep import Changes, bring_up_to_date, changes_between, concepts_among, owners
from registry.urls import Urls
from sparql.changes import DEFAULT, GraphChange, Made
from sparql.changes import Changes as Writes
from sparql.embedded.blobs import BlobStore, digest_of
from sparql.embedded.files import at_once
from sparql.embedded.generations import KEPT
from sparql.store import WriteSession

_SMALL = 2_000
"""Triples up to which a change is followed triple by triple."""


@dataclass(slots=True)
class _Touched:
    """The things of one graph whose entries in the search index are to be made anew; `whole` is all of them."""

    things: frozenset[str] = frozenset()
    whole: bool = False


@dataclass(slots=True)
class Writing:
    """The writes of one session; `finish` does what follows from all of them.

    `behind` is what the derived graph and the findings have not been brought up to date with yet.
    """

    session: WriteSession
    urls: Urls
    index: SearchIndex
    blobs: BlobStore
    published: PublishedUris
    touched: dict[str, _Touched] = field(default_factory=dict)
    behind: dict[NamedNode, Changes] = field(default_factory=dict)
    journal: list[tuple[Entry, Deed]] = field(default_factory=list)

    def write(self, writes: Writes, deed: Deed) -> None:
        """Makes the changes of one request, and writes down what they did.

        Raises:
            UriReusedError: a thing would become another kind of thing; nothing of the request is written.
        """
        refuse_reused(self.published, self.session, writes, self.session.generation)
        made = {graph: self._change(graph, change) for graph, change in writes.graphs.items()}
        made = {graph: each for graph, each in made.items() if each.different}
        if not made:
            return
        for graph in made:
            self._describe(graph, deed)
        activity = provenance.new_update(self.urls, self.session)
        entry = entry_of(activity.value, Author(deed.token, deed.organisation), provenance.now(), deed.request, made)
        self.journal.append((entry, deed))

    def finish(self) -> None:
        """Derives, compares and indexes what was touched, and keeps the journal."""
        if not self.journal:
            return
        content = pack(entry for entry, _ in self.journal)
        at_once([self.catch_up, self._indexed(), partial(self.blobs.put, content)])
        provenance.record_updates(self.session, self.urls, self.journal, digest_of(content))

    def catch_up(self) -> None:
        """Brings what is derived and found up to date, for who looks at it in the middle of the session."""
        if self.behind:
            changed, self.behind = self.behind, {}
            bring_up_to_date(self.session, self.urls, changed)

    def _indexed(self) -> Callable[[], None]:
        """Refreshes the search index; what is returned puts it on disk, and must be called."""
        with ExitStack() as stack:
            index = stack.enter_context(self.index.writing())
            index.discard_after(self.session.generation)
            if self.session.generation % KEPT == 0:  # as often as needed before anything is swept that it has not read
                self.published.read_on(self.session.generation)
            for graph, each in self.touched.items():
                self._refresh(index, NamedNode(graph), each)
            index.sweep(self.session.next_generation - KEPT)
            return stack.pop_all().close

    def _change(self, graph: str, change: GraphChange) -> Made:
        if graph == DEFAULT:
            return self.session.change(graph, change)
        if self.urls.place(graph).kind:
            change.added = with_random_iris(change.added, self.urls.base)
        node, touched = NamedNode(graph), self.touched.get(graph, _Touched())
        if change.cleared or len(change.removed) + len(change.added) > _SMALL:
            made, changes = self._whole(node, change)
            touched.whole |= made.different
        else:
            made, changes = self._part(node, change)
        if made.different:
            touched.things |= changes.things
            self.touched[graph] = touched
            self.behind[node] = changes.after_others(self.behind.get(node))
        return made

    def _whole(self, graph: NamedNode, change: GraphChange) -> tuple[Made, Changes]:
        """Compares the graph before and after."""
        old = [quad.triple for quad in self.session.quads(graph=graph)]
        made = self.session.change(graph.value, change)
        new = [quad.triple for quad in self.session.quads(graph=graph)] if made.different else old
        return made, changes_between(old, new)

    def _part(self, graph: NamedNode, change: GraphChange) -> tuple[Made, Changes]:
        """Looks at the things that the changed triples belong to, before and after."""
        session = self.session
        subjects = {each.subject for each in (*change.removed, *change.added)}
        things = owners(session, graph, subjects)
        before = concepts_among(session, graph, things)
        made = session.change(graph.value, change)
        things |= owners(session, graph, subjects)
        after = concepts_among(session, graph, things)
        return made, Changes(before, after, differs=True, things=things)

    def _refresh(self, index: IndexWriter, graph: NamedNode, touched: _Touched) -> None:
        session = self.session
        if touched.whole:
            fill(index, session, self.urls, graph, session.next_generation)
        else:
            refill(index, session, self.urls, graph, touched.things)

    def _describe(self, graph: str, deed: Deed) -> None:
        """A catalogue that an upload makes is listed like an imported one; one that is gone is known as gone."""
        place = self.urls.place(graph)
        if not place.kind:
            return
        if self.session.graphs().get(graph):
            provenance.describe(self.session, self.urls, NamedNode(graph), place, deed)
        else:
            provenance.forget(self.session, self.urls, NamedNode(graph))


def writing(
    urls: Urls, index: SearchIndex, blobs: BlobStore, published: PublishedUris
) -> Callable[[WriteSession], AbstractContextManager[Writing]]:
    """Opens the Writing of a session; leaving it finishes, an exception does not."""

    @contextmanager
    def opened(session: WriteSession) -> Iterator[Writing]:
        found = Writing(session, urls, index, blobs, published)
        yield found
        found.finish()

    return opened
