"""Promises digests when they are due: a row of `member_mails`, worded when it is sent. Woken by a new time."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import msgspec

from kanal.kit import clock
from kanal.kit.db import Database, Transaction
from kanal.kit.rounds import Rounds
from kanal.notifications import digest, queries, times
from kanal.people import outbox

BATCH = 100
LONGEST_REST = timedelta(minutes=10)


class Digester:
    """Runs until cancelled; several at once do no harm."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._rounds = Rounds("digests", self._round)
        self.wake, self.run = self._rounds.wake, self._rounds.run

    async def run_once(self) -> bool:
        """Promise what is due; False when nothing was."""
        async with self._db.transaction(None) as tx:
            due = await tx.all(_Due, "select account_id, member_id from due_digests(%s, %s)", (clock.now(), BATCH))
        for each in due:
            async with self._db.transaction(each.account_id) as tx:
                await _promise(tx, each.member_id)
        return bool(due)

    async def _round(self) -> float:
        if await self.run_once():
            return 0.0
        async with self._db.transaction(None) as tx:
            due_at = await tx.value("select next_digest()")
        rest = LONGEST_REST if due_at is None else min(due_at - clock.now(), LONGEST_REST)
        return max(rest.total_seconds(), 0.1)


class _Due(msgspec.Struct):
    account_id: int
    member_id: UUID


async def _promise(tx: Transaction, member: UUID) -> None:
    """One for each time that comes; whoever is deactivated has none."""
    now = clock.now()
    due_at = await tx.value(
        "select due_at from digests where member_id = %s and due_at <= %s for update skip locked", (member, now)
    )
    if due_at is None:
        return
    chosen = (await queries.times_of(tx, [member])).get(member)
    if chosen is None:
        await tx.run("delete from digests where member_id = %s", (member,))
        return
    next_at = times.next_digest(*chosen, now)
    await tx.run("update digests set due_at = %s where member_id = %s", (next_at, member))
    if await digest.is_there_news(tx, member):
        await outbox.put(tx, member, "digest", once=f"digest/{due_at.isoformat()}")
