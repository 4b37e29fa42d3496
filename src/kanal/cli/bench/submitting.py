"""Visitors of a site in a process of their own, so that what they cost is not counted as ours: submissions over several
connections, flat out or so many a second."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import msgspec
import uvloop

from kanal.kit import processes


class Load(msgspec.Struct, kw_only=True):
    port: int
    key: str
    """The form's."""
    submissions: int
    connections: int
    a_second: float | None = None
    """None: each connection sends the next one as soon as it is thanked."""


class Took(msgspec.Struct, kw_only=True):
    seconds: float
    submissions: list[float]
    """Milliseconds of each, from its turn to its thanks."""


def run(load: Load) -> Took:
    """In a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "kanal.cli.bench.submitting"],
        input=msgspec.json.encode(load),
        stdout=subprocess.PIPE,
        check=True,
        preexec_fn=processes.die_with_parent(signal.SIGKILL),
    )
    return msgspec.json.decode(done.stdout, type=Took)


async def submit(load: Load) -> Took:
    turns = _turns(load)
    took = Took(seconds=0, submissions=[])
    began = time.perf_counter()
    await asyncio.gather(*(_visitor(load, turns, took.submissions) for _ in range(load.connections)))
    took.seconds = time.perf_counter() - began
    return took


def _turns(load: Load) -> Iterator[tuple[int, float]]:
    """The number of each submission, and when it is sent."""
    began = time.perf_counter()
    for number in range(load.submissions):
        yield number, began + number / load.a_second if load.a_second else 0.0


async def _visitor(load: Load, turns: Iterator[tuple[int, float]], times: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", load.port)
    for number, turn in turns:
        await asyncio.sleep(max(0.0, turn - time.perf_counter()))
        began = turn or time.perf_counter()
        writer.write(_submission(load.key, number))
        status, _ = await answer(reader)
        if status != 303:
            raise RuntimeError(f"a submission was answered with {status}")
        times.append((time.perf_counter() - began) * 1_000)
    writer.close()


def _submission(key: str, number: int) -> bytes:
    """As a page without a script sends it, each from a network of its own."""
    body = urlencode(
        {
            "name": f"Kund {number}",
            "email": f"kund-{number}@firma-{number % 400}.example",
            "subject": f"Where is my order {number}?",
            "description": "It was due yesterday, and nobody answers the phone. Could you have a look? " * 3,
            "_submission": f"bench-{number:08}",
            "_website": "",
        }
    ).encode()
    head = (
        f"POST /f/{key} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/x-www-form-urlencoded\r\n"
        f"x-forwarded-for: {11 + number // 65536}.{number // 256 % 256}.{number % 256}.1\r\n"
        f"origin: https://shop.example\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Status and body."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = head.partition(b"content-length:")[2].partition(b"\r\n")[0].strip()
    return int(head[9:12]), await reader.readexactly(int(length or b"0"))


if __name__ == "__main__":
    _asked = msgspec.json.decode(sys.stdin.buffer.read(), type=Load)
    sys.stdout.buffer.write(msgspec.json.encode(uvloop.run(submit(_asked))))
