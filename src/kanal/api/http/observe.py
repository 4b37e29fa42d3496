"""One log line and one measurement a request: the route's template, never its values, its query or who called."""

from __future__ import annotations

import time
from typing import Any

import structlog
from litestar.types import Message, Receive, Scope, Send
from prometheus_client import Histogram

from kanal.kit.ids import new_id

log = structlog.get_logger("kanal.http")
DURATIONS = Histogram(
    "kanal_http_request_seconds",
    "From the first byte of a request to the last of its answer",
    ("method", "route", "status"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
QUIET = frozenset({"/health/live", "/health/ready", "/metrics", "/assets/{path:path}"})


class Observed:
    """The sending end of one request: adds its id to the answer and remembers the status."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self._started = time.perf_counter()
        self._status = 0
        self.id = str(new_id())

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            message["headers"] = [*message["headers"], (b"x-request-id", self.id.encode())]
        await self._send(message)

    def done(self) -> None:
        seconds = time.perf_counter() - self._started
        route = str(self._scope.get("path_template") or "none")
        method = _method(self._scope)
        DURATIONS.labels(method, route, str(self._status)).observe(seconds)
        if route not in QUIET:
            log.info("request", method=method, route=route, status=self._status, ms=round(seconds * 1000, 1))


async def observe(app: Any, scope: Scope, receive: Receive, send: Send) -> None:
    observed = Observed(scope, send)
    with structlog.contextvars.bound_contextvars(request_id=observed.id):
        try:
            await app(scope, receive, observed.send)
        finally:
            observed.done()


def _method(scope: Scope) -> str:
    """Only known words, since each makes a time series."""
    method = str(scope.get("method", ""))
    return method if method in METHODS else "other"
