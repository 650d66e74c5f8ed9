"""Fixtures that every part may use: a register in a fresh directory, the app on it, the sample register."""

import os
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from register_support import settings_at

from registry import pipeline
from registry.services import Services, build_services
from registry.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_at(tmp_path / "data")


@pytest.fixture
def services(settings: Settings) -> Services:
    return build_services(settings)


@pytest.fixture
def app(settings: Settings) -> Flask:
    from registry.app import create_app

    return create_app(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def demo_services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """The sample register, loaded once; tests only read it."""
    from registry.cli_import import load_samples

    services = build_services(settings_at(tmp_path_factory.mktemp("demo") / "data"))
    outcomes: list[pipeline.Outcome] = list(load_samples(services))
    assert not [error for outcome in outcomes for error in outcome.unreadable]
    return services


@pytest.fixture(scope="session")
def demo_client(demo_services: Services) -> FlaskClient:
    from registry.app import create_app

    return create_app(demo_services.settings).test_client(use_cookies=False)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data, if there is one."""
    place = Path(os.environ.get("SAMSVAR_SHARED", Path(__file__).parent.parent.parent / "shared"))
    if not place.is_dir():
        pytest.skip(
            f"the real catalogues are not there: set SAMSVAR_SHARED to the folder that holds data/ (tried {place})"
        )
    return place


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("SAMSVAR_") and name != "SAMSVAR_SHARED":
            monkeypatch.delenv(name)
