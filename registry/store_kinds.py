"""Which store keeps the register: the data directory itself, or a service with a copy in the data directory."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pyoxigraph import NamedNode

from registry.errors import ConfigurationError
from registry.published.uris import PublishedUris
from registry.search.filling import fill
from registry.search.index import SearchIndex
from registry.settings import Settings
from registry.urls import Urls
from sparql.embedded.doctor import Check
from sparql.embedded.generations import KEPT, GenerationStore
from sparql.remote.contact import last_contact
from sparql.remote.doctor import examine
from sparql.remote.service import RemoteService
from sparql.remote.store import RemoteStore
from sparql.store import WriteSession


def open_store(settings: Settings, urls: Urls, index: SearchIndex, published: PublishedUris) -> GenerationStore:
    """The store that the settings name; nothing is opened or asked yet.

    Raises:
        ConfigurationError: they do not say where a service is.
    """
    data = settings.data.absolute()
    if settings.store == "embedded":
        return GenerationStore(data, uri_base=settings.uri_base)
    return RemoteStore(
        data,
        uri_base=settings.uri_base,
        service=_service(settings),
        every=settings.store_follow,
        followed=_Following(urls, index, published).indexed,
    )


def store_health(store: GenerationStore) -> dict[str, dict[str, str]]:
    """What `/readyz` says of a service that keeps the register: where it is, and what was wrong when last asked."""
    if not isinstance(store, RemoteStore):
        return {}
    contact = last_contact(store.directory)
    return {"store": {"address": store.control.client.service.host, "error": contact.error if contact else ""}}


def examine_service(store: GenerationStore) -> list[Check]:
    """What `samsvar doctor` says of it, having read all that it holds."""
    return examine(store.control) if isinstance(store, RemoteStore) else []


def _service(settings: Settings) -> RemoteService:
    try:
        return RemoteService.at(
            settings.store,
            settings.store_dialect,
            query=settings.store_query,
            update=settings.store_update,
            graphs=settings.store_graphs,
            user=settings.store_user,
            password=settings.store_password.get_secret_value(),
            token=settings.store_token.get_secret_value(),
            patience=settings.store_timeout,
        )
    except ValueError as error:
        raise ConfigurationError(
            f"SAMSVAR_STORE, or an address beside it, is neither embedded nor the address of a service: {error}."
        ) from error


def store_of(settings: Settings) -> GenerationStore:
    """The store alone, for who only asks it."""
    index = SearchIndex(settings.data / "index.db")
    published = PublishedUris(settings.data / "published.db", index.path)
    return open_store(settings, Urls(settings.uri_base), index, published)


@dataclass(frozen=True, slots=True)
class _Following:
    """What is made of graphs that another host wrote."""

    urls: Urls
    index: SearchIndex
    published: PublishedUris

    @contextmanager
    def indexed(self, session: WriteSession, graphs: Collection[str]) -> Iterator[None]:
        """The search index has what the graphs hold, from the session's generation on."""
        with self.index.writing() as index:
            index.discard_after(session.generation)
            self.published.read_on(session.generation)
            for graph in filter(None, graphs):
                fill(index, session, self.urls, NamedNode(graph), session.next_generation)
            index.sweep(session.next_generation - KEPT)
            yield
