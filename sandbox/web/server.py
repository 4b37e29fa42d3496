"""The HTTP side: an application of all stand-ins' routers, and a uvicorn that lives inside the caller's event loop."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import uvicorn
from litestar import Litestar, Router
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.static_files import create_static_files_router

from sandbox.errors import InvalidInput, NotFound
from sandbox.web.problems import http_error, invalid_input, not_found, our_fault, refuse_other_origins

MAX_BODY = 80 * 1024 * 1024


def application(routers: list[Router], shared: dict[str, Any]) -> Litestar:
    """`shared`: what handlers get by the name of their parameter."""
    static = create_static_files_router("/static", directories=[Path(__file__).parent / "static"])
    return Litestar(
        [*routers, static],
        dependencies={name: Provide(_give(value), sync_to_thread=False) for name, value in shared.items()},
        before_request=refuse_other_origins,
        exception_handlers={
            InvalidInput: invalid_input,
            NotFound: not_found,
            HTTPException: http_error,
            Exception: our_fault,
        },
        response_headers={"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"},
        request_max_body_size=MAX_BODY,
        openapi_config=None,
        # The process that the sandbox is a guest of decides what is logged, and how.
        logging_config=None,
    )


class HttpServer:
    """Serves until `stop`; `port` is the one that was really taken."""

    def __init__(self, app: Litestar) -> None:
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", ws="none", server_header=False)
        self._server = _Guest(config)
        self._running: asyncio.Task[None] | None = None
        self.port = 0

    async def start(self, host: str, port: int) -> None:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        # Accepted connections inherit it; asyncio sets it by itself only on sockets of its own making.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.port = listening.getsockname()[1]
        self._running = asyncio.create_task(self._server.serve(sockets=[listening]))
        while not self._server.started:
            if self._running.done():
                await self._running
            await asyncio.sleep(0.005)

    async def stop(self) -> None:
        if self._running:
            self._server.should_exit = self._server.force_exit = True
            await self._running


class _Guest(uvicorn.Server):
    """Leaves the signals to the process that it is a guest of."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _give(value: Any) -> Any:
    def given() -> Any:
        return value

    return given
