"""One run of one source: fetched, imported, and reported. Whatever fails, what the source brought before stays.

Reads: the source over HTTP. Writes: what an import writes, and the run into ``state.db``.
"""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime

from pyoxigraph import NamedNode

from importers.base import UnreadableSourceError
from ontologies.namespaces import SAMSVAR
from registry import pipeline
from registry.errors import ConfigurationError, NotFoundError
from registry.fetching import Fetched, FetchError, Limits, Wanted, get
from registry.harvesting.sources import CREDENTIAL_PREFIX, HarvestSource
from registry.harvesting.store import Held, Outcome, Run, SourceState
from registry.journal.entries import Author
from registry.paging import Collected, collect
from registry.services import Services
from sparql.errors import StoreError

ATTEMPTS = 3
_PAUSE = 2.0
"""Seconds before the second attempt; four times as many before each further one."""
_LONGEST_PAUSE = 60.0
"""The most that a source's Retry-After is waited for; the next run comes anyway."""
_NAMED = 20
"""Imports that a run names; a corpus of acts has thousands."""

Pause = Callable[[float], object]


def harvest(services: Services, state: SourceState, *, force: bool = False, pause: Pause = time.sleep) -> Run:
    """Runs one source and writes it down. With `force` it is fetched and imported also if nothing has changed."""
    known = Held() if force or not _still_there(services, state.source.id) else state.held
    attempt = _Attempt(services, state.source, known, pause)
    run, held = attempt.run()
    services.harvests.record(state.source.id, run, held, attempt.graphs)
    return run


def _still_there(services: Services, identifier: str) -> bool:
    """Whether the register holds all that the source brought: what somebody removed is to come back."""
    return services.harvests.graphs(identifier) <= services.store.reader().graphs().keys()


class _Attempt:
    """One run in the making. `graphs` are those that the source brought, None where nothing was imported."""

    def __init__(self, services: Services, source: HarvestSource, held: Held, pause: Pause) -> None:
        self._services = services
        self._source = source
        self._held = held
        self._pause = pause
        self._attempts = 1
        self._bytes = 0
        self.graphs: frozenset[str] | None = None
        self._began = _now()

    def run(self) -> tuple[Run, Held]:
        """What became of it, and what is held now."""
        try:
            fetched = self._fetched()
            self._services.harvests.find(self._source.id)
            return self._imported(fetched)
        except NotFoundError:
            return self._ended("failed", "It was removed while it was fetched: nothing was imported."), self._held
        except (UnreadableSourceError, ConfigurationError, StoreError) as error:
            return self._ended("failed", str(error)), self._held

    def _fetched(self) -> Collected:
        settings = self._services.settings
        wanted = Wanted(
            self._source.url,
            settings.harvest_networks,
            etag=self._held.etag,
            last_modified=self._held.last_modified,
            authorization=authorization(self._source.credential),
        )
        limits = Limits(settings.max_source * 2**20, settings.harvest_timeout)
        return collect(wanted, limits, self._asked)

    def _asked(self, wanted: Wanted, limits: Limits) -> Fetched:
        """One page, asked for again where that may help; further attempts are counted over all pages."""
        wait = _PAUSE
        while True:
            try:
                return get(wanted, limits)
            except FetchError as error:
                if not error.passing or self._attempts >= ATTEMPTS:
                    raise
                self._attempts += 1
                self._pause(min(max(wait, error.wait), _LONGEST_PAUSE))
                wait *= 4

    def _imported(self, fetched: Collected) -> tuple[Run, Held]:
        if not fetched.sources:
            held = Held(fetched.etag, fetched.last_modified, self._held.digest)
            return self._ended("unchanged", "It said that nothing has changed."), held
        self._bytes = fetched.size
        held = Held(fetched.etag, fetched.last_modified, fetched.digest)
        if held.digest == self._held.digest:
            return self._ended("unchanged", "The same bytes as before."), held
        source = self._source
        request = pipeline.Request(
            fetched.sources,
            source.catalogue or None,
            source.publisher or None,
            source.title,
            source.format or None,
            author=Author(name=f"harvest {source.id}"),
            known=self._services.known_tables.finder(source.publisher),
        )
        before = self._services.store.reader().generation
        outcome = pipeline.run(self._services, request)
        if outcome.exit_code == pipeline.NOTHING:
            reason = outcome.unreadable[0] if outcome.unreadable else "Nothing in it could be stored."
            return self._ended("failed", str(reason), outcome), self._held
        reader = self._services.store.reader()
        self.graphs = frozenset(outcome.graphs) & reader.graphs().keys()
        changed = reader.generation != before
        run = self._ended("changed" if changed else "unchanged", _said(outcome), outcome)
        return run, Held() if outcome.unreadable else held

    def _ended(self, ended: Outcome, message: str, outcome: pipeline.Outcome | None = None) -> Run:
        counts = outcome.counts if outcome else {}
        imports = self._imports(outcome) if outcome else ()
        return Run(self._began, _now(), ended, message, self._attempts, self._bytes, counts, imports)

    def _imports(self, outcome: pipeline.Outcome) -> tuple[str, ...]:
        """The imports with which the graphs came that the source describes: their reports are kept under these."""
        reader, provenance = self._services.store.reader(), self._services.urls.provenance
        return tuple(
            quad.object.value
            for graph in outcome.graphs[:_NAMED]
            for quad in reader.quads(NamedNode(graph), SAMSVAR["import"], None, provenance)
            if isinstance(quad.object, NamedNode)
        )


def authorization(credential: str) -> str:
    """The Authorization header of a credential, out of the environment; empty for none.

    Raises:
        ConfigurationError: there is no such variable, or it cannot be a header. Its value is not said.
    """
    if not credential:
        return ""
    name = f"{CREDENTIAL_PREFIX}{credential}"
    value = os.environ.get(name, "").strip()
    if not value:
        raise ConfigurationError(f"The environment has no {name}: it holds the value of the Authorization header.")
    if not (value.isascii() and value.isprintable()):
        raise ConfigurationError(f"{name} cannot be a header: it is one line of ASCII, such as 'Bearer ...'.")
    return value


def _said(outcome: pipeline.Outcome) -> str:
    """The numbers in words; files of an archive that could not be read are named."""
    numbers = ", ".join(f"{number} {name}" for name, number in outcome.counts.items() if number)
    unread = f"; {len(outcome.unreadable)} files not read: {outcome.unreadable[0]}" if outcome.unreadable else ""
    return f"{numbers or 'no records'}{unread}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
