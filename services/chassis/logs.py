"""Logs: one JSON line an event, static names, an allow-list of fields. What is not on it is not written."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

ALLOWED = frozenset(
    [
        "event",
        "level",
        "timestamp",
        "service",
        "method",
        "route",
        "status",
        "ms",
        "error",
        "producer",
        "type",
        "sequence",
        "attempts",
        "reason",
        "port",
        "seconds",
        "count",
        "consumer",
        "incident",
        "clause",
        "step",
        "mode",
        "path_kind",
        "pid",
        "signal",
        "version",
    ]
)


def configure(stream: TextIO = sys.stdout) -> None:
    """Set structlog up for this process; libraries' own logs go out as their logger's name and level only."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_allowed,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(stream),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    root.handlers[:] = [_LibraryHandler()]
    root.setLevel(logging.WARNING)


def only_allowed(_: Any, __: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every field that is not on the allow-list: an exception's text may hold a name."""
    return {name: value for name, value in fields.items() if name in ALLOWED}


class _LibraryHandler(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        structlog.get_logger("dengwen.library").warning("library_log", type=record.name, error=error)
