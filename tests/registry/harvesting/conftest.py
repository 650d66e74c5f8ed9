"""A register that may fetch from loopback, and a server there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from register_support import BASE
from source_server import SourceServer, source_server

from registry.services import Services, build_services
from registry.settings import Settings


@pytest.fixture
def server() -> Iterator[SourceServer]:
    with source_server() as found:
        yield found


@pytest.fixture
def register(tmp_path: Path) -> Services:
    settings = Settings(
        data=tmp_path / "data", uri_base=BASE, harvest_allow="127.0.0.1/32", max_source=1, harvest_timeout=20.0
    )
    return build_services(settings)
