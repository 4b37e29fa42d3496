"""Events are numbered without gaps per account, whoever writes at once."""

from __future__ import annotations

import asyncio

import psycopg
import pytest

from kanal.events import actions, queries
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Database, Transaction, TransactionAborted


async def _account(db: Database, slug: str) -> int:
    async with db.transaction(None) as tx:
        return int(
            await tx.value(
                "insert into accounts (slug, name, created_at) values (%s, %s, %s) returning id",
                (slug, slug, clock.now()),
            )
        )


async def test_eight_writers_leave_no_gap_and_no_double(db: Database) -> None:
    account = await _account(db, "a")

    async def write(times: int) -> None:
        for _ in range(times):
            async with db.transaction(account) as tx:
                actions.emit(tx, Event(name="ticket.created"))
                actions.emit(tx, Event(name="ticket.assigned"))

    await asyncio.gather(*(write(10) for _ in range(8)))
    async with db.transaction(account) as tx:
        assert [e.seq for e in await queries.after(tx, 0, 1000)] == list(range(1, 161))


async def test_two_accounts_in_one_commit_number_by_themselves(db: Database) -> None:
    first, second = await _account(db, "a"), await _account(db, "b")
    async with db.transaction(first) as tx:
        actions.emit(tx, Event(name="ticket.created"))
        await tx.enter_account(second)
        actions.emit(tx, Event(name="ticket.created"))
    for account in (first, second):
        async with db.transaction(account) as tx:
            assert [e.seq for e in await queries.after(tx, 0, 10)] == [1]


async def test_a_swallowed_error_is_raised_at_the_end_and_nothing_is_kept(db: Database) -> None:
    account = await _account(db, "a")

    async def swallow(tx: Transaction) -> None:
        actions.emit(tx, Event(name="ticket.created"))
        with pytest.raises(psycopg.errors.DivisionByZero):
            await tx.value("select 1 / 0")

    with pytest.raises(TransactionAborted):
        async with db.transaction(account) as tx:
            await swallow(tx)
    async with db.transaction(account) as tx:
        assert await queries.last(tx) == 0
