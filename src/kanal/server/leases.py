"""Which process works for what: advisory locks, all held by one connection of this process. They die with it, so that
the work of a process that died, or lost the database, goes to another."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import psycopg
import structlog

from kanal.kit.db import Database

PATIENCE = 10.0
"""Seconds until a database that does not answer counts as away."""

log = structlog.get_logger()


class Leases:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._held: set[str] = set()
        self._one_at_a_time = asyncio.Lock()

    async def take(self, name: str) -> bool:
        """Whether it is ours. While the database is away nothing is."""
        async with self._one_at_a_time:
            try:
                async with asyncio.timeout(PATIENCE):
                    return await self._take(name)
            except (psycopg.Error, OSError, TimeoutError) as trouble:
                log.warning("leases.lost", held=len(self._held), error=type(trouble).__name__)
                await self._drop()
                return False

    async def _take(self, name: str) -> bool:
        connection = await self._connected()
        if name in self._held:
            await connection.execute("select 1")
            return True
        cursor = await connection.execute("select pg_try_advisory_lock(hashtextextended(%s, 0))", (name,))
        row = await cursor.fetchone()
        if row is not None and row[0]:
            self._held.add(name)
        return name in self._held

    async def _connected(self) -> psycopg.AsyncConnection[Any]:
        if self._connection is None:
            self._connection = await psycopg.AsyncConnection.connect(self._db.url, autocommit=True)
            await self._connection.execute("set role kanal_app")
            # The server notices within a minute that this machine vanished without a word.
            await self._connection.execute("set tcp_keepalives_idle = 20")
            await self._connection.execute("set tcp_keepalives_interval = 10")
            await self._connection.execute("set tcp_keepalives_count = 3")
        return self._connection

    async def let_go(self, name: str) -> None:
        async with self._one_at_a_time:
            if name not in self._held or self._connection is None:
                return
            self._held.discard(name)
            try:
                await self._connection.execute("select pg_advisory_unlock(hashtextextended(%s, 0))", (name,))
            except (psycopg.Error, OSError):
                await self._drop()

    async def close(self) -> None:
        """Let go of all."""
        async with self._one_at_a_time:
            await self._drop()

    async def _drop(self) -> None:
        connection, self._connection = self._connection, None
        self._held.clear()
        if connection is not None:
            with suppress(psycopg.Error, OSError):
                await connection.close()
