"""HTTP as a kind's doors see it, so that no kind depends on the web framework."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Literal

import msgspec


class Request(msgspec.Struct, kw_only=True, frozen=True):
    """One request from outside; `body` is exactly what came over the wire, since signatures are over those bytes."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    client: str


class Response(msgspec.Struct, kw_only=True, frozen=True):
    status: int = 200
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"
    headers: Mapping[str, str] = {}


class HttpDoor(msgspec.Struct, kw_only=True, frozen=True):
    """A door under `/in/<kind>/<path>`; `path` may end in a segment `{key}` that names the channel."""

    method: Literal["GET", "POST"]
    path: str
    handle: Callable[[Request], Awaitable[Response]]
    max_bytes: int = 5_000_000
