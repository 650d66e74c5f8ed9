"""The parts of a running register, composed once by `create_app` and found again in ``app.extensions``."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from registry.access.tokens import TokenStore
from registry.browsing.themes import configured_themes
from registry.errors import ConfigurationError
from registry.harmonisation import packs
from registry.harmonisation.scoring import model as scoring
from registry.harmonisation.scoring.meanings import Meanings, MissingExtraError, encoder
from registry.harvesting.store import HarvestStore
from registry.jobs.keeping import JobStore
from registry.ledger.ledger import Ledger
from registry.previews.keeping import PreviewStore
from registry.previews.known_tables import KnownTables
from registry.previews.waiting_tables import WaitingTables
from registry.published.uris import PublishedUris
from registry.quality.keeping import FigureStore
from registry.query_library.saving import SavedQueries
from registry.query_limits import budget_of
from registry.readings.shelf import ReadingShelf
from registry.reasoning.keeping import ReasonedStore
from registry.search.in_queries import search_in_queries
from registry.search.index import SearchIndex
from registry.settings import Settings
from registry.store_kinds import open_store
from registry.urls import Urls
from registry.webhooks.store import WebhookStore
from registry.writing import Writing, writing
from sparql.embedded.blobs import BlobStore
from sparql.embedded.generations import GenerationStore
from sparql.embedded.layout import check_layout
from sparql.embedded.updates import UpdateQueue
from sparql.query_host.host import QueryHost
from sparql.updating.host import UpdateHost
from sparql.updating.quick import QuickUpdates


@dataclass(frozen=True, slots=True)
class Services:
    """What views, the pipeline and the command line work with."""

    settings: Settings
    urls: Urls
    store: GenerationStore
    blobs: BlobStore
    index: SearchIndex
    published: PublishedUris
    writes: UpdateQueue[Writing]
    query_host: QueryHost
    updates: UpdateHost
    quick_updates: QuickUpdates
    tokens: TokenStore
    saved_queries: SavedQueries
    harvests: HarvestStore
    previews: PreviewStore
    jobs: JobStore
    known_tables: KnownTables
    tables: WaitingTables
    readings: ReadingShelf
    figures: FigureStore
    webhooks: WebhookStore
    ledger: Ledger
    reasoned: ReasonedStore

    @property
    def dumps(self) -> Path:
        """Where the files of dumps are that the server gives."""
        return self.store.directory / "dumps"

    @contextmanager
    def alone(self) -> Iterator[Writing]:
        """A session for one write that is no import; see GenerationStore.session."""
        around = writing(self.urls, self.index, self.blobs, self.published)
        with self.store.session(deadline=self.settings.write_deadline) as session, around(session) as found:
            yield found


def build_services(settings: Settings, *, any_layout: bool = False) -> Services:
    """Opens nothing yet: directories and processes are made when first needed. `any_layout` is for who upgrades.

    Raises:
        ConfigurationError: a setting asks for what is not there.
        LayoutError: the data directory is of another version.
    """
    data = _checked(settings, any_layout=any_layout)
    urls, blobs = Urls(settings.uri_base), BlobStore(data / "blobs")
    index, published = SearchIndex(data / "index.db"), PublishedUris(data / "published.db", data / "index.db")
    store = open_store(settings, urls, index, published)
    search, budget = search_in_queries(store, index), budget_of(settings)
    return Services(
        settings=settings,
        urls=urls,
        store=store,
        blobs=blobs,
        index=index,
        published=published,
        writes=store.queue(writing(urls, index, blobs, published)),
        query_host=QueryHost(
            data, settings.uri_base, budget, settings.default_graph, search=search, services=settings.service_allow
        ),
        updates=UpdateHost(data, settings.uri_base, budget, settings.default_graph),
        quick_updates=QuickUpdates(UpdateHost(data, settings.uri_base, budget, settings.default_graph)),
        tokens=TokenStore(data / "state.db"),
        saved_queries=SavedQueries(data / "state.db"),
        harvests=HarvestStore(data / "state.db"),
        previews=PreviewStore(data / "previews", settings.preview_hours),
        jobs=JobStore(data / "jobs", settings.preview_hours),
        known_tables=KnownTables(data / "state.db"),
        tables=WaitingTables(data / "tables", settings.preview_hours),
        readings=ReadingShelf(data / "readings"),
        figures=FigureStore(data / "state.db"),
        webhooks=WebhookStore(data / "state.db"),
        ledger=Ledger(data / "state.db"),
        reasoned=ReasonedStore(data / "state.db"),
    )


def _checked(settings: Settings, *, any_layout: bool) -> Path:
    """The data directory, where it and what the settings ask for can be used."""
    use_files(settings)
    data: Path = settings.data.absolute()
    if not any_layout:
        check_layout(data)
    return data


def use_files(settings: Settings) -> None:
    """Reads the operator's own files, so that what is wrong in them is told at once.

    Raises:
        ConfigurationError: one of them cannot be used.
    """
    use_language_packs(settings)
    use_scorer(settings)
    configured_themes(settings.themes)


def use_language_packs(settings: Settings) -> None:
    """Reads the operator's language packs, if a folder of them is set.

    Raises:
        ConfigurationError: the folder or a pack in it cannot be read.
    """
    if settings.language_packs is not None:
        try:
            packs.add_folder(settings.language_packs)
        except packs.PackError as error:
            raise ConfigurationError(f"SAMSVAR_LANGUAGE_PACKS: {error}.") from error


def use_scorer(settings: Settings) -> None:
    """Judges by the operator's coefficients, if a file of them is set, and by meaning, if that is switched on.

    Raises:
        ConfigurationError: the file holds none, or what tells meanings is not installed.
    """
    try:
        meaning = Meanings(encoder(), settings.data / "meanings.db").likeness if settings.semantic else None
        scoring.use(settings.scorer, meaning)
    except MissingExtraError as error:
        raise ConfigurationError(f"SAMSVAR_SEMANTIC: {error}.") from error
    except scoring.ScorerError as error:
        raise ConfigurationError(f"SAMSVAR_SCORER: {error}.") from error


def services() -> Services:
    """The running app's parts."""
    parts = current_app.extensions["samsvar"]
    if not isinstance(parts, Services):  # pragma: no cover - a programming mistake
        raise TypeError("create_app() did not compose the register")
    return parts
