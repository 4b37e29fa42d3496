"""ClamAV's daemon as far as it is asked here: PING, VERSION and INSTREAM over TCP. It knows one virus, the
harmless file that every scanner calls one."""

import asyncio
from contextlib import suppress

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!" + b"$H+H*"
"""In two pieces, or this file itself would be taken for one."""
FOUND = "stream: Eicar-Signature FOUND"


class Clamd:
    """Listens until `stop`. `most` is its `StreamMaxLength`; `mute` makes it take what it is sent and say nothing."""

    def __init__(self, most: int = 100_000_000) -> None:
        self.most = most
        self.mute = False
        self.port = 0
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        self._server = await asyncio.start_server(self._serve, host, port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server:
            self._server.close()
        for writer in list(self._open):
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                answer, end = await self._answer(reader)
                if self.mute:
                    await reader.read()
                writer.write(answer.encode() + end)
                await writer.drain()
        finally:
            self._open.discard(writer)
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[str, bytes]:
        """Commands are `zCOMMAND` and a NUL, or `nCOMMAND` and a line's end; answers end as they do."""
        end = b"\0" if await reader.readexactly(1) == b"z" else b"\n"
        command = (await reader.readuntil(end))[:-1]
        if command == b"PING":
            return "PONG", end
        if command == b"VERSION":
            return "ClamAV 1.4.3/sandbox", end
        if command == b"INSTREAM":
            return await self._scan(reader), end
        return "UNKNOWN COMMAND", end

    async def _scan(self, reader: asyncio.StreamReader) -> str:
        stream = b""
        while size := int.from_bytes(await reader.readexactly(4)):
            if len(stream) + size > self.most:
                return "INSTREAM size limit exceeded. ERROR"
            stream += await reader.readexactly(size)
        return FOUND if EICAR in stream else "stream: OK"
