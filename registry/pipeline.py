"""The pipeline on one screen: bytes -> batches -> one write session -> a new generation.

Sources whose bytes are known to be held already (registry/readings/) end here: nothing is parsed and nobody waits.
Everything that can be done before the lock (unpack, parse, repair, normalise) is, in processes that read at the same
time. Under it each batch replaces its named graph, then the touched definitions of all are compared again and the
search index is refreshed. A session is all or nothing: what it wrote is visible when it is published.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace

from importers import importer_for
from importers.archives import expand
from importers.base import ImportOptions, Source, UnreadableSourceError
from importers.child_pool import Answer, read_all
from importers.issues import issue
from importers.mapped_table import MappedTable
from importers.report import READ_IN_PART, Issue, Where
from importers.table_mapping import TableMapping
from registry import storing
from registry.arrivals import Arrival, Spool
from registry.batches import merge
from registry.journal.entries import COMMAND_LINE, Author
from registry.outcomes import NOTHING, Outcome
from registry.previews.foreseeing import foresee
from registry.previews.known_tables import Find, KnownTable
from registry.readings.known import Manner, Readings, as_read
from registry.services import Services

__all__ = ["NOTHING", "Outcome", "Request", "arrived", "recognised", "run", "unpacked"]

Progress = Callable[[str], None]
_DECLARED = Issue(
    "declared-partial",
    "information",
    "The source was declared partial; what it lacks stays as it is.",
    fix="Import the whole of it without --partial to retire what is gone.",
)


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be imported, and how. The sources are gone through once.

    `format` names an importer where the content should not decide; `title` is for sources that carry none (tables).
    `strict` refuses a source that would have to be mended, or of which something could not be read. `mapping` says what
    the columns of tables hold; then every source is read as such a table.
    `partial` says that what the sources lack is not gone. `check` sees what was read before anything follows from it,
    and raises to refuse it. No source may hold more than `limit` MiB unpacked (None: what the settings allow).
    `missing` are sources that could not be had. `known` says what is known of a table in no form of its own.
    """

    sources: Iterable[Source]
    catalogue: str | None = None
    publisher: str | None = None
    title: str = ""
    format: str | None = None
    dry_run: bool = False
    strict: bool = False
    mapping: TableMapping | None = None
    partial: bool = False
    check: Callable[[Arrival], None] = lambda _: None
    author: Author = COMMAND_LINE
    limit: int | None = None
    missing: Sequence[UnreadableSourceError] = ()
    known: Find = lambda _: None


def run(
    services: Services,
    request: Request,
    progress: Progress = lambda _: None,
    keep: Callable[[Outcome], None] = lambda _: None,
) -> Outcome:
    """Imports the sources. Nothing is stored of a source that cannot be read; the others are.

    `keep` is given the outcome of a dry run while what was read is still there.

    Raises:
        StoreError: busy, full, read-only or damaged; then nothing at all was stored.
    """
    outcome = Outcome(unreadable=list(request.missing))
    sources = unpacked(request.limit or services.settings.max_source, request.sources, outcome)
    manner = _manner(services, request)
    with _without_garbage_collection(), Spool() as spool:
        known, sources = _known(services, request, manner, sources)
        if known and not outcome.unreadable:
            _take(services, request, outcome, known)
            return outcome
        arrivals = merge(arrived(manner, sources, spool, outcome, progress, known=request.known))
        _take(services, request, outcome, arrivals)
        if request.dry_run:
            outcome.plan = foresee(services, arrivals, progress)
            outcome.reports += outcome.plan.amended
            keep(outcome)
        elif arrivals:
            read = as_read(arrivals)
            if not _readings(services, manner).are_held(arrivals):
                amended = storing.store(services, arrivals, progress, author=request.author)
                outcome.reports += [each.batch.report for each in amended]
            _readings(services, manner).keep(read)
    return outcome


def _take(services: Services, request: Request, outcome: Outcome, arrivals: Sequence[Arrival]) -> None:
    """Puts what has arrived into the outcome, if it may come in."""
    outcome.reports = [arrival.batch.report for arrival in arrivals]
    outcome.graphs = [storing.graph_of(services, arrival.batch).value for arrival in arrivals]
    for arrival in arrivals:
        request.check(arrival)
        arrival.batch.report.issues += _why_partial(request, outcome, arrival)


def _known(
    services: Services, request: Request, manner: Manner, sources: Iterator[Source]
) -> tuple[list[Arrival], Iterator[Source]]:
    """What the sources would bring, if their bytes say it; and the sources. Previews and parts are always read."""
    if request.dry_run or request.partial:
        return [], sources
    return _readings(services, manner).recall(sources)


def _manner(services: Services, request: Request) -> Manner:
    options = ImportOptions(
        services.urls.base, request.catalogue, request.publisher, strict=request.strict, mapping=request.mapping
    )
    return Manner(options, MappedTable.name if request.mapping else request.format, request.title)


def _readings(services: Services, manner: Manner) -> Readings:
    return Readings(services.readings, services.store.reader(), services.urls, manner)


def _why_partial(request: Request, outcome: Outcome, arrival: Arrival) -> Iterator[Issue]:
    """Why what the sources lack is not gone: somebody says so, or it may be in a file that could not be read.

    Which catalogue such a file belongs to nobody knows; an act has its own name, and nothing else can take it away.
    """
    if request.partial:
        yield _DECLARED
    if outcome.unreadable and arrival.batch.kind != "law":
        yield issue(READ_IN_PART, f"{len(outcome.unreadable)} files unreadable", outcome.unreadable[0].where)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """An import makes millions of objects and hardly a circle of them: to look for circles is a fifth of its time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def arrived(
    manner: Manner, sources: Iterable[Source], spool: Spool, outcome: Outcome, progress: Progress, *, known: Find
) -> Iterator[Arrival]:
    """The batches of all sources, read in processes of their own; bytes and triples are put into the spool.

    What no importer can read is read as a table that is `known`, if it is one.

    Reads: bytes. Writes: a temporary file.
    """
    tables: list[tuple[Source, KnownTable]] = []

    def refuse(source: Source, error: UnreadableSourceError) -> None:
        if manner.format is None and (table := known(source)) is not None:
            tables.append((source, table))
        else:
            outcome.unreadable.append(error)

    taken = recognised(sources, manner.format, refuse)
    with closing(read_all(taken, manner.options, manner.format)) as answers:
        for answer in answers:
            progress(f"reading {answer.source.name}")
            if answer.error is None:
                yield from _kept(answer, manner, spool, outcome)
            else:
                refuse(answer.source, answer.error)
    for source, table in tables:
        yield from _as_known(source, table, manner, spool, outcome)


def _kept(answer: Answer, manner: Manner, spool: Spool, outcome: Outcome) -> Iterator[Arrival]:
    """What was read, unless it may not be what is kept of the source."""
    with closing(answer):
        files = (spool.keep(answer.source.pieces()),)
        found = [(each.batch, spool.keep(each.pieces())) for each in answer.batches]
    if not answer.source.is_as_it_was():
        message = "The file was changed while it was read; nothing of it was stored."
        outcome.unreadable.append(UnreadableSourceError(message, Where(answer.source.name), "Import it again."))
        return
    for batch, content in found:
        yield Arrival(replace(batch, title=batch.title or manner.title), answer.source.name, files, (content,))


def _as_known(source: Source, table: KnownTable, manner: Manner, spool: Spool, outcome: Outcome) -> Iterator[Arrival]:
    """A table read as one with the same headers was, into the same catalogue; its report says so."""
    options = manner.options
    own = replace(options, mapping=table.mapping, catalogue=options.catalogue or table.catalogue or None)
    with closing(read_all([source], own, MappedTable.name)) as answers:
        for answer in answers:
            if answer.error is not None:
                outcome.unreadable.append(answer.error)
                continue
            for arrival in _kept(answer, manner, spool, outcome):
                arrival.batch.report.issues.append(issue("table-known", table.saved[:10], Where(source.name)))
                yield arrival


def unpacked(limit: int, sources: Iterable[Source], outcome: Outcome) -> Iterator[Source]:
    """The sources, archives opened; none may hold more than `limit` MiB.

    Reads: bytes. Writes: nothing.
    """
    for source in sources:
        try:
            yield from expand(source, limit * 2**20)
        except UnreadableSourceError as error:
            outcome.unreadable.append(error)


def recognised(
    sources: Iterable[Source], format_name: str | None, refuse: Callable[[Source, UnreadableSourceError], None]
) -> Iterator[Source]:
    """The sources that an importer takes; the others are refused.

    Reads: their first bytes. Writes: nothing.
    """
    for source in sources:
        try:
            importer_for(source, format_name)
        except UnreadableSourceError as error:
            refuse(source, error)
        else:
            yield source
