"""uvicorn inside our own process: it gets a socket that is bound already, and leaves signals to us."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from litestar import Litestar

from kanal.kit.settings import Address


class PortTaken(Exception):
    """Something else listens there; the message names the setting and the mend."""


class HttpServer(uvicorn.Server):
    def __init__(self, app: Litestar, address: Address) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                lifespan="on",
                log_config=None,
                access_log=False,
                server_header=False,
                date_header=True,
                proxy_headers=False,
                ws="websockets-sansio",
                ws_max_size=64_000,
                ws_per_message_deflate=False,
                timeout_keep_alive=30,
                timeout_graceful_shutdown=5,
            )
        )
        self.listening = asyncio.Event()
        self._socket = bind(address, "KANAL_HTTP")

    async def run_here(self) -> None:
        await self.serve(sockets=[self._socket])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()

    def stop(self) -> None:
        self.should_exit = True

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def bind(address: Address, setting: str) -> socket.socket:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    try:
        return socket.create_server((address.host, address.port), family=family, backlog=2048)
    except OSError as trouble:
        raise PortTaken(f"cannot listen on {address}: {trouble.strerror}. Set {setting} to another host:port") from None
