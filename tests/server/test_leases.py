"""Which process works for a channel: one, until it lets go or dies."""

from __future__ import annotations

from collections.abc import AsyncIterator

import psycopg
import pytest

from kanal.kit.db import Database
from kanal.server.leases import Leases


@pytest.fixture
async def one(db: Database) -> AsyncIterator[Leases]:
    leases = Leases(db)
    yield leases
    await leases.close()


@pytest.fixture
async def other(db: Database) -> AsyncIterator[Leases]:
    leases = Leases(db)
    yield leases
    await leases.close()


async def test_one_process_holds_a_lease_until_it_lets_go(one: Leases, other: Leases) -> None:
    assert await one.take("a")
    assert await one.take("a"), "asking again does not lose it"
    assert not await other.take("a")
    assert await other.take("b")
    await one.let_go("a")
    assert await other.take("a")


async def test_a_process_that_ends_lets_go_of_all(one: Leases, other: Leases) -> None:
    assert await one.take("a")
    assert await one.take("b")
    await one.close()
    assert await other.take("a")
    assert await other.take("b")


async def test_a_broken_connection_loses_all_leases_and_they_are_asked_for_anew(
    db: Database, one: Leases, other: Leases
) -> None:
    assert await one.take("a")
    assert await one.take("b")
    await _break_connections(db)
    assert not await one.take("a"), "it was lost; whoever worked under it has to know"
    assert await other.take("b")
    assert await one.take("a")
    assert not await one.take("b")


async def _break_connections(db: Database) -> None:
    async with await psycopg.AsyncConnection.connect(db.url, autocommit=True) as admin:
        await admin.execute(
            """
            select pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid = l.database
            where l.locktype = 'advisory' and d.datname = current_database()
            """
        )
