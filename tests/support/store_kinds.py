"""The kinds of store that one contract holds for, each opened in a data directory of the test's own."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from remote_services import native_server, virtuoso_server

from sparql.embedded.generations import GenerationStore
from sparql.remote.service import RemoteService
from sparql.remote.store import RemoteStore

KINDS = ("embedded", "native", "virtuoso")


@dataclass(slots=True)
class Kind:
    """A kind of store; `service` is None where the data directory is the store. Each test has a register of its own."""

    name: str
    place: Path
    service: RemoteService | None
    base: str = field(default_factory=lambda: f"https://register.example/{uuid4().hex[:8]}")

    def store(self, host: str = "first") -> GenerationStore:
        """The register as a host sees it: hosts share the data directory, or else the service."""
        if self.service is None:
            return GenerationStore(self.place / "data", uri_base=self.base)
        return RemoteStore(self.place / host, uri_base=self.base, service=self.service, every=0.0)


def newest(store: GenerationStore) -> GenerationStore:
    """The store, having looked whether there is something newer."""
    if isinstance(store, RemoteStore):
        store.follow()
    return store


def services(directory: Path) -> Iterator[dict[str, RemoteService | None]]:
    """The service of each kind, started when it is first asked for."""
    with ExitStack() as stack:
        yield _Started(stack, directory)


class _Started(dict[str, RemoteService | None]):
    def __init__(self, stack: ExitStack, directory: Path) -> None:
        super().__init__(embedded=None)
        self._stack, self._directory = stack, directory

    def __missing__(self, name: str) -> RemoteService | None:
        server = native_server if name == "native" else virtuoso_server
        self[name] = self._stack.enter_context(server(self._directory / name))
        return self[name]
