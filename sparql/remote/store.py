"""A register that a remote service keeps, with a copy in the data directory from which everything is read.

A session takes the lock of the data directory, brings the copy up to the newest revision, writes to it, publishes what
changed to the service, and only then shows the new generation here. Generations have the numbers of revisions.
"""

import os
import threading
import time
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Final, TypeAlias

from sparql.embedded.files import replace_synced
from sparql.embedded.generations import GenerationStore
from sparql.embedded.integrity import EMPTY, GenerationRecord, read_pointer
from sparql.embedded.publishing import Elsewhere
from sparql.embedded.reader import GenerationReader
from sparql.embedded.session import EmbeddedSession
from sparql.errors import StoreBusyError, StoreError
from sparql.remote.beside import left_behind, take_away
from sparql.remote.client import RemoteClient
from sparql.remote.committing import Commit, finish
from sparql.remote.contact import Contact, note_contact
from sparql.remote.errors import OtherRegisterError
from sparql.remote.following import ChangedMeanwhileError, follow
from sparql.remote.manifest import ControlGraph, Manifest
from sparql.remote.plan import is_nothing, plans
from sparql.remote.service import RemoteService
from sparql.store import WriteSession

_TRIES: Final = 5
_OWNER: Final = "host-id"
Followed: TypeAlias = Callable[[WriteSession, Collection[str]], AbstractContextManager[object]]
"""Brings what is made of the graphs (the search index) up to date, before the generation is seen."""


@dataclass(slots=True)
class _Look:
    """When this process last looked whether there is something newer; nothing of it may cross a fork."""

    pid: int = field(default_factory=os.getpid)
    at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


class RemoteStore(GenerationStore):
    """A `TripleStore` that `service` keeps, with a copy in a directory.

    `every` is how many seconds pass between looks for newer revisions. `followed` is entered with the session that
    brought one, and the graphs that it changed.
    """

    def __init__(
        self,
        directory: Path,
        *,
        uri_base: str,
        service: RemoteService,
        every: float = 2.0,
        followed: Followed = lambda session, graphs: nullcontext(),  # noqa: ARG005 - what others do with them
    ) -> None:
        super().__init__(directory, uri_base=uri_base)
        self.control = ControlGraph(RemoteClient(service), uri_base)
        self._every = every
        self._followed = followed
        self._manifest: Manifest | None = None
        self._look = _Look()

    def reader(self) -> GenerationReader:
        """The newest local generation; a newer revision is fetched meanwhile, the first time before this returns.

        Raises:
            StoreError: as GenerationStore.reader; the service is away and there is no local generation.
        """
        self._look_for_newer()
        return super().reader()

    def follow(self, deadline: float = 30.0) -> int:
        """Brings the copy up to the newest revision, and returns its number.

        Raises:
            StoreError: the service is away, or is not whole; the copy is as it was.
        """
        if _name_in(self.control.state()) != self._newest_record().revision:
            with self._alone(deadline):
                self._begin()
        revision = self._newest_record().generation
        note_contact(self.directory, Contact(time.time(), revision))
        return revision

    def _look_for_newer(self) -> None:
        look = self._look
        if look.pid != os.getpid():
            look = self._look = _Look()
        if not look.at:
            with look.lock:  # who comes meanwhile waits: there may be nothing here yet
                if not look.at:
                    self._try_to_follow(required=not self._newest_record().generation)
                    look.at = time.monotonic()
        elif time.monotonic() - look.at >= self._every and look.lock.acquire(blocking=False):
            look.at = time.monotonic()
            look.lock.release()
            threading.Thread(target=self._try_to_follow, name="samsvar-follow", daemon=True).start()

    def _try_to_follow(self, *, required: bool = False) -> None:
        """Follows, if that goes well. It is required where there is nothing here that could be shown instead."""
        try:
            self.follow()
        except StoreError as error:
            if not isinstance(error, StoreBusyError):  # whoever writes here follows first
                note_contact(self.directory, Contact(time.time(), self._newest_record().generation, str(error)))
            if required:
                raise

    def _begin(self) -> None:
        """Brings the copy up to the newest revision, under the lock, and clears what a crash left in the service."""
        if self._manifest and self._manifest.state == self.control.state() and self._is_newest(self._manifest):
            return
        for _ in range(_TRIES):
            manifest = self._manifest = self._cleared()
            try:
                if self._is_newest(manifest):
                    return
                self._fetch(manifest)
            except ChangedMeanwhileError:
                if self.control.state() == manifest.state:
                    raise
        raise StoreBusyError("The store changes faster than it can be fetched: try again.")

    def _cleared(self) -> Manifest:
        """The newest revision, when it has been moved whole, and nothing that ended in the middle can still happen."""
        manifest = self.control.manifest()
        if manifest.steps:
            finish(self.control, manifest)
            manifest = self.control.manifest()
        if left_behind(manifest, self._owner()):
            self.control.next_turn(token_hex(16))
            manifest = self.control.manifest()
            if not manifest.steps:
                take_away(self.control, left_behind(manifest, self._owner()))
        return manifest

    def _is_newest(self, manifest: Manifest) -> bool:
        """Whether the copy is this revision.

        Raises:
            OtherRegisterError: it is no copy of this store at all.
        """
        record = self._newest_record()
        if record.revision == (manifest.name if manifest.revision else ""):
            return True
        if record.generation and (not record.revision or manifest.revision <= record.generation):
            raise OtherRegisterError(
                f"{self.directory} has generation {record.generation}, which the store at "
                f"{self.control.client.service.host} never had: it has revision {manifest.revision}. Set SAMSVAR_DATA "
                "to a new directory, which is filled from the store."
            )
        return False

    def _fetch(self, manifest: Manifest) -> None:
        told = Elsewhere(manifest.name, {graph: each.sum for graph, each in manifest.graphs.items()})
        record = self._newest_record()
        with self._writing(lambda session, record: told) as session:  # noqa: ARG005 - it is there already
            session.next_generation = manifest.revision
            session.writes += 1
            changed = follow(self.control, session, manifest, record.sums)
            with self._followed(session, changed):
                pass

    def _announced(self, session: EmbeddedSession, record: GenerationRecord) -> Elsewhere:
        """Publishes a session to the service when it is ready here."""
        if any(map(self.control.owns, session.touched)):
            raise StoreError(f"Names that begin with {self.control.root} are the store's own.")
        before = self._manifest or self.control.manifest()
        is_known = record.revision or not record.generation
        known = plans(session, super().reader() if is_known else None, before.graphs)
        made = [plan for plan in known if not is_nothing(plan, before.graphs)]
        commit = Commit(self.control, before, made, token_hex(16), self._owner())
        self._manifest = None  # until it is known what became of it

        def publish() -> None:
            self._manifest = commit.make(session.next_generation)

        return Elsewhere(commit.name, commit.sums, publish)

    def _newest_record(self) -> GenerationRecord:
        pointer = read_pointer(self.directory)
        return self._record(pointer) if pointer.generation else EMPTY

    def _owner(self) -> str:
        """What the service knows this data directory by."""
        place = self.directory / _OWNER
        with suppress(FileNotFoundError):
            return place.read_text("ascii").strip()
        replace_synced(place, f"{token_hex(8)}\n".encode())
        return place.read_text("ascii").strip()


def _name_in(state: str) -> str:
    """The name of the revision that a state tells of; "" for an empty store."""
    revision, _, rest = state.partition(" ")
    return rest.partition(" ")[0] if revision.strip("0") else ""
