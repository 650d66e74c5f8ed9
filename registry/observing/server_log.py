"""Gunicorn's own log, in the form in which the register writes."""

from contextlib import suppress
from typing import Any

from gunicorn.glogging import Logger

from registry.errors import ConfigurationError
from registry.observing.logs import formatter
from registry.settings import Settings


class ServerLog(Logger):  # type: ignore[misc] # gunicorn has no types
    """Settings that cannot be used are told of by registry/serving.py, a moment later."""

    def setup(self, cfg: Any) -> None:
        """Before the first line."""
        super().setup(cfg)
        with suppress(ConfigurationError):
            form = formatter(Settings())
            for handler in self.error_log.handlers if form else ():
                handler.setFormatter(form)
