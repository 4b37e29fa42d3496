"""The database: a pool of connections that may do only what the application may, and `transaction`, the one place that
commits. What happened in a transaction (events, wake-ups) is written by its last statement; see events/actions.py."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, LiteralString, TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

import msgspec
import psycopg
from psycopg import AsyncConnection
from psycopg import sql as compose
from psycopg.pq import TransactionStatus
from psycopg.rows import class_row, dict_row, scalar_row
from psycopg.types.json import set_json_loads
from psycopg_pool import AsyncConnectionPool

from kanal.kit.text import storable_text

Params = Mapping[str, Any] | Sequence[Any] | None
T = TypeVar("T")
LISTEN_CHANNEL = "kanal"
RESTED = 1.0
"""Seconds after which a connection that nobody used has to prove that it lives before it is used again."""
NUL = b"\\u0000"
"""As JSON writes it."""


class TransactionAborted(Exception):
    """A statement failed and its error was swallowed: PostgreSQL would turn the commit into a silent rollback."""


class UnsafeRole(Exception):
    """The connection would bypass row-level security, so accounts would see each other."""


class NotFound(Exception):
    """A row that had to be there is not, or is not visible from this account."""


class Transaction:
    """One transaction of one account (or of none, for installation-wide tables)."""

    def __init__(self, connection: AsyncConnection[Any], account: int | None) -> None:
        self.connection = connection
        self.account_or_none = account
        self.events: list[Any] = []
        self.wakes: set[str] = set()
        self.kept: dict[object, Any] = {}
        """What was looked up once, for whoever asks again in this transaction."""

    @property
    def account(self) -> int:
        if self.account_or_none is None:
            raise RuntimeError("this transaction belongs to no account")
        return self.account_or_none

    async def enter_account(self, account: int) -> None:
        """Go on as another account, in the same commit: a door may store for several."""
        await self.connection.execute("select set_config('app.account_id', %s, true)", (str(account),))
        self.account_or_none = account

    def emit(self, event: Any) -> None:
        """Note a fact; it is numbered and written by the transaction's last statement."""
        self.events.append(event)

    def wake(self, topic: str) -> None:
        """Wake those who listen for `topic` when this commits."""
        self.wakes.add(topic)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """What fails in the block is undone, with what it told, and the transaction can go on."""
        before = self.account, list(self.events), set(self.wakes), dict(self.kept)
        try:
            async with self.connection.transaction():
                yield
        except BaseException:
            self.account_or_none, self.events, self.wakes, self.kept = before
            raise

    async def run(self, sql: LiteralString, params: Params = None) -> int:
        """Execute; returns the number of rows touched."""
        return (await self.connection.execute(sql, params)).rowcount

    async def many(self, sql: LiteralString, rows: Sequence[Params]) -> None:
        if rows:
            async with self.connection.cursor() as cursor:
                await cursor.executemany(sql, rows)  # type: ignore[arg-type]  # psycopg's stub leaves out None

    async def all(self, into: type[T], sql: LiteralString, params: Params = None) -> list[T]:
        async with self.connection.cursor(row_factory=class_row(into)) as cursor:
            return await (await cursor.execute(sql, params)).fetchall()

    async def maybe(self, into: type[T], sql: LiteralString, params: Params = None) -> T | None:
        async with self.connection.cursor(row_factory=class_row(into)) as cursor:
            return await (await cursor.execute(sql, params)).fetchone()

    async def one(self, into: type[T], sql: LiteralString, params: Params = None) -> T:
        row = await self.maybe(into, sql, params)
        if row is None:
            raise NotFound(into.__name__)
        return row

    async def values(self, sql: LiteralString, params: Params = None) -> list[Any]:
        """The first column of every row."""
        async with self.connection.cursor(row_factory=scalar_row) as cursor:
            return await (await cursor.execute(sql, params)).fetchall()

    async def value(self, sql: LiteralString, params: Params = None) -> Any:
        """The first column of the first row, None without one."""
        async with self.connection.cursor(row_factory=scalar_row) as cursor:
            return await (await cursor.execute(sql, params)).fetchone()

    async def dicts(self, sql: LiteralString, params: Params = None) -> list[dict[str, Any]]:
        async with self.connection.cursor(row_factory=dict_row) as cursor:
            return await (await cursor.execute(sql, params)).fetchall()

    async def insert(self, table: LiteralString, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert many rows with the same columns by one statement; the account is filled in. NUL characters, which
        PostgreSQL's text cannot hold, are left out."""
        if not rows:
            return
        columns = compose.SQL(", ").join(map(compose.Identifier, ["account_id", *rows[0]]))
        statement = compose.SQL(
            "insert into {table} ({columns}) select {columns} from json_populate_recordset(null::{table}, %s)"
        ).format(table=compose.Identifier(table), columns=columns)
        await self.connection.execute(statement, (document([{"account_id": self.account, **row} for row in rows]),))

    async def lock(self, name: str | UUID) -> None:
        """Hold an advisory lock until the end; it dies with the connection."""
        await self.connection.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", (str(name),))


class Database:
    """The pool. `last_statement` writes what a transaction collected, just before it commits."""

    def __init__(self, url: str, last_statement: Callable[[Transaction], Awaitable[None]], *, most: int = 12) -> None:
        self.url = url
        self._last_statement = last_statement
        self._pool = AsyncConnectionPool(
            url,
            min_size=1,
            max_size=most,
            configure=_as_application,
            check=_check_if_rested,
            open=False,
            timeout=30,
            name="kanal",
        )

    async def open(self) -> None:
        await self._pool.open(wait=True)
        async with self._pool.connection() as connection:
            cursor = await connection.execute("select row_security_active('tickets')")
            row = await cursor.fetchone()
        if row is None or not row[0]:
            raise UnsafeRole(
                "row-level security is not active for the role kanal_app; it must own no table and may "
                "neither be superuser nor have BYPASSRLS"
            )

    async def close(self) -> None:
        await self._pool.close()

    @property
    def is_closed(self) -> bool:
        return self._pool.closed

    @asynccontextmanager
    async def transaction(self, account: int | None) -> AsyncIterator[Transaction]:
        async with self._connection() as connection:
            await connection.execute(_beginning(account))
            tx = Transaction(connection, account)
            yield tx
            if connection.info.transaction_status is TransactionStatus.INERROR:
                raise TransactionAborted
            await self._last_statement(tx)

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[Transaction]:
        """For reading outside of any account: each statement is a transaction of its own, at a third of the messages
        to the server and back."""
        async with self._connection() as connection:
            yield Transaction(connection, None)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[AsyncConnection[Any]]:
        asked_to_end = _cancellations()
        async with self._pool.connection() as connection:
            if _cancellations() > asked_to_end:
                # Before Python 3.12 the pool's wait_for() loses a cancellation that comes together with the connection.
                raise asyncio.CancelledError
            yield connection
            _used[connection] = time.monotonic()

    async def listener(self) -> AsyncConnection[Any]:
        """A connection of its own that hears every wake-up; the caller closes it."""
        connection = await AsyncConnection.connect(self.url, autocommit=True)
        await connection.execute("set role kanal_app")
        await connection.execute("listen kanal")
        return connection


def _beginning(account: int | None) -> bytes:
    """One message to the server and back, where psycopg would begin by one of its own."""
    if account is None:
        return b"begin"
    return b"begin; select set_config('app.account_id', '%d', true)" % account


_used: WeakKeyDictionary[AsyncConnection[Any], float] = WeakKeyDictionary()
"""When each connection of the pool was last seen to live."""


async def _check_if_rested(connection: AsyncConnection[Any]) -> None:
    """To ask each time costs as much as many a statement; what was used a moment ago fails as it would within one."""
    if time.monotonic() - _used.get(connection, 0.0) > RESTED:
        await AsyncConnectionPool.check_connection(connection)


def _cancellations() -> int:
    task = asyncio.current_task()
    return task.cancelling() if task else 0


async def _as_application(connection: AsyncConnection[Any]) -> None:
    # `transaction` begins by itself; psycopg would take a message of its own for it.
    await connection.set_autocommit(True)
    # To compile a plan takes a tenth of a second, and nothing here runs for so long.
    await connection.execute("set role kanal_app; set jit = off; set idle_in_transaction_session_timeout = '120s'")
    set_json_loads(msgspec.json.decode, connection)


def is_passing(error: Exception) -> bool:
    """Whether the database was away, overloaded or had to break a deadlock: the same work may succeed later."""
    if not isinstance(error, psycopg.OperationalError):
        return False
    return error.sqlstate is None or error.sqlstate[:2] in ("08", "40", "53", "57")


def document(value: Any) -> str:
    """JSON that PostgreSQL takes: without NUL characters and lone surrogates, which its text cannot hold."""
    try:
        encoded = msgspec.json.encode(value)
    except UnicodeEncodeError:  # a lone surrogate
        encoded = NUL
    if NUL not in encoded:
        return encoded.decode()
    return msgspec.json.encode(_storable(msgspec.to_builtins(value, builtin_types=(UUID, datetime)))).decode()


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable_text(value)
    if isinstance(value, dict):
        return {key: _storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_storable(item) for item in value]
    return value
