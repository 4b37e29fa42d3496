"""Promises digests when they are due: a row of `member_mails`, worded when it is sent. Woken by a new time."""

from __future__ import annotations

from uuid import UUID

from kanal.kit import clock
from kanal.kit.alarm import Alarm
from kanal.kit.db import Database, Transaction
from kanal.notifications import digest, queries, times
from kanal.people import outbox


def digester(db: Database) -> Alarm:
    """Whoever listens to the topics `digests` and `sweep` wakes it."""
    return Alarm(
        db,
        "digests",
        due="select account_id, member_id as id from due_digests(%(now)s, 100)",
        next_at="select next_digest()",
        work=_promise_each,
    )


async def _promise_each(tx: Transaction, members: list[UUID]) -> None:
    for member in members:
        await _promise(tx, member)


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
