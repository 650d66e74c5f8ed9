"""The small register of tests/support/pages_register.py, filled once, and clients on it and on an empty one."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from jinja2 import StrictUndefined
from pages_register import BASE, fill

from registry.app import create_app
from registry.services import Services, build_services
from registry.settings import Settings


def strict_client(settings: Settings) -> FlaskClient:
    """A client of an app whose templates may not use what nobody gave them."""
    app = create_app(settings)
    app.testing = True
    app.jinja_env.undefined = StrictUndefined
    return app.test_client()


@pytest.fixture(scope="session")
def pages_services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    services = build_services(Settings(data=tmp_path_factory.mktemp("pages") / "data", uri_base=BASE))
    fill(services)
    return services


@pytest.fixture(scope="session")
def pages(pages_services: Services) -> FlaskClient:
    """The filled register; cookies are not kept between requests."""
    client = strict_client(pages_services.settings)
    client._cookies = None
    return client


@pytest.fixture
def empty_pages(tmp_path: Path) -> FlaskClient:
    return strict_client(Settings(data=tmp_path / "data", uri_base=BASE))
