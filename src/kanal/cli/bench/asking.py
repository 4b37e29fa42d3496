"""One request after the other, or many at once, to the real application without a network between."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlencode

import msgspec


class Place(msgspec.Struct, kw_only=True):
    """What is asked for, and by whom."""

    what: str
    token: str
    query: dict[str, str]
    path: str = "/api/v1/tickets"
    items: int | None = None
    """How many have to come; None: as many as there are."""


async def times(app: Any, places: list[Place], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each request, one place after the other in every round, so that a busy moment meets them all."""
    for place in places * 5:
        await ask(app, place)
    taken: dict[str, list[float]] = {place.what: [] for place in places}
    for _ in range(rounds):
        for place in places:
            taken[place.what].append(await ask(app, place))
    return taken


async def ask(app: Any, place: Place) -> float:
    """The milliseconds that it took."""
    began = time.perf_counter()
    status, body = await answer(app, place)
    milliseconds = (time.perf_counter() - began) * 1_000
    if status != 200:
        raise RuntimeError(f"{place.what}: {status} {body[:300]!r}")
    if place.items is not None and (found := len(msgspec.json.decode(body)["items"])) != place.items:
        raise RuntimeError(f"{place.what}: {found} items")
    return milliseconds


async def answer(app: Any, place: Place) -> tuple[int, bytes]:
    said: list[dict[str, Any]] = []
    scope = {
        "type": "http",
        "http_version": "1.1",
        "asgi": {"version": "3.0"},
        "method": "GET",
        "scheme": "http",
        "path": place.path,
        "raw_path": place.path.encode(),
        "root_path": "",
        "query_string": urlencode(place.query).encode(),
        "headers": [(b"host", b"127.0.0.1"), (b"authorization", f"Bearer {place.token}".encode())],
        "client": ("127.0.0.1", 40000),
        "server": ("127.0.0.1", 80),
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    await app(scope, receive, send)
    return said[0]["status"], b"".join(part.get("body", b"") for part in said[1:])
