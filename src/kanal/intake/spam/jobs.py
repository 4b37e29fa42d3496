"""Regular work: what has been spam for 90 days is forgotten (EML-45): messages, files, raw bytes, and the ticket that
had nothing else. The contact stays (K11)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from kanal.conversations.rules import SPAM_KEPT
from kanal.intake.queries import Ref
from kanal.kit import clock
from kanal.kit.db import Database, Transaction
from kanal.kit.storage import Storage

BATCH = 200
GONE = "it was spam and was forgotten after 90 days"


async def forget_spam(db: Database, storage: Storage) -> None:
    while True:
        before = clock.now() - SPAM_KEPT
        async with db.transaction(None) as tx:
            refs = await tx.all(Ref, "select account_id, id from spam_to_forget(%s, %s)", (before, BATCH))
        for account in sorted({ref.account_id for ref in refs}):
            async with db.transaction(account) as tx:
                blobs = await _forget(tx, [ref.id for ref in refs if ref.account_id == account], before)
            await _empty(db, storage, blobs)
        if len(refs) < BATCH:
            return


async def _forget(tx: Transaction, wanted: Collection[UUID], before: datetime) -> set[str]:
    """Those that nobody brought back meanwhile; what may be taken out of storage once this is committed."""
    doomed = await tx.values(
        "select id from conversations where id = any(%s) and spam_at < %s for update", (list(wanted), before)
    )
    tickets = await tx.values(
        """
        select ticket_id from conversations where ticket_id in (select ticket_id from conversations where id = any(%s))
        group by ticket_id having bool_and(id = any(%s))
        """,
        (doomed, doomed),
    )
    blobs = await _erase_raw(tx, doomed, tickets)
    blobs += await tx.values(
        """
        select a.blob from attachments a
        where a.message_id in (select m.id from messages m where m.conversation_id = any(%s))
           or a.comment_id in (select c.id from comments c where c.ticket_id = any(%s))
        union
        select i.blob from remote_images i join messages m on m.id = i.message_id where m.conversation_id = any(%s)
        """,
        (doomed, tickets, doomed),
    )
    await tx.run("delete from conversations where id = any(%s)", (doomed,))
    await tx.run("delete from tickets where id = any(%s)", (tickets,))
    return set(blobs)


async def _erase_raw(tx: Transaction, conversations: Collection[UUID], tickets: Collection[UUID]) -> list[str]:
    """Their bytes and what the door knew; the row stays, so that the same is not taken in again, and says why."""
    return await tx.values(
        """
        with doomed as (
          select r.id, r.blob from raw_events r
          where r.id in (select m.raw_event_id from messages m where m.conversation_id = any(%(conversations)s))
             or r.ticket_id = any(%(tickets)s)
        ), erased as (
          update raw_events r set body = null, blob = null, door = '{}', state = 'spam', reason = %(gone)s,
                 message_id = null, next_try_at = null
          from doomed where r.id = doomed.id
        )
        select blob from doomed where blob is not null
        """,
        {"conversations": list(conversations), "tickets": list(tickets), "gone": GONE},
    )


async def _empty(db: Database, storage: Storage, blobs: Collection[str]) -> None:
    for blob in sorted(blobs):
        async with db.transaction(None) as tx:
            in_use = await tx.value("select blob_in_use(%s)", (blob,))
        if not in_use:
            await storage.delete(blob)
