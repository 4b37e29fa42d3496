"""Who makes an attempt, and whether they still live: each process holds an advisory lock named by itself on a
connection of its own, so that the database knows of its death at once."""

from __future__ import annotations

import os
import secrets
import socket
from typing import Any

import psycopg
from psycopg import AsyncConnection

from kanal.kit.db import Database, Transaction


class Claimant:
    """This process. It gets a new name with each connection: under an old name others may have taken over."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._connection: AsyncConnection[Any] | None = None
        self._claims = 0
        self.name = ""

    async def hold(self) -> None:
        """Be alive for others to see; connects again when the connection broke."""
        if self._connection is not None:
            try:
                await self._connection.execute("select 1")
            except psycopg.OperationalError:
                await self.release()
            else:
                return
        self._connection = await AsyncConnection.connect(self._db.url, autocommit=True)
        await self._connection.execute("set role kanal_app")
        # The server notices within a minute that this machine vanished without a word.
        await self._connection.execute("set tcp_keepalives_idle = 20")
        await self._connection.execute("set tcp_keepalives_interval = 10")
        await self._connection.execute("set tcp_keepalives_count = 3")
        self.name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(6)}"
        await self._connection.execute("select pg_advisory_lock(hashtextextended(%s, 0))", (self.name,))

    async def release(self) -> None:
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    def mark(self) -> str:
        """The mark of one attempt; no two are alike."""
        self._claims += 1
        return f"{self.name}/{self._claims}"


async def is_dead(tx: Transaction, mark: str) -> bool:
    """Whether the process that made this mark is gone; if so, nobody else can ask until the transaction ends."""
    return bool(await tx.value("select pg_try_advisory_xact_lock(hashtextextended(%s, 0))", (mark.partition("/")[0],)))
