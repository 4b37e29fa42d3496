"""The application on a real port with its hub, and sockets that listen to it as browsers do."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from kanal.kit.settings import Address
from kanal.server.http import HttpServer
from tests.make.site import Site
from tests.make.web import PUBLIC_URL


class Live:
    """Where the live socket of a site is served."""

    def __init__(self, port: int, slug: str) -> None:
        self.port, self.slug = port, slug

    @asynccontextmanager
    async def socket(
        self, token: str = "", *, cookie: str = "", cursor: int | None = None, slug: str = "", origin: str = PUBLIC_URL
    ) -> AsyncIterator[ClientConnection]:
        headers = {"authorization": f"Bearer {token}"} if token else {"cookie": cookie, "origin": origin}
        query = f"account={slug or self.slug}" + (f"&cursor={cursor}" if cursor is not None else "")
        async with connect(f"ws://127.0.0.1:{self.port}/api/v1/live?{query}", additional_headers=headers) as socket:
            yield socket


@asynccontextmanager
async def served(site: Site, slug: str = "a") -> AsyncIterator[Live]:
    server = HttpServer(site.app, Address("127.0.0.1", 0))
    running = [asyncio.create_task(site.hub.run()), asyncio.create_task(server.run_here())]
    await site.hub.listening.wait()
    await server.listening.wait()
    yield Live(server.servers[0].sockets[0].getsockname()[1], slug)
    server.stop()
    await running[1]
    running[0].cancel()
    await asyncio.gather(*running, return_exceptions=True)


async def hears(socket: ClientConnection, name: str) -> dict[str, Any]:
    """The next event with this name."""
    async with asyncio.timeout(30):
        while True:
            message = json.loads(await socket.recv())
            for event in message.get("items", []):
                if event["name"] == name:
                    return dict(event)


async def says(socket: ClientConnection) -> dict[str, Any]:
    """The next message."""
    async with asyncio.timeout(30):
        return dict(json.loads(await socket.recv()))


async def everything(socket: ClientConnection, until: str) -> list[str]:
    """The names of all events up to one with the name `until`."""
    names: list[str] = []
    async with asyncio.timeout(30):
        while until not in names:
            names += [event["name"] for event in json.loads(await socket.recv()).get("items", [])]
    return names


async def closes(socket: ClientConnection) -> int | None:
    """The code with which the server closes it."""
    async with asyncio.timeout(30):
        try:
            while True:
                await socket.recv()
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else None
