"""ClamAV's daemon, asked by its protocol INSTREAM over a socket. What an admin has set up is never left out in silence:
while it does not answer, no file is taken."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import structlog

from kanal.kit.settings import Address

CHUNK = 256 * 1024
CONNECT_SECONDS = 5.0
SECONDS = 60.0
FOUND = " FOUND"

log = structlog.get_logger()


class ScannerAway(Exception):
    """The virus scanner did not say what it thinks of a file; in a minute it may."""

    retry_after = 60
    """Seconds."""


async def scan(path: Path, scanner: str | Address) -> str:
    """What was found in the file, "" when nothing was. Raises ScannerAway."""
    try:
        async with asyncio.timeout(SECONDS):
            answer = await _ask(path, scanner)
    except (OSError, TimeoutError, asyncio.IncompleteReadError) as trouble:
        log.error("clamd.away", error=type(trouble).__name__)
        raise ScannerAway from trouble
    verdict = answer.removeprefix("stream: ")
    if verdict == "OK":
        return ""
    if verdict.endswith(FOUND):
        return verdict.removesuffix(FOUND)
    log.error("clamd.refused", answer=verdict[:200])
    raise ScannerAway


async def _ask(path: Path, scanner: str | Address) -> str:
    async with asyncio.timeout(CONNECT_SECONDS):
        reader, writer = await _connect(scanner)
    try:
        with suppress(ConnectionError):  # it hangs up on what is too large for it, and its answer says so
            await _stream(path, writer)
        return (await reader.readuntil(b"\0"))[:-1].decode(errors="replace").strip()
    finally:
        writer.close()


async def _connect(scanner: str | Address) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if isinstance(scanner, Address):
        return await asyncio.open_connection(scanner.host, scanner.port)
    return await asyncio.open_unix_connection(scanner)


async def _stream(path: Path, writer: asyncio.StreamWriter) -> None:
    """Each piece behind its length; an empty one ends it."""
    writer.write(b"zINSTREAM\0")
    pieces = _pieces(path)
    while piece := await asyncio.to_thread(next, pieces, b""):
        writer.write(len(piece).to_bytes(4) + piece)
        await writer.drain()
    writer.write((0).to_bytes(4))
    await writer.drain()


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece
