"""An agent who reads the list of tickets again and again, in a process of their own: until what it reads from ends."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import uvloop

from kanal.cli.bench.submitting import answer
from kanal.kit import processes


class Look(msgspec.Struct, kw_only=True):
    port: int
    token: str
    pause: float
    """Seconds between two looks at the list."""


@contextmanager
def reading(look: Look) -> Iterator[list[float]]:
    """While the block runs; the milliseconds of each list are in the list afterwards."""
    times: list[float] = []
    with subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        preexec_fn=processes.die_with_parent(signal.SIGKILL),
    ) as process:
        assert process.stdin is not None
        process.stdin.write(msgspec.json.encode(look) + b"\n")
        process.stdin.flush()
        yield times
        said, _ = process.communicate()
    times += msgspec.json.decode(said, type=list[float])


async def look_on(look: Look) -> list[float]:
    times: list[float] = []
    task = asyncio.create_task(_look(look, times))
    await asyncio.to_thread(sys.stdin.buffer.read)
    task.cancel()
    await asyncio.wait([task])
    if not task.cancelled():
        task.result()
    return times


async def _look(look: Look, times: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", look.port)
    head = f"GET /api/v1/tickets?limit=50 HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {look.token}\r\n\r\n"
    while True:
        began = time.perf_counter()
        writer.write(head.encode())
        status, body = await answer(reader)
        if status != 200 or body.count(b'"number"') < 50:
            raise RuntimeError(f"the list was answered with {status}")
        times.append((time.perf_counter() - began) * 1_000)
        await asyncio.sleep(look.pause)


if __name__ == "__main__":
    _asked = msgspec.json.decode(sys.stdin.buffer.readline(), type=Look)
    sys.stdout.buffer.write(msgspec.json.encode(uvloop.run(look_on(_asked))))
