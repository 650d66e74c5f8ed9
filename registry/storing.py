"""The part of the pipeline under the lock: named graphs replaced, everything derived brought up to date, published.

Graphs that are new go to the store together; what the session as a whole changed is then derived and compared once.
Reads: arrivals. Writes: the graphs, derived, findings and provenance graphs, the search index, blobs.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import chain

from pyoxigraph import NamedNode, Triple

from importers.base import Batch
from importers.report import Issue, RecordReport, Where
from registry import closures, provenance
from registry.amendments import CurrentLaw
from registry.arrivals import Arrival, Kept
from registry.first_pages import prepare
from registry.harmonisation.recheck import counts_of
from registry.history import recording
from registry.journal.entries import COMMAND_LINE, Author, Entry, entry_of, pack
from registry.just_loaded import JustLoaded
from registry.loading import MANY_BYTES, Loading, ready_to_compare
from registry.not_compared import not_compared
from registry.partial_sources import completed
from registry.provenance import Deed
from registry.published.screening import screened, without_reused
from registry.quality.keeping import keep_figures
from registry.search.filling import fill, fill_lists
from registry.search.index import IndexWriter
from registry.services import Services
from registry.unchanged import is_held
from registry.upkeep import Changes, bring_up_to_date, changes_between
from sparql.changes import Made
from sparql.embedded.bulk import GraphText
from sparql.embedded.generations import KEPT
from sparql.embedded.stored_form import as_stored
from sparql.store import Reader, WriteSession


def store(
    services: Services,
    arrivals: Sequence[Arrival],
    progress: Callable[[str], None],
    check: Callable[[Reader], None] = lambda _: None,
    author: Author = COMMAND_LINE,
) -> list[Arrival]:
    """One write session for all batches; leaving it publishes. Returns acts that were amended.

    What `check` raises is raised, and nothing written.
    """
    with (
        services.store.session(deadline=services.settings.write_deadline) as session,
        services.index.writing() as index,
    ):
        check(session)
        ready(services, session, index)
        storing = Storing(services, session, index, progress, author)
        loading = Loading(session, services.urls, index)
        law = CurrentLaw(session, services.urls, arrivals)
        held = session.graphs()
        new = [each for each in arrivals if graph_of(services, each.batch).value not in held]
        size = sum(part.size for each in new for part in each.content)
        with ready_to_compare(size):
            if size >= MANY_BYTES:
                first = (screened(services.published, law.now(each), session.generation) for each in new)
                session.load(storing.texts(first, loading))
                for graph in storing.changed:
                    fill_lists(index, session, services.urls, graph, session.next_generation)
                arrivals = [each for each in arrivals if graph_of(services, each.batch).value in held]
            for arrival in arrivals:
                storing.replace(law.now(arrival))
            amended = list(filter(storing.replace, law.further()))
            storing.finish(frozenset() if storing.replaced else loading.derived())
        index.sweep(session.next_generation - KEPT)
    keep_figures(services.figures, services.store.reader())
    prepare(services, sum(len(each.after) for _, each in storing.changed.values()))
    return amended


def ready(services: Services, session: WriteSession, index: IndexWriter) -> None:
    """Begins with the files beside the store: forgets what a crash left, and writes down what was published."""
    index.discard_after(session.generation)
    services.published.read_on(session.generation)


def amend(services: Services) -> int:
    """Applies the amendments that have entered into force since the acts were stored. Returns how many acts changed."""
    with (
        services.store.session(deadline=services.settings.write_deadline) as session,
        services.index.writing() as index,
    ):
        ready(services, session, index)
        storing = Storing(services, session, index, lambda _: None)
        law = CurrentLaw(session, services.urls)
        amended = sum(map(storing.replace, law.again(law.amended())))
        storing.finish()
        index.sweep(session.next_generation - KEPT)
    return amended


def graph_of(services: Services, batch: Batch) -> NamedNode:
    """The named graph that a batch replaces."""
    return services.urls.graph(batch.kind, batch.catalogue)


@dataclass(frozen=True, slots=True)
class Storing:
    """One session's work; `changed` says of each graph where it came from and what became different.

    `replaced` says which triples went and came in those that were there before, `loaded` what is in those that were
    not.
    """

    services: Services
    session: WriteSession
    index: IndexWriter
    progress: Callable[[str], None]
    author: Author = COMMAND_LINE
    changed: dict[NamedNode, tuple[Arrival, Changes]] = field(default_factory=dict)
    history: dict[NamedNode, recording.History] = field(default_factory=dict)
    replaced: dict[NamedNode, Made] = field(default_factory=dict)
    loaded: dict[NamedNode, Arrival] = field(default_factory=dict)

    def texts(self, arrivals: Iterable[Arrival], loading: Loading) -> Iterator[GraphText]:
        """Graphs that are not there yet, for the store to load."""
        for arrival in arrivals:
            graph = self._begun(arrival)
            if arrival.is_empty:
                arrival.batch.report.generation = self.session.generation
                continue
            concepts = yield from loading.texts(graph, arrival)
            if not arrival.batch.triples:
                self.loaded[graph] = arrival
            self._note(graph, arrival, Changes(frozenset(), concepts, differs=True))

    def replace(self, arrival: Arrival) -> bool:
        """Replaces a graph, if the arrival is not what it holds already. Returns whether it was replaced."""
        graph = self._begun(arrival)
        if is_held(self.session, graph, arrival):
            arrival.batch.report.generation = self.session.generation
            return False
        old = triples_of(self.session, graph)
        batch = completed(whole(arrival), old)
        changes = compare(old, batch)
        if changes is not None:
            published, generation = self.services.published, self.session.generation
            kept = without_reused(published, batch, changes.things, generation)
            batch, changes = kept, changes if kept is batch else compare(old, kept)
        if changes is None or not changes.differs:
            batch.report.generation = self.session.generation
            return False
        self.put(replace(arrival, batch=batch), old, changes)
        return True

    def put(self, arrival: Arrival, old: list[Triple], changes: Changes | None = None) -> None:
        """The graph of an arrival holds the triples of its batch from now on; `old` is what it held."""
        graph, batch = graph_of(self.services, arrival.batch), arrival.batch
        changes = changes or changes_between(old, batch.triples)
        self.replaced[graph] = self.session.replace_graph(graph, batch.triples)
        if batch.kind != "vocabulary":
            self.history[graph] = recording.keep(self.services.blobs, old, as_stored(batch.triples), changes.things)
        fill(self.index, self.session, self.services.urls, graph, self.session.next_generation)
        self._note(graph, arrival, changes)

    def finish(self, is_derived: AbstractSet[str] = frozenset()) -> None:
        """What follows from all changes, but for plain definitions of `is_derived`: findings, reports, provenance."""
        session, urls = self.session, self.services.urls
        changed = {graph: changes for graph, (_, changes) in self.changed.items()}
        with ThreadPoolExecutor(1) as thread:
            files = thread.submit(self._keep_files)
            self.progress("comparing definitions")
            left_out = bring_up_to_date(session, urls, changed, JustLoaded(session, self.loaded), is_derived)
            self.progress("keeping the sources")
            hashes = files.result()
        for graph, (arrival, _) in self.changed.items():
            arrival.batch.report.generation = session.next_generation
            if arrival.batch.kind != "vocabulary":
                arrival.batch.report.findings = counts_of(session, urls, graph)
                arrival.batch.report.issues += [not_compared(one) for one in left_out if one.catalogue == graph.value]
        provenance.record(session, urls, self._origins(hashes))
        recording.raise_stones(session, urls, {graph: each.after | each.things for graph, each in changed.items()})

    def _begun(self, arrival: Arrival) -> NamedNode:
        self.progress(f"storing {arrival.batch.title or arrival.batch.catalogue}")
        return graph_of(self.services, arrival.batch)

    def _note(self, graph: NamedNode, arrival: Arrival, changes: Changes) -> None:
        without_triples = replace(arrival, batch=replace(arrival.batch, triples=()), content=())
        self.changed[graph] = (without_triples, changes)

    def _keep_files(self) -> dict[Kept, str]:
        """Keeps the bytes that the changed graphs came from, and gives their hashes. The disk takes its time."""
        arrivals = (arrival for arrival, _ in self.changed.values())
        files = list(dict.fromkeys(chain.from_iterable(each.files for each in arrivals)))
        return dict(zip(files, self.services.blobs.put_all(map(Kept.to_keep, files)), strict=True))

    def _origins(self, hashes: Mapping[Kept, str]) -> dict[NamedNode, provenance.Origin]:
        """Where each changed graph came from, with the hashes of its files; its report is kept before this returns."""
        arrivals = {graph: arrival for graph, (arrival, _) in self.changed.items()}
        reports = self.services.blobs.put_all(_as_json(each.batch) for each in arrivals.values())
        journal = self.services.blobs.put(pack(self._journal(arrivals))) if arrivals else ""
        return {
            graph: provenance.Origin(
                arrival.source,
                arrival.batch,
                " ".join(hashes[file] for file in arrival.files),
                report,
                self.history.get(graph, recording.History()),
                journal,
                self.author.token,
                arrival.undoes,
            )
            for (graph, arrival), report in zip(arrivals.items(), reports, strict=True)
        }

    def _journal(self, arrivals: Mapping[NamedNode, Arrival]) -> Iterator[Entry]:
        """What each import removed and added; of a graph that was not there before nothing is listed."""
        time = provenance.now()
        for graph, arrival in arrivals.items():
            activity = provenance.new_import(self.services.urls, self.session, arrival.batch)
            made = {graph.value: self.replaced.get(graph, Made())}
            yield entry_of(activity.value, self.author, time, arrival.request, made)


def _as_json(batch: Batch) -> bytes:
    return json.dumps(batch.report.as_json(), ensure_ascii=False).encode()


def whole(arrival: Arrival) -> Batch:
    """The batch with all its triples."""
    return replace(arrival.batch, triples=tuple(arrival.triples()))


def compare(old: list[Triple], batch: Batch) -> Changes | None:
    """What the batch changes. Marks records `unchanged`; None where it must not replace what is there."""
    new = as_stored(batch.triples)
    if not batch.report.records and closures.concepts(old):
        batch.report.records.append(would_empty(batch))
        return None
    changes = changes_between(old, new)
    known = {triple.subject.value for triple in old if isinstance(triple.subject, NamedNode)} if old else set()
    for record in batch.report.records:
        if record.status == "stored" and record.subject in known and record.subject not in changes.things:
            record.status = "unchanged"
    return changes


def triples_of(reader: Reader, graph: NamedNode) -> list[Triple]:
    """What a graph holds."""
    return [quad.triple for quad in reader.quads(graph=graph)]


def would_empty(batch: Batch) -> RecordReport:
    """What is said of a batch without a record where the graph holds some: it is not replaced."""
    message = "the source has no record that can be stored; the records already held were not removed"
    fix = "mend the records, or import it together with the file that holds them"
    issue = Issue("catalogue-would-be-emptied", "warning", message, batch.catalogue, fix)
    return RecordReport(batch.catalogue, "skipped", Where(batch.report.source), [issue])


def remove(services: Services, kind: str, catalogue: str) -> bool:
    """Removes a graph with everything derived from it; what came with its imports stays in provenance and blobs.

    Acts that an amending document had changed read again as they do without it.

    Returns whether there was one. Writes: the graph, derived, findings, provenance, the search index.
    """
    graph = services.urls.graph(kind, catalogue)
    with (
        services.store.session(deadline=services.settings.write_deadline) as session,
        services.index.writing() as index,
    ):
        ready(services, session, index)
        old = triples_of(session, graph)
        concepts = closures.concepts(old)
        law = CurrentLaw(session, services.urls)
        amended = law.amended(graph)
        made = session.replace_graph(graph, [])
        bring_up_to_date(session, services.urls, {graph: Changes(concepts, frozenset(), differs=True)})
        fill(index, session, services.urls, graph, session.next_generation)
        if old:
            provenance.forget(session, services.urls, graph)
            _write_down(services, session, {graph.value: made}, f"samsvar remove {catalogue} --kind {kind}")
        storing = Storing(services, session, index, lambda _: None)
        if sum(map(storing.replace, law.again(amended))):
            storing.finish()
    return bool(old)


def _write_down(services: Services, session: WriteSession, made: Mapping[str, Made], request: str) -> None:
    """Puts what a command did into the journal and the provenance graph."""
    activity = provenance.new_update(services.urls, session)
    entry = entry_of(activity.value, COMMAND_LINE, provenance.now(), request, made)
    kept = services.blobs.put(pack([entry]))
    provenance.record_updates(session, services.urls, [(entry, Deed("", "", request))], kept)
