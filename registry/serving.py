"""Gunicorn's settings and the start of the server. The root ``gunicorn.conf.py`` imports them; so does `samsvar serve`.

Never ``--preload``: a store handle that is inherited through a fork corrupts the store. It is refused in `on_starting`.
"""

import os
from pathlib import Path
from typing import Any

bind = "127.0.0.1:8000"
workers = 2
worker_class = "gthread"
threads = 8
timeout = 120
graceful_timeout = 30
keepalive = 5
limit_request_line = 8190
limit_request_field_size = 8190
preload_app = False
accesslog = None
errorlog = "-"
loglevel = "info"
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - memory for the heartbeat

_NAMES = frozenset(
    "bind workers worker_class threads timeout graceful_timeout keepalive limit_request_line limit_request_field_size"
    " preload_app accesslog errorlog loglevel control_socket_disable worker_tmp_dir on_starting".split()
)


def on_starting(server: Any) -> None:
    """Refuses what would corrupt the store, before any worker exists."""
    if server.cfg.preload_app:
        raise SystemExit("samsvar: --preload is refused: a store that is opened before the fork is corrupted by it.")
    os.environ["SAMSVAR_SERVER_PID"] = str(os.getpid())


def settings(**changes: Any) -> dict[str, Any]:
    """Gunicorn's settings as a dictionary, with `changes` on top."""
    own = {name: value for name, value in globals().items() if name in _NAMES}
    return own | changes


def serve(app_uri: str = "wsgi:app", **changes: Any) -> None:
    """Runs gunicorn in this process until it is told to stop."""
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415 - gunicorn is loaded by those who serve, only

    class Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
        def load_config(self) -> None:
            for name, value in settings(**changes).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from gunicorn.util import import_app  # noqa: PLC0415 - the same

            return import_app(app_uri)

    Server().run()
