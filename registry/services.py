"""The parts of a running register, composed once by `create_app` and found again in ``app.extensions``."""

from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from registry.errors import ConfigurationError
from registry.search.index import SearchIndex
from registry.settings import Settings
from registry.urls import Urls
from sparql.blobs import BlobStore
from sparql.budget import MIB, Budget
from sparql.generations import GenerationStore
from sparql.host import QueryHost


@dataclass(frozen=True, slots=True)
class Services:
    """What views, the pipeline and the command line work with."""

    settings: Settings
    urls: Urls
    store: GenerationStore
    blobs: BlobStore
    index: SearchIndex
    query_host: QueryHost


def build_services(settings: Settings) -> Services:
    """Opens nothing yet: directories and processes are made when first needed.

    Raises:
        ConfigurationError: a setting asks for what is not there.
    """
    if settings.store != "embedded":
        raise ConfigurationError(f"SAMSVAR_STORE is {settings.store}, but only the embedded store is there yet.")
    data: Path = settings.data.absolute()
    budget = Budget(
        timeout=settings.query_timeout,
        memory=settings.query_memory * MIB,
        workers=settings.query_workers,
    )
    return Services(
        settings=settings,
        urls=Urls(settings.uri_base),
        store=GenerationStore(data, uri_base=settings.uri_base),
        blobs=BlobStore(data / "blobs"),
        index=SearchIndex(data / "index.db"),
        query_host=QueryHost(data, settings.uri_base, budget, settings.default_graph),
    )


def services() -> Services:
    """The running app's parts."""
    parts = current_app.extensions["samsvar"]
    if not isinstance(parts, Services):  # pragma: no cover - a programming mistake
        raise TypeError("create_app() did not compose the register")
    return parts
