"""What goes for good goes with its files and the bytes that a channel received: for spam/jobs.py and deleted.py."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta
from typing import LiteralString
from uuid import UUID

from kanal.intake.queries import Ref
from kanal.kit import clock
from kanal.kit.db import Database, Transaction
from kanal.kit.storage import Storage

BATCH = 200

Forget = Callable[[Transaction, list[UUID], datetime], Awaitable[set[str]]]
"""Given what is due and the time before which it is: what may be taken out of storage once this is committed."""


async def forget_all(db: Database, storage: Storage, due: LiteralString, *, kept: timedelta, forget: Forget) -> None:
    """Batch by batch, each account's by itself. `due` asks across accounts for (account_id, id), at most %(most)s, of
    what was marked before %(before)s."""
    while True:
        before = clock.now() - kept
        async with db.transaction(None) as tx:
            refs = await tx.all(Ref, due, {"before": before, "most": BATCH})
        for account in sorted({ref.account_id for ref in refs}):
            async with db.transaction(account) as tx:
                blobs = await forget(tx, [ref.id for ref in refs if ref.account_id == account], before)
            await _empty(db, storage, blobs)
        if len(refs) < BATCH:
            return


async def erase_raw(
    tx: Transaction, conversations: Collection[UUID], tickets: Collection[UUID], why: str, *, state: str | None = None
) -> list[str]:
    """Their bytes and what the door knew; the row stays, so that the same is not taken in again, and says why. Without
    a `state` it keeps its own. Returns what lies in storage."""
    return await tx.values(
        """
        with doomed as (
          select r.id, r.blob from raw_events r
          where r.id in (select m.raw_event_id from messages m where m.conversation_id = any(%(conversations)s))
             or r.id in (select c.raw_event_id from comments c where c.ticket_id = any(%(tickets)s))
             or r.ticket_id = any(%(tickets)s)
        ), erased as (
          update raw_events r set body = null, blob = null, door = '{}', reason = %(why)s, message_id = null,
                 next_try_at = null, state = coalesce(%(state)s, r.state)
          from doomed where r.id = doomed.id
        )
        select blob from doomed where blob is not null
        """,
        {"conversations": list(conversations), "tickets": list(tickets), "why": why, "state": state},
    )


async def files_of(tx: Transaction, conversations: Collection[UUID], tickets: Collection[UUID]) -> list[str]:
    """What lies in storage of their messages and comments."""
    return await tx.values(
        """
        select a.blob from attachments a
        where a.message_id in (select m.id from messages m where m.conversation_id = any(%(conversations)s))
           or a.comment_id in (select c.id from comments c where c.ticket_id = any(%(tickets)s))
        union
        select i.blob from remote_images i join messages m on m.id = i.message_id
        where m.conversation_id = any(%(conversations)s)
        """,
        {"conversations": list(conversations), "tickets": list(tickets)},
    )


async def _empty(db: Database, storage: Storage, blobs: Collection[str]) -> None:
    """Take out of storage what nothing else uses; what named it is gone and committed."""
    for blob in sorted(blobs):
        async with db.transaction(None) as tx:
            in_use = await tx.value("select blob_in_use(%s)", (blob,))
        if not in_use:
            await storage.delete(blob)
