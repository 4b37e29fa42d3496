"""Logs: structlog for ours and for what libraries write, as lines for people or as JSON. They hold ids, names of fields
and counts; of an exception its class and where it happened, since its message may quote what customers wrote."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

DEEPEST = 40


def configure(*, as_json: bool, level: str = "INFO", stream: TextIO | None = None) -> None:
    """Once per process, at the composition root. Libraries are heard from WARNING up."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _where_it_broke,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(as_json, stream)],
            keep_exc_info=False,
            pass_foreign_args=True,
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("kanal").setLevel(level)


def frames(error: BaseException) -> list[str]:
    """Where an exception came from, innermost last, and what caused it; no messages, no values."""
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen and len(lines) < DEEPEST:
        seen.add(id(current))
        where = traceback.extract_tb(current.__traceback__)
        lines[:0] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in where] + [_name(current)]
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return lines[-DEEPEST:]


def _where_it_broke(_: Any, __: str, event: EventDict) -> EventDict:
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["error"] = _name(error)
        event["where"] = frames(error)
    return event


def _name(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _renderer(as_json: bool, stream: TextIO | None) -> Processor:
    if as_json:
        return structlog.processors.JSONRenderer()
    return _Console(colors=(stream or sys.stderr).isatty())


class _Console:
    """One line an event; frames below it."""

    def __init__(self, *, colors: bool) -> None:
        self._render = structlog.dev.ConsoleRenderer(colors=colors, pad_event_to=0)

    def __call__(self, logger: Any, name: str, event: MutableMapping[str, Any]) -> str | Mapping[str, Any]:
        where = event.pop("where", [])
        return "\n    ".join([str(self._render(logger, name, event)), *where])
