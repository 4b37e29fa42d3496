"""The virus scanner that the sandbox plays."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from sandbox.clamd import EICAR, Clamd


@pytest.fixture
async def clamd() -> AsyncIterator[Clamd]:
    made = Clamd(most=1000)
    await made.start()
    yield made
    await made.stop()


async def say(clamd: Clamd, *pieces: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", clamd.port)
    writer.writelines(pieces)
    answer = await reader.read()
    writer.close()
    return answer


def streamed(*chunks: bytes) -> list[bytes]:
    return [b"zINSTREAM\0", *(len(chunk).to_bytes(4) + chunk for chunk in (*chunks, b""))]


async def test_commands_end_as_they_began(clamd: Clamd) -> None:
    assert await say(clamd, b"zPING\0") == b"PONG\0"
    assert await say(clamd, b"nPING\n") == b"PONG\n"
    assert await say(clamd, b"zNONSENSE\0") == b"UNKNOWN COMMAND\0"


async def test_the_one_virus_is_found_wherever_the_stream_is_cut(clamd: Clamd) -> None:
    assert await say(clamd, *streamed(b"harmless")) == b"stream: OK\0"
    assert await say(clamd, *streamed(EICAR[:20], EICAR[20:])) == b"stream: Eicar-Signature FOUND\0"


async def test_more_than_it_takes_is_refused(clamd: Clamd) -> None:
    assert (await say(clamd, *streamed(b"x" * 1001))) == b"INSTREAM size limit exceeded. ERROR\0"
