"""One IMAP connection as commands and answers: tags, literals, continuations, IDLE. Knows nothing of mail; session.py
opens it and every other file here speaks through it."""

from __future__ import annotations

import asyncio
import contextlib
import re
import ssl
from itertools import count

import msgspec

from kanal.kinds.email.imap import grammar
from kanal.kinds.email.imap.errors import Broken, Refused
from kanal.kinds.email.imap.grammar import Literal, Said

SILENCE = 60.0
"""Seconds without a byte while an answer is due, after which the connection is given up."""
GOODBYE = 2.0
LINE = 1_000_000
PIECE = 262_144
ANSWER = 8_000_000
"""Bytes that one answer may have, unless more was asked for."""

Chunks = list[bytes]
"""One response: its text, and the literals in it as `Literal`."""


class Answer(msgspec.Struct, kw_only=True):
    said: Said
    untagged: list[Chunks]


class Wire:
    """Used by one task at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._below = writer
        self._tags = count(1)
        self._reading: asyncio.Task[Chunks] | None = None
        self._leaving = False
        self.changed = False
        """The server said that mail came or went; set back by whoever looks."""

    async def greeting(self) -> Said:
        chunks = await self._response()
        greeting = grammar.said(chunks[0][2:]) if chunks[0].startswith(b"* ") else None
        if greeting is None:
            raise Broken("that is no IMAP server")
        return greeting

    async def run(self, *parts: bytes, most: int = ANSWER) -> Answer:
        """Send a command and read its whole answer, `most` bytes of it. Whenever the server asks to go on, the next
        part is sent, and an empty line once there is none. Raises Refused when it says NO or BAD, Broken."""
        tag = b"k%d" % next(self._tags)
        await self._write(tag + b" " + parts[0] + b"\r\n")
        rest = list(parts[1:])
        untagged: list[Chunks] = []
        while True:
            chunks = await self._response(most)
            head = chunks[0]
            if head.startswith(b"+"):
                await self._write((rest.pop(0) if rest else b"") + b"\r\n")
            elif head.startswith(b"* "):
                self._note(head)
                most -= sum(map(len, chunks))
                if most < 0:
                    raise Broken(_TOO_MUCH)
                untagged.append([head[2:], *chunks[1:]])
            elif head.startswith(tag + b" "):
                return _judged(head[len(tag) + 1 :], untagged)

    async def idle(self, seconds: float, woken: asyncio.Event) -> None:
        """Until mail came or went or somebody is `woken`, for `seconds` at most. Raises Refused when the server will
        not."""
        tag = b"k%d" % next(self._tags)
        await self._write(tag + b" IDLE\r\n")
        while not (head := (await self._response())[0]).startswith(b"+"):
            if head.startswith(tag + b" "):
                _judged(head[len(tag) + 1 :], [])
            self._note(head)
        await self._until_changed(seconds, woken)
        await self._write(b"DONE\r\n")
        while not (head := (await self._response())[0]).startswith(tag + b" "):
            self._note(head)

    async def encrypt(self, context: ssl.SSLContext, host: str) -> None:
        """After STARTTLS was agreed. What came unencrypted and was not read yet is thrown away: nobody vouches for
        it."""
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader(limit=LINE)
        protocol = asyncio.StreamReaderProtocol(reader)
        transport = await loop.start_tls(self._writer.transport, protocol, context, server_hostname=host)
        if transport is None:
            raise Broken("the connection broke")
        protocol.connection_made(transport)
        self._below = self._writer  # one that is forgotten closes its connection
        self._reader, self._writer = reader, asyncio.StreamWriter(transport, protocol, reader, loop)

    @property
    def certificate(self) -> bytes | None:
        """Of the server, in DER; None without encryption."""
        secured = self._writer.get_extra_info("ssl_object")
        return secured.getpeercert(True) if secured is not None else None

    @property
    def is_encrypted(self) -> bool:
        return self._writer.get_extra_info("ssl_object") is not None

    async def leave(self) -> None:
        """Say goodbye; how the server takes it changes nothing."""
        self._leaving = True
        with contextlib.suppress(Broken, Refused, TimeoutError):
            async with asyncio.timeout(GOODBYE):
                await self.run(b"LOGOUT")

    def close(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading.add_done_callback(lambda read: read.cancelled() or read.exception())
        self._writer.transport.abort()

    async def _until_changed(self, seconds: float, woken: asyncio.Event) -> None:
        """A wait that is given up loses nothing of what the server is about to say: its reading goes on."""
        over = asyncio.get_running_loop().time() + seconds
        waking = asyncio.create_task(woken.wait())
        try:
            while not self.changed and not woken.is_set() and (left := over - asyncio.get_running_loop().time()) > 0:
                if self._reading is None:
                    self._reading = asyncio.create_task(self._read(ANSWER, None))
                await asyncio.wait({self._reading, waking}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
                if self._reading.done():
                    reading, self._reading = self._reading, None
                    self._note(reading.result()[0])
        finally:
            waking.cancel()

    async def _response(self, most: int = ANSWER) -> Chunks:
        if self._reading is None:
            return await self._read(most, SILENCE)
        reading, self._reading = self._reading, None
        try:
            async with asyncio.timeout(SILENCE):
                return await reading
        except TimeoutError:
            raise Broken(_SILENT) from None

    async def _read(self, most: int, silence: float | None) -> Chunks:
        try:
            chunks: Chunks = []
            while True:
                async with asyncio.timeout(silence):
                    line = (await self._reader.readuntil(b"\r\n"))[:-2]
                marked = _MARK.search(line)
                if marked is None:
                    return [*chunks, line]
                size = int(marked[1])
                if size > most:
                    raise Broken(_TOO_MUCH)
                most -= size
                chunks += [line[: marked.start()], Literal(await self._literal(size, silence or SILENCE))]
        except TimeoutError:
            raise Broken(_SILENT) from None
        except (asyncio.IncompleteReadError, OSError) as lost:
            raise Broken("the connection broke") from lost
        except asyncio.LimitOverrunError as wrong:
            raise Broken("the server sends a line without an end") from wrong

    async def _literal(self, size: int, silence: float) -> bytes:
        pieces = bytearray()
        while len(pieces) < size:
            async with asyncio.timeout(silence):
                pieces += await self._reader.readexactly(min(PIECE, size - len(pieces)))
        return bytes(pieces)

    async def _write(self, data: bytes) -> None:
        try:
            for start in range(0, len(data), PIECE):
                async with asyncio.timeout(SILENCE):
                    self._writer.write(data[start : start + PIECE])
                    await self._writer.drain()
        except OSError as lost:  # TimeoutError is one of them
            raise Broken("the connection broke") from lost

    def _note(self, head: bytes) -> None:
        if _CHANGE.match(head):
            self.changed = True
        if _BYE.match(head) and not self._leaving:
            ending = grammar.said(head[2:])
            raise Broken(f"the server ended the connection: {ending.text if ending else ''}"[:300])


_SILENT = "the server went silent"
_TOO_MUCH = "the server sends more than it announced"
_MARK = re.compile(rb"\{(\d{1,12})\}\Z")
_BYE = re.compile(rb"\* BYE\b", re.IGNORECASE)
_CHANGE = re.compile(rb"\* (?:\d+ (?:EXISTS|EXPUNGE)|VANISHED)\b", re.IGNORECASE)


def _judged(line: bytes, untagged: list[Chunks]) -> Answer:
    verdict = grammar.said(line)
    if verdict is None:
        raise Broken("the server's answer makes no sense")
    if verdict.word != "OK":
        raise Refused(verdict.code, verdict.text)
    return Answer(said=verdict, untagged=untagged)
