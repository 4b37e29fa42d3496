"""Parsing in a child process under limits of time and memory, so that no mail can hurt the desk. What cannot be parsed
comes back as the kind's `unreadable`, never as nothing."""

from __future__ import annotations

import asyncio
import hashlib
import multiprocessing
import resource
import signal
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import FrameType
from typing import Any

import msgspec
import structlog

from kanal.channelkit.contract import Kind
from kanal.channelkit.messages import Inbound, Raw
from kanal.kit.db import storable_text

SECONDS_A_MESSAGE = 20
MEMORY = 2_000_000_000
IDLE = 60.0
"""The child goes home after this many idle seconds, and its memory with it."""

IDS = frozenset({"external_id", "external_ids", "in_reply_to", "references", "thread_key", "key"})
LONGEST_ID = 500
"""Longer ones are replaced by their hash, the same wherever they appear."""

log = structlog.get_logger()


class TookTooLong(Exception):
    """A message needed more than its time."""


class Parser:
    """One child process, started when there is something to parse."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._idle: asyncio.TimerHandle | None = None
        self._busy = 0

    async def parse(self, kind: Kind, raws: Sequence[Raw]) -> list[list[Inbound]]:
        """What was said in each of these; in their order."""
        self._enter()
        try:
            return await self._parse(kind, raws)
        finally:
            self._leave()

    def close(self) -> None:
        if self._idle:
            self._idle.cancel()
        if self._pool:
            _kill(self._pool)
        self._pool = None

    async def _parse(self, kind: Kind, raws: Sequence[Raw]) -> list[list[Inbound]]:
        try:
            return await self._in_child(kind, raws)
        except (BrokenProcessPool, TimeoutError) as trouble:
            self.close()
            if len(raws) > 1:
                return [(await self._parse(kind, [raw]))[0] for raw in raws]
            log.warning("parser.child_lost", kind=kind.name, size=len(raws[0].body), trouble=type(trouble).__name__)
            why = "reading it took too long" if isinstance(trouble, TimeoutError) else "reading it took too much memory"
            return [[kind.unreadable(raws[0], why)]]

    async def _in_child(self, kind: Kind, raws: Sequence[Raw]) -> list[list[Inbound]]:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_limit_memory)
        future = asyncio.get_running_loop().run_in_executor(self._pool, _parse_all, kind, list(raws))
        return await asyncio.wait_for(future, 30 + SECONDS_A_MESSAGE * len(raws))

    def _enter(self) -> None:
        self._busy += 1
        if self._idle:
            self._idle.cancel()
            self._idle = None

    def _leave(self) -> None:
        self._busy -= 1
        if not self._busy:
            self._idle = asyncio.get_running_loop().call_later(IDLE, self.close)


def _kill(pool: ProcessPoolExecutor) -> None:
    for process in list((pool._processes or {}).values()):
        process.kill()
    pool.shutdown(wait=False, cancel_futures=True)


def _limit_memory() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _parse_all(kind: Kind, raws: list[Raw]) -> list[list[Inbound]]:
    signal.signal(signal.SIGALRM, _too_long)
    return [_parse_one(kind, raw) for raw in raws]


def _parse_one(kind: Kind, raw: Raw) -> list[Inbound]:
    signal.alarm(SECONDS_A_MESSAGE)
    try:
        return [storable(inbound) for inbound in kind.parse(raw)]
    except TookTooLong:
        return [kind.unreadable(raw, "reading it took too long")]
    except MemoryError:
        return [kind.unreadable(raw, "reading it took too much memory")]
    except Exception as fault:  # noqa: BLE001 - whatever a mail provokes, it becomes a ticket that shows its source
        return [kind.unreadable(raw, f"the reader gave up: {type(fault).__name__}")]
    finally:
        signal.alarm(0)


def storable(value: Any) -> Any:
    """The same with every text fit for the database, and ids no longer than an index takes."""
    if isinstance(value, str):
        return storable_text(value)
    if isinstance(value, list):
        return [storable(item) for item in value]
    if isinstance(value, dict):
        return {storable(key): storable(item) for key, item in value.items()}
    if isinstance(value, msgspec.Struct):
        fields = {name: storable(getattr(value, name)) for name in value.__struct_fields__}
        return msgspec.structs.replace(value, **{name: _short(name, item) for name, item in fields.items()})
    return value


def _short(name: str, value: Any) -> Any:
    if name in IDS and isinstance(value, str) and len(value) > LONGEST_ID:
        return hashlib.sha256(value.encode()).hexdigest()
    if name in IDS and isinstance(value, list):
        return [_short(name, item) for item in value]
    return value


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise TookTooLong
