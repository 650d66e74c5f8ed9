"""How log lines are written: for people, or one JSON object a line for what collects them.

Ours come from structlog, gunicorn's from Python's own logging; both are written to standard error in the same form,
with the id of the request that they are about.
"""

import logging
import sys
from typing import Any

import structlog

from registry.settings import Settings

_BEFORE: tuple[Any, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
)


def configure(settings: Settings) -> None:
    """Makes structlog write in the form that is set, to standard error."""
    structlog.configure(
        processors=[*_BEFORE, structlog.processors.format_exc_info, _renderer(settings)]
        if settings.log_format == "json"
        else [*_BEFORE, _renderer(settings)],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def formatter(settings: Settings) -> logging.Formatter | None:
    """What gunicorn's handlers write with; None where its own form is right."""
    if settings.log_format != "json":
        return None
    return structlog.stdlib.ProcessorFormatter(
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _renderer(settings),
        ],
        foreign_pre_chain=_BEFORE,
    )


def _renderer(settings: Settings) -> Any:
    if settings.log_format == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)
