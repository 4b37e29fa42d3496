"""The listener: a session for each connection."""

import asyncio
import contextlib

from sandbox.imap.session import Session
from sandbox.mail.hosted import Hosted
from sandbox.mail.store import Store


class ImapServer:
    """Listens until `stop`; `port` is the one that was really taken."""

    def __init__(self, store: Store, hosted: Hosted) -> None:
        self._store = store
        self._hosted = hosted
        self._server: asyncio.Server | None = None
        self._sessions: set[asyncio.Task[None]] = set()
        self.port = 0

    async def start(self, host: str, port: int) -> None:
        self._server = await asyncio.start_server(self._connected, host, port, limit=1_000_000)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server:
            self._server.close()
        # Programs keep their connection to hear of new mail; nobody waits for them.
        for session in self._sessions:
            session.cancel()
        await asyncio.gather(*self._sessions, return_exceptions=True)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        session = asyncio.create_task(self._serve(reader, writer))
        self._sessions.add(session)
        session.add_done_callback(self._sessions.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A program may go without a word, stay silent too long, or send a line without an end.
        gone = (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError)
        try:
            with contextlib.suppress(*gone):
                await Session(reader, writer, self._store, self._hosted).serve()
        finally:
            writer.close()
