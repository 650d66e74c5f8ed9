"""Gunicorn's settings and the start of the server. The root ``gunicorn.conf.py`` takes them from here too.

Never ``--preload``: a store handle that is inherited through a fork corrupts the store; `on_starting` refuses it.
"""

import gc
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from registry.errors import ConfigurationError
from registry.harmonisation.comparison import prepare
from registry.observing import logs
from registry.settings import Settings
from registry.starting import check_directory
from sparql.errors import StoreError

COUNTING = "PROMETHEUS_MULTIPROC_DIR"
"""Where the processes of a server count together, as prometheus_client wants it: set before any of them begins."""
_IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - memory for the heartbeat and for counts


def on_starting(server: Any) -> None:
    """Before any worker exists: refuses what cannot be served or would corrupt it, and loads what the workers share."""
    if server.cfg.preload_app:
        raise SystemExit("samsvar: --preload is refused: a store that is opened before the fork is corrupted by it.")
    try:
        settings = Settings()
        remark = check_directory(settings.data)
    except (ConfigurationError, StoreError) as error:
        raise SystemExit(f"samsvar: {error}") from error
    logs.configure(settings)
    if remark:
        server.log.warning(remark)
    os.environ["SAMSVAR_SERVER_PID"] = str(os.getpid())
    os.environ[COUNTING] = tempfile.mkdtemp(prefix="samsvar-metrics-", dir=_IN_MEMORY)
    prepare()
    gc.freeze()


def on_exit(_server: Any) -> None:
    """After the last worker: what they counted is of no use any longer."""
    shutil.rmtree(os.environ[COUNTING], ignore_errors=True)


def worker_exit(_server: Any, worker: Any) -> None:
    """Ends a worker that has served, without taking Python down around the threads that are in the engine.

    Python would wait for them, and then the engine's own threads for theirs: a worker was once seen to end with SIGSEGV
    there. What is left is what a crash leaves, which the next session clears. One that could not begin goes the usual
    way, with the status that tells gunicorn so.
    """
    if worker.booted:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


SETTINGS: dict[str, Any] = {
    "bind": "127.0.0.1:8000",
    "workers": 2,
    "worker_class": "registry.slow_clients.Worker",
    "threads": 8,
    "timeout": 120,
    "graceful_timeout": 30,
    "keepalive": 5,
    "limit_request_line": 8190,
    "limit_request_field_size": 8190,
    "preload_app": False,
    "errorlog": "-",
    "loglevel": "info",
    "logger_class": "registry.observing.server_log.ServerLog",
    "control_socket_disable": True,
    "worker_tmp_dir": _IN_MEMORY,
    "on_starting": on_starting,
    "on_exit": on_exit,
    "worker_exit": worker_exit,
}


def serve(app_uri: str = "wsgi:app", **changes: Any) -> None:
    """Runs gunicorn in this process until it is told to stop; `changes` are settings of gunicorn's."""
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415 - gunicorn is loaded by those who serve, only
    from gunicorn.util import import_app  # noqa: PLC0415 - the same

    class Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
        def load_config(self) -> None:
            for name, value in (SETTINGS | changes).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return import_app(app_uri)

    Server().run()
