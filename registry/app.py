"""Composes the application: settings in, a Flask app out. No work happens at import time."""

from importlib.resources import files
from typing import Any

from flask import Flask
from whitenoise import WhiteNoise

from registry.assets import init_assets
from registry.broken_off import BrokenOff
from registry.compression import Compression
from registry.direct_updates import DirectUpdates
from registry.fast_path import FastPath
from registry.observing.requests import Observed, areas_of
from registry.problem_pages import init_errors
from registry.proxies import Proxies
from registry.request_bodies import init_request_bodies
from registry.security import DATA_HEADERS, init_security
from registry.services import Services, build_services
from registry.settings import Settings
from registry.views import BLUEPRINTS
from registry.views.citations import init_citations
from registry.views.context import init_context
from registry.views.feedback import about_page
from registry.views.sparql_editor import sparql_editor
from registry.views.sparql_updates import SparqlUpdates
from sparql.direct import Direct
from sparql.endpoint import sparql_blueprint

_YEAR = 31_536_000
_KEPT = 32 << 20
"""Bytes of answers that one web process keeps at most."""


def create_app(settings: Settings | None = None) -> Flask:
    """The register as a WSGI application.

    Args:
        settings: what an operator set; read from the environment if absent.
    """
    settings = settings or Settings()
    parts = build_services(settings)
    app = Flask("registry", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_upload * 2**20
    app.extensions["samsvar"] = parts
    app.url_map.merge_slashes = False
    init_assets(app)
    init_context(app)
    app.jinja_env.globals["feedback_on_page"] = about_page
    init_citations(app)
    init_security(app)
    init_errors(app)
    init_request_bodies(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.register_blueprint(
        sparql_blueprint(
            parts.query_host, uri_base=settings.uri_base, editor=sparql_editor, updates=SparqlUpdates(parts)
        )
    )
    serve_static(app)
    app.wsgi_app = Direct(app.wsgi_app, parts.query_host, DATA_HEADERS)  # type: ignore[method-assign] # how WSGI middleware is put around
    app.wsgi_app = DirectUpdates(app.wsgi_app, parts, DATA_HEADERS)  # type: ignore[method-assign] # how WSGI middleware is put around
    app.wsgi_app = Compression(app.wsgi_app)  # type: ignore[method-assign] # how WSGI middleware is put around
    serve_kept(app, parts)
    know_clients(app, settings)
    app.wsgi_app = Observed(  # type: ignore[method-assign] # how WSGI middleware is put around
        app.wsgi_app, areas_of(rule.rule for rule in app.url_map.iter_rules()), logged=settings.access_log
    )
    app.wsgi_app = BrokenOff(app.wsgi_app)  # type: ignore[method-assign] # how WSGI middleware is put around
    return app


def serve_static(app: Flask) -> None:
    """Static files travel in the package and are served, compressed and cached, by WhiteNoise under /static/."""
    root = files("registry").joinpath("static")
    wrapped: Any = WhiteNoise(app.wsgi_app, root=str(root), prefix="static/", max_age=_YEAR)
    app.wsgi_app = wrapped  # type: ignore[method-assign] # how WSGI middleware is put around a Flask app


def serve_kept(app: Flask, parts: Services) -> None:
    """Answers to machines that hold until something is written are given again without Flask."""
    index = parts.index.path
    files = (parts.store.directory / "current", index, index.with_name(f"{index.name}-wal"), parts.dumps / "dumps.json")
    limit = min(_KEPT, parts.query_host.budget.cache)
    app.wsgi_app = FastPath(app.wsgi_app, files, limit)  # type: ignore[method-assign] # how WSGI middleware is put around


def know_clients(app: Flask, settings: Settings) -> None:
    """A request is the client's, not the proxy's that passed it on."""
    if settings.proxies:
        app.wsgi_app = Proxies(app.wsgi_app, settings.proxies)  # type: ignore[method-assign] # how WSGI middleware is put around
