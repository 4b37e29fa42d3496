"""How many statements a piece of work runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import AsyncCursor

from kanal.kit.db import Transaction


@contextmanager
def counted(tx: Transaction) -> Iterator[list[str]]:
    """The statements that a transaction runs in a block."""
    ran: list[str] = []

    class Counting(AsyncCursor[Any]):
        async def execute(self, query: Any, *args: Any, **more: Any) -> Any:
            ran.append(str(query))
            return await super().execute(query, *args, **more)

    before = tx.connection.cursor_factory
    tx.connection.cursor_factory = Counting
    yield ran
    tx.connection.cursor_factory = before
